import type { RegisterField, RegisterInfo } from '../register-directory.ts';

/** Registers of a device that this project has no tables of, as a file describes them. */
export interface RegisterDescription {
  /** What the device is called, for people. */
  readonly name?: string;
  /** Ordered by offset; none overlap. */
  readonly registers: readonly RegisterInfo[];
  /** What was left out and why, for people; at most some dozens. */
  readonly problems: readonly string[];
}

/** Registers end here: what lies beyond in BAR0 has no names (see `REGISTER_BYTES`). */
const END = 0x200000;
const MOST_REGISTERS = 100_000;
const MOST_PROBLEMS = 50;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/;
export const ACCESS_MODES = ['rw', 'ro', 'wo', 'w1c'] as const;

/** Takes rows from a file one by one, and leaves out those that cannot be. */
export class DescriptionBuilder {
  readonly #registers: RegisterInfo[] = [];
  readonly #names = new Set<string>();
  readonly #problems: string[] = [];
  #left = 0;

  add(row: RegisterInfo): void {
    const problem = this.#problemOf(row);
    if (problem !== undefined) {
      this.problem(`${row.name || 'A register without a name'}: ${problem}.`);
      return;
    }
    this.#names.add(row.name.toLowerCase());
    this.#registers.push(row);
  }

  problem(sentence: string): void {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(sentence);
    else this.#left++;
  }

  build(name: string | undefined): RegisterDescription {
    const registers: RegisterInfo[] = [];
    for (const row of this.#registers.sort((a, b) => a.offset - b.offset)) {
      const before = registers.at(-1);
      if (before !== undefined && row.offset < before.offset + before.size) {
        this.problem(`${row.name}: it overlaps ${before.name}.`);
      } else registers.push(row);
    }
    const more = this.#left === 0 ? [] : [`And ${this.#left} more.`];
    const problems = [...this.#problems, ...more];
    return { ...(name === undefined ? {} : { name }), registers, problems };
  }

  #problemOf({ name, offset, size, fields, access }: RegisterInfo): string | undefined {
    if (this.#registers.length >= MOST_REGISTERS) return 'there are too many registers';
    if (!NAME.test(name)) return 'a name has letters, digits, _ and single dots';
    if (this.#names.has(name.toLowerCase())) return 'there are two of that name';
    if (!Number.isInteger(offset) || offset < 0 || offset % 4 !== 0)
      return 'its offset is no multiple of 4';
    if (!Number.isInteger(size) || size < 4 || size % 4 !== 0)
      return 'its size is no multiple of 4 bytes';
    if (offset + size > END) return 'it lies beyond the first 2 MiB';
    if (!ACCESS_MODES.some((mode) => mode === access))
      return `its access is none of ${ACCESS_MODES.join(', ')}`;
    const odd = fields.find((field) => !isField(field));
    return odd === undefined ? undefined : `bits ${odd.high}:${odd.low} of ${odd.name} cannot be`;
  }
}

function isField({ low, high }: RegisterField): boolean {
  return Number.isInteger(low) && Number.isInteger(high) && low >= 0 && low <= high && high < 32;
}
