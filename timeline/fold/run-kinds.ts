import { RecordKind, Space } from '../../trace/index.ts';
import type { RecordSource } from '../record-source.ts';
import { BAR0_BYTES, isInGgtt } from '../register-directory.ts';

/** A kind of run: what its accesses have in common. */
export interface RunKind {
  readonly id: RunKindId;
  /** For people: `table fill`. */
  readonly title: string;
  /** Fewest accesses that fold; fewer are shown one by one. */
  readonly minimum: number;
}

export type RunKindId =
  | 'ggttWrite'
  | 'ggttRead'
  | 'apertureWrite'
  | 'apertureRead'
  | 'bitBanging'
  | 'poll'
  | 'configScan';

/** Order is the number that `runKeyOf` gives; 0 stands for "no run". */
export const RUN_KINDS: readonly RunKind[] = [
  { id: 'ggttWrite', title: 'page table fill', minimum: 4 },
  { id: 'ggttRead', title: 'page table scan', minimum: 4 },
  { id: 'apertureWrite', title: 'drawing through the aperture', minimum: 4 },
  { id: 'apertureRead', title: 'reading through the aperture', minimum: 4 },
  { id: 'bitBanging', title: 'bit-banging', minimum: 4 },
  { id: 'poll', title: 'poll', minimum: 4 },
  // Drivers look at a few configuration registers one after the other; only a whole scan is noise.
  { id: 'configScan', title: 'configuration space scan', minimum: 16 },
];

/** GPIO pin registers: an I²C bus driven bit by bit over them takes thousands of accesses for one EDID. */
const GPIO_FIRST = 0xc5010;
const GPIO_LAST = 0xc5027;

/**
 * Which run an access could be part of: accesses of equal keys that follow each other fold. The key's last digit
 * in base `KEY_STRIDE` is the kind's number in `RUN_KINDS` plus one; 0 for an access that never folds.
 */
export function runKeyOf(source: RecordSource, record: number, foreign = false): number {
  const write = source.kind(record) === RecordKind.write;
  const space = source.space(record);
  if (space === Space.aperture) return write ? APERTURE_WRITE : APERTURE_READ;
  if (space === Space.config) return write ? 0 : CONFIG_SCAN;
  if (space !== Space.mmio) return 0;
  const offset = source.offset(record);
  if (!foreign && isInGgtt(offset)) return write ? GGTT_WRITE : GGTT_READ;
  // Beyond BAR0 there is nothing; a malformed recording's offsets do not fit a key either.
  if (offset >= BAR0_BYTES) return 0;
  if (!foreign && offset >= GPIO_FIRST && offset <= GPIO_LAST) return BIT_BANGING;
  // One register read again and again: the register is part of what the accesses must have in common.
  return write ? 0 : (offset * 16 + source.size(record)) * KEY_STRIDE + POLL;
}

/** Number in `RUN_KINDS` of a key. */
export function kindOfKey(key: number): number {
  return (key % KEY_STRIDE) - 1;
}

const KEY_STRIDE = 16;
const [GGTT_WRITE, GGTT_READ, APERTURE_WRITE, APERTURE_READ, BIT_BANGING, POLL, CONFIG_SCAN] = [
  1, 2, 3, 4, 5, 6, 7,
] as const;
