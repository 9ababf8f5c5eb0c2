/** Something that the device did by itself: what recordings show as CMD, DW and IRQ lines. */
export type Result = CommandResult | WriteResult | InterruptResult;

export interface CommandResult {
  readonly kind: 'command';
  /** `rcs0`; empty where the recording does not say. */
  readonly engine: string;
  /** Batches of all kinds and levels are one. */
  readonly level: 'ring' | 'batch';
  /** Offset in the ring; in batches the low 32 bits of the address. */
  readonly where: number;
  /** The first of them at least. */
  readonly dwords: readonly number[];
}

export interface WriteResult {
  readonly kind: 'write';
  readonly space: 'ggtt' | 'ppgtt';
  readonly address: number;
  readonly value: number;
}

export interface InterruptResult {
  readonly kind: 'interrupt';
  /** What raised it, by the interrupt table's names; empty where the recording does not say. */
  readonly cause: string;
}

/** Results by the access that they follow: 0 for those before the first. */
export type ResultsByAccess = ReadonlyMap<number, readonly Result[]>;
