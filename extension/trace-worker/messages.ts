import type { Reading } from '../../timeline/index.ts';

/** What the extension asks of the worker that holds traces. Plain data, so that it can cross the thread. */
export type TraceRequest =
  /** Loads a trace, so that what is wrong with it can be told before a view of it opens. */
  | { readonly kind: 'load'; readonly path: string; readonly reading: Reading }
  /** The text of a listing document. */
  | { readonly kind: 'text'; readonly uri: string }
  /** How many documents there are of the kind that `uri` names: windows of the trace, or parts of a run. */
  | { readonly kind: 'pages'; readonly uri: string }
  /** Where a record is shown. */
  | {
      readonly kind: 'locate';
      readonly path: string;
      readonly reading: Reading;
      readonly record: number;
    }
  /** The run that a line of a listing document stands for. */
  | { readonly kind: 'runAt'; readonly uri: string; readonly line: number };

export interface TraceAnswers {
  load: LoadedCounts;
  text: string;
  pages: number;
  locate: ListingPlace;
  runAt: string | undefined;
}

export interface LoadedCounts {
  readonly records: number;
  /** Reads and writes of the device that the trace is about; 0 where none was found to be its. */
  readonly accesses: number;
}

/** A line, counted from 0, of a listing document. */
export interface ListingPlace {
  readonly uri: string;
  readonly line: number;
}

export interface RequestMessage {
  readonly id: number;
  readonly request: TraceRequest;
}

export type AnswerMessage =
  | { readonly id: number; readonly answer: TraceAnswers[TraceRequest['kind']] }
  | { readonly id: number; readonly error: string };
