import type { FieldRow, ResetValue } from '../mmio/register-row.ts';

/** One register of PCI configuration space (gvt-facts §1.2). */
export interface ConfigRow {
  readonly name: string;
  /** Byte offset, 0–4095. */
  readonly offset: number;
  /** Bytes: 1, 2 or 4. */
  readonly size: 1 | 2 | 4;
  /** Value when the vGPU is made; 0 if absent. */
  readonly reset?: ResetValue;
  /** Bits that a plain write changes; 0 if absent. Registers from 0x40 on are copied in without a mask. */
  readonly writable?: number;
  /** Bits that a 1 clears. */
  readonly writeOneClears?: number;
  readonly fields?: readonly FieldRow[];
}

export const bit = (name: string, at: number): FieldRow => ({ name, low: at, high: at });

/** The same on all platforms: the header, and what stands behind it apart from capabilities. */
export const FIXED_ROWS: readonly ConfigRow[] = [
  { name: 'VENDOR_ID', offset: 0x00, size: 2 },
  { name: 'DEVICE_ID', offset: 0x02, size: 2 },
  {
    name: 'COMMAND',
    offset: 0x04,
    size: 2,
    writable: 0x07ff,
    fields: [
      bit('ioSpace', 0),
      bit('memorySpace', 1),
      bit('busMaster', 2),
      bit('specialCycles', 3),
      bit('memoryWriteInvalidate', 4),
      bit('vgaPaletteSnoop', 5),
      bit('parityErrorResponse', 6),
      bit('serrEnable', 8),
      bit('fastBackToBack', 9),
      bit('interruptDisable', 10),
    ],
  },
  {
    name: 'STATUS',
    offset: 0x06,
    size: 2,
    reset: { value: 0x0010, source: 'PCI Local Bus 3.0 §6.2.3: capability list present' },
    writeOneClears: 0xf900,
    fields: [bit('interruptStatus', 3), bit('capabilityList', 4)],
  },
  { name: 'REVISION_ID', offset: 0x08, size: 1 },
  { name: 'PROG_IF', offset: 0x09, size: 1 },
  { name: 'SUBCLASS', offset: 0x0a, size: 1 },
  {
    name: 'BASE_CLASS',
    offset: 0x0b,
    size: 1,
    reset: { value: 0x03, source: 'gvt-facts §1.2: VGA, 0x030000' },
  },
  { name: 'CACHE_LINE_SIZE', offset: 0x0c, size: 1, writable: 0xff },
  { name: 'LATENCY_TIMER', offset: 0x0d, size: 1 },
  { name: 'HEADER_TYPE', offset: 0x0e, size: 1 },
  {
    name: 'GTTMMADR',
    offset: 0x10,
    size: 4,
    reset: { value: 0x4, source: 'gvt-facts §1.2: 64-bit memory BAR' },
    writable: 0xfffffff0,
  },
  { name: 'GTTMMADR_HIGH', offset: 0x14, size: 4, writable: 0xffffffff },
  {
    name: 'GMADR',
    offset: 0x18,
    size: 4,
    reset: { value: 0xc, source: 'gvt-facts §1.2: 64-bit prefetchable memory BAR' },
    writable: 0xfffffff0,
  },
  { name: 'GMADR_HIGH', offset: 0x1c, size: 4, writable: 0xffffffff },
  { name: 'IOBAR', offset: 0x20, size: 4 },
  { name: 'BAR5', offset: 0x24, size: 4 },
  { name: 'SUBSYSTEM_VENDOR_ID', offset: 0x2c, size: 2 },
  { name: 'SUBSYSTEM_ID', offset: 0x2e, size: 2 },
  { name: 'ROM_BASE', offset: 0x30, size: 4 },
  { name: 'CAPABILITIES_POINTER', offset: 0x34, size: 1 },
  { name: 'INT_LINE', offset: 0x3c, size: 1, writable: 0xff },
  {
    name: 'INT_PIN',
    offset: 0x3d,
    size: 1,
    reset: { value: 1, source: 'SKL PRM vol 2b, INTRPIN: INTA#' },
  },
  {
    name: 'GMCH_CONTROL',
    offset: 0x50,
    size: 2,
    reset: { value: 0x00c0, source: 'gvt-facts §1.2: 8 MiB GTT, no stolen memory' },
    fields: [
      {
        name: 'gttSize',
        low: 6,
        high: 7,
        values: { 0: 'none', 1: '2 MiB', 2: '4 MiB', 3: '8 MiB' },
      },
      { name: 'stolenSize', low: 8, high: 15 },
    ],
  },
  {
    name: 'SWSCI',
    offset: 0xe8,
    size: 2,
    fields: [bit('trigger', 0), bit('smiOrSci', 15)],
  },
  { name: 'ASLS', offset: 0xfc, size: 4 },
];
