import type { Core } from '../core.ts';
import type { EngineRow } from '../mmio/register-row.ts';
import type { EngineState } from './engine-state.ts';

/** Offsets of registers from an engine's base (gvt-facts §6.2). */
export const RING = {
  tail: 0x30,
  head: 0x34,
  start: 0x38,
  control: 0x3c,
  acthdUpper: 0x5c,
  ipehr: 0x68,
  acthd: 0x74,
  statusPage: 0x80,
  nopid: 0x94,
  miMode: 0x9c,
  imr: 0xa8,
  elsp: 0x230,
  batchState: 0x110,
  secondBatchAddress: 0x114,
  secondBatchState: 0x118,
  secondBatchAddressUpper: 0x11c,
  batchAddress: 0x140,
  batchAddressUpper: 0x168,
  perContextBatch: 0x1c0,
  indirectContext: 0x1c4,
  execlistStatus: 0x234,
  execlistStatusUpper: 0x238,
  contextControl: 0x244,
  pageDirectories: 0x270,
  mode: 0x29c,
  timestamp: 0x358,
  csb: 0x370,
  csbPointer: 0x3a0,
  contextTimestamp: 0x3a8,
  predicateSource0: 0x400,
  predicateSource1: 0x408,
  predicateResult: 0x418,
  predicateResult2: 0x3bc,
  generalPurpose: 0x600,
} as const;

/** RING_MODE. */
export const RUN_LIST_ENABLE = 1 << 15;
export const PPGTT_ENABLE = 1 << 9;
/** RING_CTL. */
export const RING_ENABLE = 1 << 0;
/** RING_MI_MODE. */
export const STOP_RING = 1 << 8;

/** One engine of a core: what its blocks are handed. */
export interface Engine {
  readonly core: Core;
  readonly row: EngineRow;
  /** Number in the platform's table. */
  readonly index: number;
  readonly state: EngineState;
}

export function engineAt(core: Core, index: number): Engine {
  const row = core.registers.map.tables.engines[index];
  const state = core.state.engines.each[index];
  if (row === undefined || state === undefined)
    throw new RangeError(`There is no engine ${index}.`);
  return { core, row, index, state };
}

/** The engine that a register belongs to. */
export function engineOf(core: Core, row: EngineRow | undefined): Engine | undefined {
  const index = row === undefined ? -1 : core.registers.map.tables.engines.indexOf(row);
  return index < 0 ? undefined : engineAt(core, index);
}

export function allEngines(core: Core): Engine[] {
  return core.state.engines.each.map((_state, index) => engineAt(core, index));
}

export function ringGet({ core, row }: Engine, register: number): number {
  return core.registers.get(row.base + register);
}

export function ringSet({ core, row }: Engine, register: number, value: number): void {
  core.registers.set(row.base + register, value);
}

/** Whether contexts are submitted through ELSP; else the ring of the registers runs. */
export function usesExeclists(engine: Engine): boolean {
  return (ringGet(engine, RING.mode) & RUN_LIST_ENABLE) !== 0;
}

/** Ring size in bytes: RING_CTL bits 20:12 are pages less one (gvt-facts §6.8). */
export function ringSize(engine: Engine): number {
  return (((ringGet(engine, RING.control) >>> 12) & 0x1ff) + 1) * 4096;
}

export function headOffset(engine: Engine): number {
  return ringGet(engine, RING.head) & 0x1ffffc;
}

export function tailOffset(engine: Engine): number {
  return ringGet(engine, RING.tail) & 0x1ffff8;
}

/** Moves the head on; the wrap count in bits 31:21 goes up where it passes the ring's end. */
export function advanceHead(engine: Engine, bytes: number): void {
  const head = ringGet(engine, RING.head);
  const size = ringSize(engine);
  const next = (head & 0x1ffffc) + bytes;
  const wraps = (head >>> 21) + (next >= size ? 1 : 0);
  ringSet(engine, RING.head, ((wraps & 0x7ff) << 21) | (next % size));
}
