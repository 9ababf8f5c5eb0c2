/** Accesses in columns. */
export interface AccessRun {
  /** `write`, else a read. */
  readonly kinds: Uint8Array;
  readonly write: number;
  /** In BAR0. */
  readonly offsets: Uint32Array;
  readonly values: Uint32Array;
}

/** What a run of accesses has in common with those who listen to the device. */
export interface RunProgress {
  /** Accesses given to the device so far, the present one included. */
  accesses: number;
  /** The run is to end behind the present access. */
  halted: boolean;
  /** Asked behind an access at which it was halted, and gave no work: whether the run goes on all the same. */
  passes?(): boolean;
}
