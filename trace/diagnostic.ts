/** Something wrong with a line of a trace. The rest of the file still loads. */
export interface TraceDiagnostic {
  readonly severity: 'error' | 'warning';
  /** 1-based line of the (inflated) file; 0 where it concerns the file as a whole. */
  readonly line: number;
  /** What was wrong, and what was expected, in a sentence. */
  readonly message: string;
}
