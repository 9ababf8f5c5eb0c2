/** Contents of guest memory. */
export interface ByteRange {
  /** Guest physical. */
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** More dwords than any submission of a real driver has. */
const MOST_DWORDS = 1 << 20;

/** Dwords of guest memory, put together to ranges. */
export class ShownBytes {
  readonly #dwords = new Map<number, number>();

  /** `address`: guest physical, a multiple of 4. */
  put(address: number, dword: number): void {
    if (this.#dwords.size < MOST_DWORDS) this.#dwords.set(address, dword);
  }

  /** It is not guest memory after all. */
  drop(address: number): void {
    this.#dwords.delete(address);
  }

  /** In ascending order; neighbours are one range within a page. */
  ranges(): ByteRange[] {
    const ranges: { address: number; dwords: number[] }[] = [];
    for (const [address, dword] of [...this.#dwords].sort(([a], [b]) => a - b)) {
      const last = ranges.at(-1);
      const follows = last !== undefined && last.address + last.dwords.length * 4 === address;
      if (follows && address % 4096 !== 0) last.dwords.push(dword);
      else ranges.push({ address, dwords: [dword] });
    }
    return ranges.map(({ address, dwords }) => ({ address, bytes: bytesOf(dwords) }));
  }
}

function bytesOf(dwords: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(dwords.length * 4);
  const view = new DataView(bytes.buffer);
  dwords.forEach((dword, index) => {
    view.setUint32(index * 4, dword, true);
  });
  return bytes;
}
