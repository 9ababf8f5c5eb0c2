/** What a dump of one moment shows of a vGPU. What it does not show is unknown. */
export interface CapturedState {
  readonly registers: readonly CapturedRegister[];
  /** BAR0 from offset 0 on, where the dump has it whole. */
  readonly mmio?: Uint8Array | undefined;
  /** PCI configuration space from offset 0 on. */
  readonly config?: Uint8Array | undefined;
  readonly buffers: readonly CapturedBuffer[];
  readonly engines: readonly CapturedEngine[];
}

export interface CapturedRegister {
  /** BAR0 offset of the dword, a multiple of 4. */
  readonly offset: number;
  /** Unsigned, 32 bits. */
  readonly value: number;
}

/** Contents of graphics memory. */
export interface CapturedBuffer {
  /** Whose page tables map it, where it is not in the GGTT. */
  readonly engine: string;
  readonly space: 'ggtt' | 'ppgtt';
  /** Graphics address, a multiple of 4 KiB, ≤ 48 bits. */
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** An engine that was at work. It stands where it was and does not go on. */
export interface CapturedEngine {
  /** `RCS0` … */
  readonly name: string;
  /** Graphics address of its context image; absent where that is not known. */
  readonly context?: number;
  /** Of its page tables: 4 where PDP0 is the address of a PML4. */
  readonly levels: 3 | 4;
  readonly batch?: {
    readonly space: 'ggtt' | 'ppgtt';
    readonly start: number;
    /** Of the command that it was at. */
    readonly address: number;
  };
}
