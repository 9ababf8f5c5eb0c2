import { RecordKind, Space, type TraceStore } from '../../trace/index.ts';
import { REGISTER_BYTES } from '../register-directory.ts';

/** What of a device a run exercised. Plain data, which can be added up over runs. */
export interface CoverageData {
  /** By BAR0 offset of the dword, ascending. */
  readonly registers: readonly RegisterUse[];
  /** Executed, by `RCS0:MI_NOOP`. */
  readonly commands: Readonly<Record<string, number>>;
  /** By id of the check. */
  readonly faults: Readonly<Record<string, number>>;
  /** Delivered ones, by name. */
  readonly interrupts: Readonly<Record<string, number>>;
}

export interface RegisterUse {
  readonly offset: number;
  /** Times that the guest read and wrote it. */
  readonly reads: number;
  readonly writes: number;
  /** Times that commands read or wrote it. */
  readonly commands: number;
  /** Ones in the bits that changed, whoever changed them. */
  readonly changed: number;
}

type Use = { -readonly [K in keyof RegisterUse]: RegisterUse[K] };

/** Listens to a device as it replays, and keeps what was exercised. */
export class CoverageCollector {
  readonly #uses = new Map<number, Use>();
  readonly #commands: Record<string, number> = {};
  readonly #faults: Record<string, number> = {};
  readonly #interrupts: Record<string, number> = {};

  registerChanged(offset: number, previous: number, next: number): void {
    const use = this.#use(offset);
    use.changed = (use.changed | (previous ^ next)) >>> 0;
  }

  commandRegister(offset: number): void {
    if (offset < REGISTER_BYTES) this.#use(offset - (offset % 4)).commands++;
  }

  command(name: string): void {
    this.#commands[name] = (this.#commands[name] ?? 0) + 1;
  }

  fault(check: string): void {
    this.#faults[check] = (this.#faults[check] ?? 0) + 1;
  }

  interrupt(name: string): void {
    this.#interrupts[name] = (this.#interrupts[name] ?? 0) + 1;
  }

  /** Adds the guest's accesses of the first `records` records. */
  accesses(store: TraceStore, records: number): void {
    let left = records;
    for (const { kindSpace, offset, sizeFlags, offsetHigh, length } of store.chunks) {
      const end = Math.min(length, left);
      left -= end;
      for (let at = 0; at < end; at++) {
        const what = kindSpace[at] ?? 0;
        if (what >>> 4 !== Space.mmio || (what & 0xf) > RecordKind.write) continue;
        const first = offset[at] ?? 0;
        if (first >= REGISTER_BYTES || (offsetHigh?.[at] ?? 0) !== 0) continue;
        const isRead = (what & 0xf) === RecordKind.read;
        this.#count(first - (first % 4), isRead);
        if (((sizeFlags[at] ?? 0) & 0xf) === 8) this.#count(first - (first % 4) + 4, isRead);
      }
    }
  }

  data(): CoverageData {
    return {
      registers: [...this.#uses.values()].sort((a, b) => a.offset - b.offset),
      commands: this.#commands,
      faults: this.#faults,
      interrupts: this.#interrupts,
    };
  }

  #count(offset: number, isRead: boolean): void {
    const use = this.#use(offset);
    if (isRead) use.reads++;
    else use.writes++;
  }

  #use(offset: number): Use {
    let use = this.#uses.get(offset);
    if (use === undefined) {
      use = { offset, reads: 0, writes: 0, commands: 0, changed: 0 };
      this.#uses.set(offset, use);
    }
    return use;
  }
}

/** What two runs exercised together. */
export function addCoverage(a: CoverageData, b: CoverageData): CoverageData {
  const uses = new Map(a.registers.map((use) => [use.offset, use]));
  for (const use of b.registers) {
    const other = uses.get(use.offset);
    uses.set(use.offset, other === undefined ? use : addUses(use, other));
  }
  return {
    registers: [...uses.values()].sort((x, y) => x.offset - y.offset),
    commands: addCounts(a.commands, b.commands),
    faults: addCounts(a.faults, b.faults),
    interrupts: addCounts(a.interrupts, b.interrupts),
  };
}

export const NO_COVERAGE: CoverageData = {
  registers: [],
  commands: {},
  faults: {},
  interrupts: {},
};

function addUses(a: RegisterUse, b: RegisterUse): RegisterUse {
  return {
    offset: a.offset,
    reads: a.reads + b.reads,
    writes: a.writes + b.writes,
    commands: a.commands + b.commands,
    changed: (a.changed | b.changed) >>> 0,
  };
}

function addCounts(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
