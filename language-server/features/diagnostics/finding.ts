/** Something that is wrong with a line by the tables, or cannot be right. */
export interface Finding {
  /** Shown beside the message, and by which quick fixes are found. */
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning' | 'information';
  /** Sentences: what, and what to do. */
  readonly message: string;
  /** The part of the line that is meant; `line` is all of it but the comment. */
  readonly part: LinePart | 'line';
  /** First column and the one behind the last, where the part is not a whole word. */
  readonly columns?: readonly [number, number];
  readonly fixes?: readonly Fix[];
}

export type LinePart = 'place' | 'value' | 'keyword';

/** A change that mends a line: another text for a part of it, or a line above or below it. */
export interface Fix {
  /** For people, in the imperative. */
  readonly title: string;
  /** `columns`: those that are given. `line`: the whole line goes. */
  readonly part: LinePart | 'above' | 'below' | 'columns' | 'line';
  readonly text: string;
  readonly columns?: readonly [number, number];
  /** A line (from 0) that goes at the same time. */
  readonly without?: number;
}

export type FindingCode =
  | 'malformed'
  | 'unknown-register'
  | 'unknown-label'
  | 'double-label'
  | 'unknown-header'
  | 'no-register'
  | 'wrong-size'
  | 'alignment'
  | 'outside-bar'
  | 'read-only'
  | 'masked-nothing'
  | 'half-entry'
  | 'entry-size'
  | 'outside-slice'
  | 'impossible'
  | 'expectation'
  | 'device';
