/** What a fault shows for itself; what does not apply is absent. Numbers are unsigned. */
export interface Evidence {
  /** BAR0 offset of the register concerned. */
  readonly register?: number;
  /** Offset in configuration space. */
  readonly config?: number;
  /** Graphics address, ≤ 48 bits; `space` says whose page tables it goes through. */
  readonly graphics?: number;
  readonly space?: 'ggtt' | 'ppgtt';
  /** Guest physical address: of a page-table entry, of a table, or of what was accessed. */
  readonly guest?: number;
  /** What was written, asked for or found: 32 bits, or an address. */
  readonly value?: number;
  /** `RCS0` … */
  readonly engine?: string;
  /** The command concerned. */
  readonly dwords?: readonly number[];
}

/** Where it is: the most telling of its addresses. */
export function placeOf({ graphics, guest, register, config }: Evidence): number | undefined {
  return graphics ?? guest ?? register ?? config;
}
