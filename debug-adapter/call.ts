import type { CancellationToken } from '../timeline/index.ts';
import type { Conversation } from './conversation.ts';

/** One request on its way: what a handler may know and do besides answering. */
export interface Call {
  readonly conversation: Conversation;
  /** The request's `seq`. */
  readonly requestId: number;
  /** Turns true when the client cancels this request. */
  readonly token: CancellationToken;
  /** Runs `work` once the answer is on its way: a `stopped` event must not overtake the answer. */
  afterResponse(work: () => void): void;
}
