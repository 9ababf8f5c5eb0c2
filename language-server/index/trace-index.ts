import type { DeviceDescription, Label, TraceDiagnostic } from '../../trace/index.ts';
import type { RegisterTables } from '../registers/register-tables.ts';
import type { LineColumns } from './line-columns.ts';

/** Lines are counted from 0, as in the protocol. */
export interface LineSource {
  readonly lineCount: number;
  /** Without its line end. */
  line(line: number): string;
  /** From the start of `first` up to the start of `end`, with all line ends. */
  lines(first: number, end: number): string;
}

/** What is known of a document's lines. */
export interface TraceIndex {
  /** Id of the format in trace's table; undefined where the text is no trace. */
  readonly format: string | undefined;
  /** It shows one moment: its lines count as reads, and happened at no time. */
  readonly isDump: boolean;
  readonly columns: LineColumns;
  readonly device: DeviceDescription;
  readonly tables: RegisterTables;
  /** Those that are defined rightly, in order; their lines count from 1. */
  readonly labels: readonly Label[];
  /** Grows with every change. */
  readonly version: number;
  /** How often all lines have been read: nothing that was worked out before holds any longer. */
  readonly readings: number;
  /** What the reader says of the lines, at most so many; lines are counted from 1, 0 stands for the whole file. */
  problems(most: number): readonly TraceDiagnostic[];
  /** The same of one line, which is counted from 0. */
  problemsOf(line: number): readonly TraceDiagnostic[];
}
