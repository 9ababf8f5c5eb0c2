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

const bit = (name: string, at: number): FieldRow => ({ name, low: at, high: at });

/**
 * Where capabilities stand is the host’s choice (gvt-facts §1.2). On all platforms here it is that of Skylake’s graphics:
 * PM at 0xd0, then MSI at 0xac. The model looks there whatever a guest has written over their list.
 */
export const PM_CAPABILITY = 0xd0;
export const MSI_CAPABILITY = 0xac;

export const CONFIG_ROWS: readonly ConfigRow[] = [
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
  {
    name: 'CAPABILITIES_POINTER',
    offset: 0x34,
    size: 1,
    reset: { value: PM_CAPABILITY, source: 'SKL PRM vol 2b, CAPPOINT chain to the PM capability' },
  },
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
    name: 'MSI_CAPABILITY',
    offset: MSI_CAPABILITY,
    size: 2,
    reset: { value: 0x0005, source: 'PCI Local Bus 3.0 §6.8.1: MSI capability, end of list' },
  },
  {
    name: 'MSI_CONTROL',
    offset: MSI_CAPABILITY + 2,
    size: 2,
    fields: [
      bit('enable', 0),
      { name: 'multipleMessageEnable', low: 4, high: 6 },
      bit('address64', 7),
    ],
  },
  { name: 'MSI_ADDRESS', offset: MSI_CAPABILITY + 4, size: 4 },
  { name: 'MSI_DATA', offset: MSI_CAPABILITY + 8, size: 2 },
  {
    name: 'PM_CAPABILITY',
    offset: PM_CAPABILITY,
    size: 4,
    reset: { value: 0x0022ac01, source: 'SKL PRM vol 2b, PMCAPID and PMCAP: next capability MSI' },
  },
  {
    name: 'PMCSR',
    offset: PM_CAPABILITY + 4,
    size: 2,
    fields: [{ name: 'powerState', low: 0, high: 1, values: { 0: 'D0', 3: 'D3hot' } }],
  },
  {
    name: 'SWSCI',
    offset: 0xe8,
    size: 2,
    fields: [bit('trigger', 0), bit('smiOrSci', 15)],
  },
  { name: 'ASLS', offset: 0xfc, size: 4 },
];
