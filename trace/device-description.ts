/** What a trace's header says about the device that was recorded. All of it optional: formats differ. */
export interface DeviceDescription {
  /** `skl`, `bdw`, … */
  readonly platform?: string;
  /** PCI ids, as in `8086:1912`. */
  readonly vendorId?: number;
  readonly deviceId?: number;
  /** PCI revision id, 0–255. */
  readonly revisionId?: number;
  /** BAR index → base (guest physical) and size in bytes. */
  readonly bars: readonly Bar[];
  /** The trace begins before firmware placed the BARs, and shows how it did: `bars` is where they end up. */
  readonly showsFirmware?: boolean;
  /** The vGPU's slice, as PVINFO shows it. */
  readonly partition?: PartitionDescription;
  /** Number of the vGPU among those of its host, from 1. */
  readonly vgpuId?: number;
  /** Where interrupts went, for a trace that shows them and not how configuration space told the device. */
  readonly msi?: { readonly address: number; readonly data: number };
  /** The device has INTA#, which works while MSI is off. */
  readonly legacyInterrupt?: boolean;
  /** PVINFO capability bits. */
  readonly pvinfoCaps?: number;
  /** Where the guest has memory; absent where the trace does not say. */
  readonly memory?: readonly MemoryRange[];
  readonly monitor?: MonitorDescription;
  /** Known faults of the device that answered, by the emulator's names. */
  readonly quirks?: readonly string[];
  /** What answered the reads: free text for people. */
  readonly answers?: string;
  /** Driver, its version, what was done: free text for people. */
  readonly title?: string;
  readonly driver?: string;
  /** What a recorder says of its lines and their number: free text for people. */
  readonly records?: string;
  readonly counts?: string;
  readonly notes: readonly string[];
}

export interface Bar {
  readonly index: number;
  readonly base: number;
  /** Bytes. */
  readonly size: number;
}

/** Guest physical address and size in bytes, of whole pages. */
export interface MemoryRange {
  readonly base: number;
  readonly size: number;
}

export interface PartitionDescription {
  /** Graphics addresses and sizes in bytes. */
  readonly mappableBase: number;
  readonly mappableSize: number;
  readonly hiddenBase: number;
  readonly hiddenSize: number;
  readonly fences: number;
}

export interface MonitorDescription {
  readonly connection: 'hdmi' | 'dp';
  /** Port letter, A to E. */
  readonly port: string;
  readonly edid: Uint8Array;
}
