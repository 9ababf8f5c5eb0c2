import { RecordKind, Space } from '../../trace/index.ts';
import type { FoldIndex } from '../fold/fold-index.ts';
import type { RunKindId } from '../fold/run-kinds.ts';
import type { RecordSource } from '../record-source.ts';
import { REGISTER_BYTES, type RegisterDirectory } from '../register-directory.ts';

/** What the trace shows of a register dword: `value` counts only in the bits of `known`. Unsigned 32-bit. */
export interface ShownValue {
  readonly value: number;
  readonly known: number;
}

/**
 * What registers hold by the recording alone: what was last read from them or written to them. Needs no device, so
 * that the listing is the same wherever it is made. Moves forward record by record and starts again to go back.
 */
export class RegisterHistory {
  readonly #source: RecordSource;
  readonly #directory: RegisterDirectory;
  readonly #folds: FoldIndex;
  readonly #registers: ShownDwords;
  readonly #config: ShownDwords;
  #record = 0;

  /** `from`: begins as that one stands, where the records up to its place are the same. */
  constructor(
    source: RecordSource,
    directory: RegisterDirectory,
    folds: FoldIndex,
    from?: RegisterHistory,
  ) {
    this.#source = source;
    this.#directory = directory;
    this.#folds = folds;
    this.#registers = from ? from.#registers.copy() : new ShownDwords(REGISTER_BYTES / 4);
    this.#config = from ? from.#config.copy() : new ShownDwords(1024);
    this.#record = from ? from.#record : 0;
  }

  /** It stands just before this record. */
  get record(): number {
    return this.#record;
  }

  /** To just before `record`. */
  moveTo(record: number): void {
    if (record < this.#record) this.#startAgain();
    let fold = this.#folds.fold(this.#folds.indexUpTo(this.#record - 1) + 1);
    while (this.#record < record) {
      if (fold && this.#record === fold.first) {
        const { kind, last, index } = fold;
        fold = this.#folds.fold(index + 1);
        // Table fills and drawing touch no register and are most of the records.
        if (!TOUCHES_REGISTERS.has(kind.id)) {
          this.#record = Math.min(record, last + 1);
          continue;
        }
      }
      this.#apply(this.#record++);
    }
  }

  /** What the dword that holds `offset` was shown to hold; space is `mmio` or `config`. */
  at(space: number, offset: number): ShownValue {
    return this.#dwords(space).at(Math.floor(offset / 4));
  }

  /** What it holds after a write of the bits in `mask`, the register's access mode considered. */
  afterWrite(space: number, offset: number, written: number, mask: number): ShownValue {
    const before = this.at(space, offset);
    const info = space === Space.mmio ? this.#directory.at(offset) : undefined;
    if (!info) return merge(before, written, mask);
    const after = (previous: number) =>
      this.#directory.afterWrite(info, previous, written, mask) >>> 0;
    // Modes work bit by bit: a bit that comes out the same from 0 and from 1 does not depend on what was before.
    const determined = ~(after(0) ^ after(0xffffffff)) >>> 0;
    return { value: after(before.value), known: (before.known | determined) >>> 0 };
  }

  #apply(record: number): void {
    const source = this.#source;
    const kind = source.kind(record);
    if (kind !== RecordKind.read && kind !== RecordKind.write) return;
    const space = source.space(record);
    if (space !== Space.mmio && space !== Space.config) return;
    if (!source.valueKnown(record)) return;
    const dwords = this.#dwords(space);
    forEachDword(source, record, (offset, value, mask) => {
      if (offset >= dwords.length * 4) return;
      const next =
        kind === RecordKind.read
          ? merge(dwords.at(offset >>> 2), value, mask)
          : this.afterWrite(space, offset, value, mask);
      dwords.set(offset >>> 2, next);
    });
  }

  #dwords(space: number): ShownDwords {
    return space === Space.config ? this.#config : this.#registers;
  }

  #startAgain(): void {
    this.#record = 0;
    this.#registers.forget();
    this.#config.forget();
  }
}

const TOUCHES_REGISTERS: ReadonlySet<string> = new Set<RunKindId>([
  'bitBanging',
  'poll',
  'configScan',
]);

/** Calls back for each dword that an access touches: offset, bits at their place in the dword, mask of them. */
export function forEachDword(
  source: RecordSource,
  record: number,
  visit: (offset: number, value: number, mask: number) => void,
): void {
  const offset = source.offset(record);
  const size = source.size(record);
  const low = source.low(record);
  if (size >= 4) {
    const dword = offset - (offset % 4);
    visit(dword, low, 0xffffffff);
    const upper = source.upperOffset?.(record) ?? dword + 4;
    if (size > 4) visit(upper, source.high(record), 0xffffffff);
    return;
  }
  const shift = (offset % 4) * 8;
  const mask = ((2 ** (size * 8) - 1) << shift) >>> 0;
  visit(offset - (offset % 4), ((low << shift) & mask) >>> 0, mask);
}

function merge(before: ShownValue, value: number, mask: number): ShownValue {
  return {
    value: ((before.value & ~mask) | (value & mask)) >>> 0,
    known: (before.known | mask) >>> 0,
  };
}

class ShownDwords {
  readonly length: number;
  readonly #values: Uint32Array;
  readonly #known: Uint32Array;

  constructor(length: number) {
    this.length = length;
    this.#values = new Uint32Array(length);
    this.#known = new Uint32Array(length);
  }

  copy(): ShownDwords {
    const copied = new ShownDwords(this.length);
    copied.#values.set(this.#values);
    copied.#known.set(this.#known);
    return copied;
  }

  at(index: number): ShownValue {
    return { value: this.#values[index] ?? 0, known: this.#known[index] ?? 0 };
  }

  set(index: number, shown: ShownValue): void {
    this.#values[index] = shown.value;
    this.#known[index] = shown.known;
  }

  forget(): void {
    this.#values.fill(0);
    this.#known.fill(0);
  }
}
