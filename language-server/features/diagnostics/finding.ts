/** Something that is wrong with a line by the tables, or cannot be right. */
export interface Finding {
  /** Shown beside the message, and by which quick fixes are found. */
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning' | 'information';
  /** Sentences: what, and what to do. */
  readonly message: string;
  /** The part of the line that is meant; `line` is all of it but the comment. */
  readonly part: 'place' | 'value' | 'keyword' | 'line';
}

export type FindingCode =
  | 'malformed'
  | 'unknown-register'
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
  | 'device';
