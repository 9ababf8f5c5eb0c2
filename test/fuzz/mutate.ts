/** A random number below `below`, an integer. */
export type Random = (below: number) => number;

/** Mulberry32: the same seed gives the same numbers, on any machine. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** A piece of a file of up to `most` bytes; one in three from the file's start, where its format is told. */
export function sliceOf(file: Uint8Array, most: number, random: Random): Uint8Array {
  const length = 1 + random(Math.min(most, file.length));
  const start = random(3) === 0 ? 0 : random(file.length - length + 1);
  return file.slice(start, start + length);
}

/** Changes bytes in place: single ones, bits, pieces copied elsewhere, runs of one value. */
export function mutate(bytes: Uint8Array, changes: number, random: Random): void {
  for (let change = 0; change < changes; change++) {
    const at = random(bytes.length);
    const kind = random(4);
    if (kind === 0) bytes[at] = random(256);
    else if (kind === 1) bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    else if (kind === 2) {
      const from = random(bytes.length);
      bytes.copyWithin(at, from, from + random(200));
    } else bytes.fill(random(256), at, at + random(50));
  }
}
