/** A ring or batch, one command a line; what it says never changes. */
export interface CommandText {
  readonly title: string;
  readonly text: string;
  readonly engine: string;
  readonly space: 'ggtt' | 'ppgtt';
  /** Graphics address of the image of the context whose PPGTT it is in; absent otherwise. */
  readonly context?: number;
  /** Line of the first command, 0-based. */
  readonly firstLine: number;
  /** Graphics addresses of the commands, one for each line from there. */
  readonly addresses: readonly number[];
}
