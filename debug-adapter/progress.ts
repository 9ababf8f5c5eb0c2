import type { EventSink } from './event-sink.ts';

export interface OperationFacts {
  readonly title: string;
  readonly requestId: number;
  /** What the client's Cancel button does. */
  readonly cancel: () => void;
}

/** Long work as the client's progress display sees it. */
export class Operation {
  readonly id: string;
  readonly #facts: OperationFacts;
  readonly #send: EventSink | undefined;
  #percent: number | undefined;

  /** `send` undefined: the client shows no progress. */
  constructor(id: string, facts: OperationFacts, send: EventSink | undefined) {
    this.id = id;
    this.#facts = facts;
    this.#send = send;
  }

  /** The first report opens the display, so that work which is done before it reports stays quiet. */
  report(fraction: number): void {
    const percent = Math.max(0, Math.min(100, Math.floor(fraction * 100)));
    if (percent === this.#percent) return;
    if (this.#percent === undefined) this.#start();
    this.#percent = percent;
    this.#send?.('progressUpdate', { progressId: this.id, percentage: percent });
  }

  end(): void {
    if (this.#percent !== undefined) this.#send?.('progressEnd', { progressId: this.id });
  }

  cancel(): void {
    this.#facts.cancel();
  }

  #start(): void {
    const { title, requestId } = this.#facts;
    this.#send?.('progressStart', { progressId: this.id, title, requestId, cancellable: true });
  }
}

/** The operations under way, by progress id. */
export class Operations {
  readonly #open = new Map<string, Operation>();
  #count = 0;

  begin(facts: OperationFacts, send: EventSink | undefined): Operation {
    this.#count++;
    const operation = new Operation(`operation-${this.#count}`, facts, send);
    this.#open.set(operation.id, operation);
    return operation;
  }

  end(operation: Operation): void {
    this.#open.delete(operation.id);
    operation.end();
  }

  cancel(id: string): boolean {
    const operation = this.#open.get(id);
    operation?.cancel();
    return operation !== undefined;
  }
}
