import { countBefore } from '../../trace/index.ts';

/**
 * How far from its start an address may be in a function: longer ones are rare, and functions that are thrown away
 * after loading, which nobody lists any more, are not to get the names of others.
 */
const LONGEST = 1 << 13;
/** Kinds of symbols that are code (nm): text, weak. */
const CODE = /^([0-9a-f]{8,16}) [tTwW] (\S+)/;

/** Functions of the guest's kernel, as /proc/kallsyms lists them. */
export class SymbolTable {
  readonly #addresses: number[] = [];
  readonly #names: string[] = [];

  /** Lines of the list, in any order; others are passed over. */
  constructor(lines: Iterable<string>) {
    const symbols: [number, string][] = [];
    for (const line of lines) {
      const [, address = '', name = ''] = CODE.exec(line) ?? [];
      if (name !== '') symbols.push([Number.parseInt(address, 16), name]);
    }
    symbols.sort(([a], [b]) => a - b);
    for (const [address, name] of symbols) {
      // Of several names the first that is listed.
      if (this.#addresses.at(-1) === address) continue;
      this.#addresses.push(address);
      this.#names.push(name);
    }
  }

  get size(): number {
    return this.#names.length;
  }

  /** The function that an address is in; undefined where it is in none. */
  nameOf(address: number): string | undefined {
    const begun = countBefore(
      this.#addresses.length,
      (index) => (this.#addresses[index] ?? 0) <= address,
    );
    const start = this.#addresses[begun - 1];
    if (start === undefined || address - start > LONGEST) return undefined;
    return this.#names[begun - 1];
  }
}
