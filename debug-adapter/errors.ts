/** What goes wrong in a conversation, as the user reads it. One row each: the number never changes its meaning. */
const CATALOGUE = {
  unknownRequest: { id: 1000, visible: false },
  badArguments: { id: 1001, visible: false },
  internal: { id: 1002, visible: true },
  cancelled: { id: 1003, visible: false },
  notLaunched: { id: 1010, visible: false },
  alreadyLaunched: { id: 1011, visible: true },
  attach: { id: 1012, visible: true },
  badLaunch: { id: 1013, visible: true },
  traceUnreadable: { id: 1020, visible: true },
  traceNotUnderstood: { id: 1021, visible: true },
  deviceUnknown: { id: 1022, visible: true },
  registersUnreadable: { id: 1023, visible: true },
  goldenUnusable: { id: 1024, visible: true },
  running: { id: 1030, visible: true },
  evaluation: { id: 1040, visible: false },
  notChanged: { id: 1041, visible: true },
  staleReference: { id: 1042, visible: false },
  memory: { id: 1050, visible: false },
  thread: { id: 1051, visible: false },
  source: { id: 1060, visible: false },
  goto: { id: 1061, visible: true },
  exception: { id: 1070, visible: false },
} as const;

export type ErrorKind = keyof typeof CATALOGUE;

/** A request that cannot be done, with a sentence for people. `visible` ones are shown to the user at once. */
export class AdapterError extends Error {
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, sentence: string) {
    super(sentence);
    this.name = 'AdapterError';
    this.kind = kind;
  }

  get id(): number {
    return CATALOGUE[this.kind].id;
  }

  get visible(): boolean {
    return CATALOGUE[this.kind].visible;
  }
}

/** Any thrown thing as an error of the catalogue; what was not foreseen becomes `internal`. */
export function toAdapterError(error: unknown, command: string): AdapterError {
  if (error instanceof AdapterError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AdapterError(
    'internal',
    `The request '${command}' failed inside the debug adapter: ${reason}`,
  );
}

/** The message by which DAP knows a request that was given up at the client's wish. */
export const CANCELLED_MESSAGE = 'cancelled';

export function cancelledError(): AdapterError {
  return new AdapterError('cancelled', 'The request was cancelled.');
}
