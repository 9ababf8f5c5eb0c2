import type { ReaderHints } from '../trace-reader.ts';

const MIB = 2 ** 20;
/** BAR0 of every platform from Broadwell on. */
const BAR0_BYTES = 16 * MIB;
const BAR2_BYTES = 256 * MIB;

export interface GuessedBar {
  readonly index: 0 | 2;
  readonly base: number;
  /** Bytes. */
  readonly size: number;
  /** Of the mapping that told; 0 where a person did. */
  readonly line: number;
}

/** The BARs of an excerpt without PCIDEV lines: i915's mappings have sizes of their own (see its probe). */
export class BarGuess {
  #registers: GuessedBar | undefined;
  #aperture: GuessedBar | undefined;

  mapped(address: number, size: number, line: number): void {
    const inBar0 = address % BAR0_BYTES;
    const isRegisters = inBar0 === 0 && (size === 2 * MIB || size === 8 * MIB);
    if (isRegisters || (inBar0 === 0x78000 && size === 0x1000)) {
      this.#registers ??= { index: 0, base: address - inBar0, size: BAR0_BYTES, line };
    } else if (size === BAR2_BYTES && address % size === 0) {
      this.#aperture ??= { index: 2, base: address, size, line };
    }
  }

  /** What people say counts more. */
  bars({ bar0, bar2 }: ReaderHints): GuessedBar[] {
    const registers =
      bar0 === undefined
        ? this.#registers
        : { index: 0 as const, base: bar0, size: BAR0_BYTES, line: 0 };
    const aperture =
      bar2 === undefined
        ? this.#aperture
        : { index: 2 as const, base: bar2, size: BAR2_BYTES, line: 0 };
    return [registers, aperture].filter((bar) => bar !== undefined);
  }
}
