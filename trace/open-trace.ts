import { describeFromConfig } from './description-from-config.ts';
import type { DeviceDescription } from './device-description.ts';
import { DeviceDescriptionBuilder } from './device-description-builder.ts';
import { DiagnosticList, type TraceDiagnostic } from './diagnostic.ts';
import { DETECTION_BYTES, detectFormat, TRACE_FORMATS, type TraceFormat } from './formats.ts';
import { describePartition } from './partition-from-reads.ts';
import { type ByteSource, plainBytes } from './plain-bytes.ts';
import type { RegisterNames } from './register-names.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import { SnapshotBuilder, type Unpack } from './snapshot/snapshot-builder.ts';
import { StoreWriter } from './store/store-writer.ts';
import type { TraceStore } from './store/trace-store.ts';
import type { ReaderHints, TraceReader } from './trace-reader.ts';
import { type Label, LabelTable } from './vgpu/labels.ts';

export interface OpenTraceOptions {
  /** What the file is called in messages. */
  readonly name?: string;
  /** Unpacks gzip; without it, packed files are refused with a diagnostic. May throw on damaged input. */
  readonly inflate?: (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  /** Resolves the register names of hand-written traces. */
  readonly registers?: RegisterNames;
  /** Unpacks the zlib streams in dumps; without it, their contents are missing, with a diagnostic each. */
  readonly unpack?: Unpack;
  /** What the file may not tell: which device, and where it is. */
  readonly hints?: ReaderHints;
  /** Called now and then with the number of (inflated) bytes read; returning false stops the reading. */
  readonly progress?: (bytes: number) => boolean;
}

/** A trace as far as it could be read. */
export interface OpenedTrace {
  readonly name: string;
  /** Undefined where the file was not understood; then the store is empty and a diagnostic says why. */
  readonly format: TraceFormat | undefined;
  readonly store: TraceStore;
  /** What a dump of one moment shows; undefined for traces. */
  readonly snapshot: Snapshot | undefined;
  readonly device: DeviceDescription;
  /** Names that the file gives to numbers; records have the numbers. */
  readonly labels: readonly Label[];
  readonly diagnostics: readonly TraceDiagnostic[];
  /** Inflated bytes read. */
  readonly bytes: number;
}

/** Reads a trace of any known format, packed or not. Bad input becomes diagnostics: this never rejects. */
export async function openTrace(
  source: ByteSource,
  options: OpenTraceOptions = {},
): Promise<OpenedTrace> {
  const opening = new Opening(options);
  try {
    for await (const bytes of await plainBytes(source, options)) {
      if (!opening.push(bytes)) break;
    }
  } catch (error) {
    opening.brokenOff(error);
  }
  return opening.finish();
}

/** A trace that is being read: bytes are held back until there are enough of them to tell the format. */
class Opening {
  readonly #options: OpenTraceOptions;
  readonly #store = new StoreWriter();
  readonly #device = new DeviceDescriptionBuilder();
  readonly #diagnostics = new DiagnosticList();
  readonly #snapshot = new SnapshotBuilder();
  readonly #labels = new LabelTable();
  #held: Uint8Array[] = [];
  #format: TraceFormat | undefined;
  #reader: TraceReader | undefined;
  #bytes = 0;
  #failed = false;

  constructor(options: OpenTraceOptions) {
    this.#options = options;
  }

  /** Returns false where no more bytes are wanted. */
  push(bytes: Uint8Array): boolean {
    this.#bytes += bytes.length;
    if (this.#reader !== undefined) this.#reader.push(bytes);
    else {
      // A copy: the source may use its buffer again.
      this.#held.push(bytes.slice());
      if (this.#bytes >= DETECTION_BYTES) this.#detect();
    }
    if (this.#options.progress?.(this.#bytes) === false) {
      this.#diagnostics.warning(0, 'Reading was stopped; what follows is not shown.');
      return false;
    }
    return !this.#failed;
  }

  /** The source failed: what was read until then stays. */
  brokenOff(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#failed = this.#bytes === 0;
    const message = this.#failed
      ? `${this.#name} cannot be read: ${reason}.`
      : `${this.#name} is damaged or cut off after ${this.#bytes} bytes: ${reason}. What could be read is shown.`;
    this.#diagnostics.error(0, message);
  }

  async finish(): Promise<OpenedTrace> {
    if (this.#reader === undefined && !this.#failed) this.#detect();
    this.#reader?.end();
    const store = this.#store.finish();
    const snapshot = await this.#snapshot.build(this.#options.unpack, this.#diagnostics);
    describeFromConfig(store, this.#device);
    if (!this.#device.hasPartition) describePartition(store, this.#device);
    const { slice } = this.#options.hints ?? {};
    if (slice !== undefined) this.#device.setPartition(slice);
    return {
      name: this.#name,
      format: this.#format,
      store,
      snapshot,
      device: this.#device.build(),
      labels: this.#labels.list(),
      diagnostics: this.#diagnostics.list(),
      bytes: this.#bytes,
    };
  }

  get #name(): string {
    return this.#options.name ?? 'The trace';
  }

  #detect(): void {
    const head = concatenate(this.#held);
    this.#held = [];
    this.#format = detectFormat(head);
    if (this.#format === undefined) {
      this.#failed = true;
      this.#diagnostics.error(0, notUnderstood(this.#name, head));
      return;
    }
    this.#reader = this.#format.createReader({
      store: this.#store,
      diagnostics: this.#diagnostics,
      device: this.#device,
      registers: this.#options.registers,
      hints: this.#options.hints ?? {},
      snapshot: this.#snapshot,
      labels: this.#labels,
    });
    this.#reader.push(head);
  }
}

function notUnderstood(name: string, head: Uint8Array): string {
  if (head.every(isBlank)) return `${name} is empty: there is no trace in it.`;
  const known = TRACE_FORMATS.map(({ title }) => title).join(', ');
  const binary = head.includes(0) ? ' (it is not text)' : '';
  return `${name} is not a trace of a known format${binary}. Known formats: ${known}; each may be packed with gzip.`;
}

/** White space. Other control characters, and NUL above all, are contents, though of something that is no text. */
function isBlank(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
