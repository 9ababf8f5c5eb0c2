import type {
  CancellationToken,
  DumpView,
  TimelineSession,
  TraceModel,
} from '../timeline/index.ts';
import type { LaunchOptions } from './launch/launch-options.ts';
import type { SourceMap } from './sources/source-map.ts';

/** What is debugged: a recording, with a device beside it, and the documents in which it is read. */
export interface Program {
  readonly session: TimelineSession;
  readonly sources: SourceMap;
  /** The device is a vGPU of a host, which can be looked at. */
  readonly onHost: boolean;
  /** What answers: not all of them have everything that can be looked into. */
  readonly model: TraceModel['kind'];
  /** What the file says, where it is a dump of one moment. */
  readonly dump?: DumpView;
  /** What is to be said at the start. */
  readonly notes: readonly string[];
}

/** What opening tells and asks while it reads. */
export interface OpeningProgress {
  /** Fraction read, 0–1. */
  report(fraction: number): void;
  readonly token: CancellationToken;
}

/** Reads the recording and puts a device under it. Rejects with an AdapterError that says what is wrong where. */
export type ProgramOpener = (options: LaunchOptions, progress: OpeningProgress) => Promise<Program>;
