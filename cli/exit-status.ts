/** What the program ends with, for scripts. */
export const ExitStatus = {
  ok: 0,
  /** The answer is no: an unexplained divergence, a trace that cannot be read or replayed. */
  failed: 1,
  /** The command line makes no sense. */
  usage: 2,
} as const;
export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];
