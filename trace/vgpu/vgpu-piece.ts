import type { DeviceDescription } from '../device-description.ts';
import { DeviceDescriptionBuilder } from '../device-description-builder.ts';
import { DiagnosticList, type TraceDiagnostic } from '../diagnostic.ts';
import type { RegisterNames } from '../register-names.ts';
import { SnapshotBuilder } from '../snapshot/snapshot-builder.ts';
import { StoreWriter } from '../store/store-writer.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { type Label, type LabelsOfPiece, LabelTable } from './labels.ts';
import { createVgpuReader } from './vgpu-reader.ts';

/** Some lines of a `.vgpu` file, read for themselves. */
export interface VgpuPiece {
  /** Records by their line in the piece, from 1. All stand at time 0: what is before the piece is not known. */
  readonly store: TraceStore;
  /** What the piece's own headers say. */
  readonly device: DeviceDescription;
  /** Those known before, and those that the piece defines. */
  readonly labels: readonly Label[];
}

export interface VgpuPieceOptions {
  readonly registers?: RegisterNames | undefined;
  readonly labels?: LabelsOfPiece;
  /** Called for each line that is not understood. Whether time runs back is not looked at: see `timeRunsBack`. */
  problem?(diagnostic: TraceDiagnostic): void;
}

/**
 * Reads whole lines with the reader of files, so that an editor says of a line what opening the file would say. No
 * line of the format depends on another but for the time and labels.
 */
export function readVgpuPiece(bytes: Uint8Array, options: VgpuPieceOptions = {}): VgpuPiece {
  // Each line holds one record at most.
  const store = new TimelessWriter(countLines(bytes));
  const device = new DeviceDescriptionBuilder();
  const labels = new LabelTable(options.labels);
  const reader = createVgpuReader({
    store,
    device,
    diagnostics: new HandedOn(options.problem),
    registers: options.registers,
    hints: {},
    snapshot: new SnapshotBuilder(),
    labels,
  });
  reader.push(bytes);
  reader.end();
  return { store: store.finish(), device: device.build(), labels: labels.list() };
}

function countLines(bytes: Uint8Array): number {
  let lines = 1;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines++;
  return lines;
}

const LF = 10;

class TimelessWriter extends StoreWriter {
  override advanceTo(): boolean {
    return true;
  }
}

/** Keeps nothing: a file that is damaged throughout costs no memory. */
class HandedOn extends DiagnosticList {
  readonly #problem: VgpuPieceOptions['problem'];

  constructor(problem: VgpuPieceOptions['problem']) {
    super();
    this.#problem = problem;
  }

  override error(line: number, message: string): void {
    this.#problem?.({ severity: 'error', line, message });
  }

  override warning(line: number, message: string): void {
    this.#problem?.({ severity: 'warning', line, message });
  }
}
