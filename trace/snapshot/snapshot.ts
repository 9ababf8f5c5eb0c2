import type { U64 } from '../text/numbers.ts';

/** The state of a device at one moment, as dumps show it. Whatever a dump does not tell is missing, never zero. */
export interface Snapshot {
  /** Everything that is said in words, in the dump's own order and terms. */
  readonly facts: readonly SnapshotFact[];
  readonly registers: readonly SnapshotRegister[];
  readonly buffers: readonly SnapshotBuffer[];
  /** PCI configuration space, from offset 0 on. */
  readonly config: Uint8Array | undefined;
  /** BAR0, from offset 0 on. */
  readonly mmio: Uint8Array | undefined;
}

export interface SnapshotFact {
  /** `rcs0` where the fact is one engine's. */
  readonly engine?: string;
  /** The heading above it: `Pipe [0]`. */
  readonly section?: string;
  /** Empty for a line that is only text. */
  readonly key: string;
  readonly value: string;
  /** 1-based line of the file; 0 where that is no text. */
  readonly line: number;
}

export interface SnapshotRegister {
  readonly engine?: string;
  /** As the dump calls it. */
  readonly name: string;
  /** In BAR0; undefined where only the name is known. */
  readonly offset: number | undefined;
  /** Where the upper half is, if it does not stand behind the lower one. */
  readonly upperOffset?: number;
  /** Bytes: 4 or 8. */
  readonly size: number;
  readonly value: U64;
  /** What the host's GPU had, where a dump compares the two. */
  readonly host?: U64;
  readonly line: number;
}

/** Contents of memory. */
export interface SnapshotBuffer {
  readonly engine: string;
  /** As the dump calls it: `batch`, `ring`, `HW context` … */
  readonly name: string;
  /** Graphics address; below 2⁴⁸. */
  readonly address: number;
  readonly bytes: Uint8Array;
  /** Why `bytes` are not all there, in a sentence. */
  readonly problem?: string;
  readonly line: number;
}
