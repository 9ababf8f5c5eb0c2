/**
 * Who may use the device when. Long work has it for itself, but lets visitors in between two slices, when the
 * device is at a whole moment.
 */
export class Schedule {
  readonly #yieldToOthers: () => Promise<void>;
  #last: Promise<unknown> = Promise.resolve();
  #visitors: (() => Promise<void>)[] = [];
  #working = false;

  /** `yieldToOthers` lets the shell's events in: in Node `setImmediate`. */
  constructor(yieldToOthers: () => Promise<void>) {
    this.#yieldToOthers = yieldToOthers;
  }

  /** Runs `work` when all work that was asked for before is done; it must call `betweenSlices` now and then. */
  work<T>(work: () => Promise<T>): Promise<T> {
    return this.#after(async () => {
      this.#working = true;
      try {
        return await work();
      } finally {
        this.#working = false;
        await this.#serve();
      }
    });
  }

  /** Runs `visit` at the next moment between slices; at once where nothing is going on. */
  visit<T>(visit: () => Promise<T> | T): Promise<T> {
    if (!this.#working) return this.#after(async () => visit());
    return new Promise<T>((resolve, reject) => {
      this.#visitors.push(async () => {
        try {
          resolve(await visit());
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  async betweenSlices(): Promise<void> {
    await this.#yieldToOthers();
    await this.#serve();
  }

  async #serve(): Promise<void> {
    const visitors = this.#visitors;
    if (visitors.length === 0) return;
    this.#visitors = [];
    for (const visitor of visitors) await visitor();
  }

  #after<T>(action: () => Promise<T>): Promise<T> {
    // What failed before was told to whoever asked for it.
    const done = this.#last.then(action, action);
    this.#last = done;
    return done;
  }
}
