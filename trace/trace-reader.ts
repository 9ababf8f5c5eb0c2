import type { PartitionDescription } from './device-description.ts';
import type { DeviceDescriptionBuilder } from './device-description-builder.ts';
import type { DiagnosticList } from './diagnostic.ts';
import type { RegisterNames } from './register-names.ts';
import type { SnapshotBuilder } from './snapshot/snapshot-builder.ts';
import type { StoreWriter } from './store/store-writer.ts';
import type { LabelTable } from './vgpu/labels.ts';

/** Reads one format from a stream of bytes. Never throws on bad input: that becomes diagnostics. */
export interface TraceReader {
  /** The next bytes of the file; the reader keeps no reference to the array. */
  push(bytes: Uint8Array): void;
  /** No more bytes come. */
  end(): void;
}

/** What a file cannot tell of itself, and people can. */
export interface ReaderHints {
  /** The device that the trace is about, as the file calls it: a part of its name is enough. */
  readonly device?: string;
  /** Guest physical addresses of the device's registers and aperture. */
  readonly bar0?: number;
  readonly bar2?: number;
  /** The vGPU's slice of graphics memory; it wins over what the file tells. */
  readonly slice?: PartitionDescription;
}

/** Where a reader puts what it finds. */
export interface ReaderTarget {
  readonly store: StoreWriter;
  readonly diagnostics: DiagnosticList;
  readonly device: DeviceDescriptionBuilder;
  readonly registers: RegisterNames | undefined;
  readonly hints: ReaderHints;
  /** For formats that show one moment instead of records. */
  readonly snapshot: SnapshotBuilder;
  /** For the format in which numbers may have names. */
  readonly labels: LabelTable;
}
