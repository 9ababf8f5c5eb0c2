/** The command line makes no sense. The message is a sentence; the command's usage is shown below it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was asked for cannot be done: a file that is not there or not understood. The message says which and why. */
export class Failure extends Error {
  override readonly name = 'Failure';
}
