import { RecordKind, Space, type TraceStore } from '../../trace/index.ts';

/** A trace's accesses to BAR0 in plain columns, made ready before anything is measured. */
export interface BareAccesses {
  readonly length: number;
  /** 1 where the guest wrote. */
  readonly write: Uint8Array;
  /** Dword in BAR0. */
  readonly index: Uint32Array;
  readonly value: Uint32Array;
}

export function bareAccesses(store: TraceStore): BareAccesses {
  const write = new Uint8Array(store.length);
  const index = new Uint32Array(store.length);
  const value = new Uint32Array(store.length);
  let length = 0;
  for (let record = 0; record < store.length; record++) {
    const kind = store.kind(record);
    if (kind !== RecordKind.read && kind !== RecordKind.write) continue;
    // The aperture's accesses count too; where they land is of no matter to a bare array.
    const space = store.space(record);
    if (space !== Space.mmio && space !== Space.aperture) continue;
    write[length] = kind === RecordKind.write ? 1 : 0;
    index[length] = (store.offset(record) >>> 2) & INDEX_MASK;
    value[length] = store.low(record);
    length++;
  }
  return { length, write, index, value };
}

/** 16 MiB of dwords, as large as BAR0. */
export const BARE_DWORDS = 0x400000;
const INDEX_MASK = BARE_DWORDS - 1;

/**
 * The least that replaying can be: writes are stored in a typed array, reads looked up there and compared with
 * the recorded answer. Returns how many differed.
 */
export function bareLoop(accesses: BareAccesses, registers: Uint32Array): number {
  const { length, write, index, value } = accesses;
  let different = 0;
  for (let i = 0; i < length; i++) {
    const at = index[i] ?? 0;
    if (write[i] === 1) registers[at] = value[i] ?? 0;
    else if (registers[at] !== value[i]) different++;
  }
  return different;
}
