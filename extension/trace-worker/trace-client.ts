import { Worker } from 'node:worker_threads';
import type { AnswerMessage, RequestMessage, TraceAnswers, TraceRequest } from './messages.ts';

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/**
 * Asks the worker that loads and decodes traces, so that a recording of millions of lines never blocks the
 * extension host. The worker starts with the first question and ends with `dispose`.
 */
export class TraceClient {
  readonly #script: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;

  constructor(script: string) {
    this.#script = script;
  }

  /** Rejects with a sentence for people where the trace cannot be read. */
  ask<Q extends TraceRequest>(request: Q): Promise<TraceAnswers[Q['kind']]> {
    const id = ++this.#lastId;
    const message: RequestMessage = { id, request };
    return new Promise((resolve, reject) => {
      // The worker answers each kind of request with the type that TraceAnswers names for it.
      this.#waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      this.#start().postMessage(message);
    });
  }

  dispose(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
    this.#failAll('The trace was closed.');
  }

  #start(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(this.#script);
    this.#worker = worker;
    worker.on('message', (message: AnswerMessage) => this.#answered(message));
    worker.on('error', (error) => this.#died(worker, error.message));
    worker.on('exit', () => this.#died(worker, 'it ended'));
    // A worker that only waits must not keep the extension host alive.
    worker.unref();
    return worker;
  }

  #answered(message: AnswerMessage): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('error' in message) waiting?.reject(new Error(message.error));
    else waiting?.resolve(message.answer);
  }

  /** The next question starts a new worker. */
  #died(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#failAll(
      `The worker that decodes traces stopped (${reason}); opening the trace again restarts it.`,
    );
  }

  #failAll(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }
}
