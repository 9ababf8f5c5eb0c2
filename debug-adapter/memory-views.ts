import type { DebugProtocol as Dap } from '@vscode/debugprotocol';

/** References remembered; a client that reads more than this shows stale bytes only in the oldest views. */
const MAX_VIEWS = 64;

interface Range {
  start: number;
  end: number;
}

/** Which memory the client has read, hence may show: it must hear when that is out of date. */
export class MemoryViews {
  readonly #read = new Map<string, Range>();

  /** `offset` and `count` in bytes from the reference. */
  add(memoryReference: string, offset: number, count: number): void {
    const known = this.#read.get(memoryReference);
    const range: Range = {
      start: Math.min(known?.start ?? offset, offset),
      end: Math.max(known?.end ?? 0, offset + count),
    };
    this.#read.delete(memoryReference);
    this.#read.set(memoryReference, range);
    const [oldest] = this.#read.keys();
    if (this.#read.size > MAX_VIEWS && oldest !== undefined) this.#read.delete(oldest);
  }

  ranges(): Dap.MemoryEvent['body'][] {
    return [...this.#read].map(([memoryReference, { start, end }]) => ({
      memoryReference,
      offset: start,
      count: end - start,
    }));
  }
}
