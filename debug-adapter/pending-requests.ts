import type { CancellationToken } from '../timeline/index.ts';
import { cancelledError } from './errors.ts';

/** A request's token. `whenCancelled` never resolves; it rejects when the client cancels the request. */
export interface RequestToken extends CancellationToken {
  readonly whenCancelled: Promise<never>;
}

class CancelSource implements RequestToken {
  readonly whenCancelled: Promise<never>;
  cancelled = false;
  #reject: (error: Error) => void = () => {};

  constructor() {
    this.whenCancelled = new Promise<never>((_, reject) => {
      this.#reject = reject;
    });
    // Most requests are never waited on this way after they are answered.
    this.whenCancelled.catch(() => {});
  }

  cancel(): void {
    this.cancelled = true;
    this.#reject(cancelledError());
  }
}

/** Requests that have come but not been answered. */
export class PendingRequests {
  readonly #open = new Map<number, CancelSource>();

  begin(requestId: number): RequestToken {
    const source = new CancelSource();
    this.#open.set(requestId, source);
    return source;
  }

  end(requestId: number): void {
    this.#open.delete(requestId);
  }

  /** Gives up on a request: it is answered as cancelled at once, its work stops soon after. */
  cancel(requestId: number): boolean {
    const source = this.#open.get(requestId);
    source?.cancel();
    return source !== undefined;
  }

  /** All but one, which is the one that wants it. */
  cancelAllBut(requestId: number | undefined): void {
    for (const [id, source] of this.#open) if (id !== requestId) source.cancel();
  }
}
