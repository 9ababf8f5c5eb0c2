/** One line of the results. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  /** What it was measured against in the same run, with its own figure. */
  readonly baseline?: string;
  /** As in the design's table of numbers to beat; absent for what is told for information. */
  readonly target?: string;
  readonly met?: boolean;
}

/** A group of measurements; runs on its own, so that `npm run bench -- NAME` repeats just it. */
export interface Bench {
  readonly name: string;
  /** What is measured, for a list. */
  readonly summary: string;
  run(): Promise<readonly Figure[]>;
}
