/** Milliseconds that `work` takes. */
export async function milliseconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Median milliseconds of each piece of work, run in turns after one round of warming up: what else the machine does
 * meanwhile falls on all of them alike.
 */
export async function inTurns<K extends string>(
  works: Record<K, () => unknown>,
  rounds = 5,
): Promise<Record<K, number>> {
  const names = Object.keys(works).filter((name): name is K => name in works);
  const times = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const time = await milliseconds(works[name]);
      if (round >= 0) times.get(name)?.push(time);
    }
  }
  // Object.fromEntries forgets the names' type.
  return Object.fromEntries(
    names.map((name) => [name, percentile(times.get(name) ?? [], 50)]),
  ) as Record<K, number>;
}

/** The value below which `percent` of the samples lie (nearest rank). @throws RangeError without samples */
export function percentile(samples: readonly number[], percent: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('there is no percentile of no samples');
  return value;
}

/** Numbers from 0 to before 1, the same in every run (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
