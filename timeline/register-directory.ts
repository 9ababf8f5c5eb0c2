/**
 * What the timeline asks of a device's register tables. The bundled device answers from its rows, a user's own
 * model from whatever it has.
 */
export interface RegisterDirectory {
  /** Of a device that is no Intel GPU: BAR0 has no page-table entries, and configuration space only what all have. */
  readonly foreign?: true;
  /** Registers of configuration space, by offset; without it only the header's are known, which all devices have. */
  readonly config?: readonly RegisterInfo[];
  /** The register that the byte at this BAR0 offset belongs to. Called for every record: must be quick. */
  at(offset: number): RegisterInfo | undefined;
  /** By full name (`RCS0.RING_TAIL`), in any letter case. */
  named(name: string): RegisterInfo | undefined;
  /** Full names of all registers, in table order. */
  names(): readonly string[];
  /**
   * What the dword of `info` holds after a guest's write, by its access mode alone (no hooks). All numbers are
   * unsigned 32-bit; `byteMask` has ones where the access wrote.
   */
  afterWrite(info: RegisterInfo, previous: number, written: number, byteMask: number): number;
  /** Names that the trace gives to numbers; expressions know them. */
  readonly labels?: ReadonlyMap<string, bigint>;
}

export interface RegisterInfo {
  /** Full name with the engine's prefix, without an index: `RCS0.RING_TAIL`, `GEN8_MASTER_IRQ`. */
  readonly name: string;
  /** BAR0 offset of the first byte. */
  readonly offset: number;
  /** Bytes of all dwords together: 4 for a single register. Dword n of several is `NAME[n]`. */
  readonly size: number;
  readonly fields: readonly RegisterField[];
  /** `rw`, `ro`, `w1c`, `masked`, … as the tables call it. */
  readonly access: string;
  /** The scope it is shown in: an engine, or a block such as `Interrupts`. */
  readonly block?: string;
  readonly description?: string;
  /** Reading depends on time or has side effects. */
  readonly volatile?: boolean;
}

export interface RegisterField {
  readonly name: string;
  /** Inclusive bit positions, 0–31 (0–63 in a page-table entry). */
  readonly low: number;
  readonly high: number;
  /** Names of values. */
  readonly values?: Readonly<Record<number, string>>;
  /** Shown shifted left by this many bits (12 for a page frame). */
  readonly shift?: number;
}

/** Size of the register part of BAR0 in bytes; beyond it nothing has a name (gvt-facts §2.1). */
export const REGISTER_BYTES = 0x200000;
/** BAR0 offset of the first GGTT entry (gvt-facts §5.1): the upper 8 of 16 MiB. */
export const GGTT_OFFSET = 0x800000;
/** End of BAR0. */
export const BAR0_BYTES = 0x1000000;
export const PAGE_BYTES = 0x1000;
export const PTE_BYTES = 8;

/** How many dwords a register has. */
export function elementsOf(info: RegisterInfo): number {
  return Math.max(1, info.size >>> 2);
}

/** Name of the dword at `offset`, with its index where the register has several. */
export function dwordName(info: RegisterInfo, offset: number): string {
  return elementsOf(info) === 1 ? info.name : `${info.name}[${(offset - info.offset) >>> 2}]`;
}

/** Whether a BAR0 offset lies in the GGTT. Malformed recordings name offsets beyond the end of BAR0, too. */
export function isInGgtt(
  offset: number,
  directory: Pick<RegisterDirectory, 'foreign'> = {},
): boolean {
  return offset >= GGTT_OFFSET && offset < BAR0_BYTES && directory.foreign !== true;
}

/** Graphics address of the page that the GGTT entry at this BAR0 offset maps. */
export function graphicsAddressOf(offset: number): number {
  return Math.floor((offset - GGTT_OFFSET) / PTE_BYTES) * PAGE_BYTES;
}

/** BAR0 offset of the GGTT entry of a graphics address. */
export function pteOffsetOf(graphicsAddress: number): number {
  return GGTT_OFFSET + Math.floor(graphicsAddress / PAGE_BYTES) * PTE_BYTES;
}

/** `0x` and at least `digits` hex digits. */
export function hex(value: number, digits = 1): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}
