import type { CancellationToken, Stop } from '../timeline/index.ts';
import { AdapterError } from './errors.ts';

/** Anything that moves through the recording and ends at a stop. */
export interface Movement {
  readonly requestId: number;
  readonly move: (token: CancellationToken) => Promise<Stop>;
  /** Called with the stop, except after `halt`. */
  readonly stopped: (stop: Stop) => void;
  readonly failed: (error: unknown) => void;
}

interface Run {
  readonly requestId: number;
  readonly token: { cancelled: boolean };
  done: Promise<void>;
  silent: boolean;
}

/** At most one movement at a time, which can be paused at any moment. */
export class RunControl {
  #run: Run | undefined;
  /** Movements that were asked for before this request was sent end as soon as they begin. */
  #pauseRequest = Number.NEGATIVE_INFINITY;

  get running(): boolean {
    return this.#run !== undefined;
  }

  /** Throws `running` where a movement is under way. */
  requireStopped(): void {
    if (this.running) {
      throw new AdapterError('running', 'The recording is being run; pause it first.');
    }
  }

  start(movement: Movement): void {
    this.requireStopped();
    const run: Run = {
      requestId: movement.requestId,
      token: { cancelled: movement.requestId < this.#pauseRequest },
      done: Promise.resolve(),
      silent: false,
    };
    this.#run = run;
    run.done = this.#follow(run, movement);
  }

  /**
   * Stops what runs, soon; its `stopped` is called with reason `pause`. A request to pause does not wait for its
   * turn, so it may overtake the one that begins the run: `requestId` lets it hold for that one, too.
   */
  pause(requestId = Number.NEGATIVE_INFINITY): void {
    this.#pauseRequest = Math.max(this.#pauseRequest, requestId);
    if (this.#run !== undefined) this.#run.token.cancelled = true;
  }

  /** Pauses the movement that this request began. */
  cancel(requestId: number): boolean {
    if (this.#run?.requestId !== requestId) return false;
    this.pause();
    return true;
  }

  /** Stops what runs without a word, and waits until it stands. */
  async halt(): Promise<void> {
    const run = this.#run;
    if (run === undefined) return;
    run.silent = true;
    run.token.cancelled = true;
    await run.done;
  }

  async #follow(run: Run, movement: Movement): Promise<void> {
    try {
      const stop = await movement.move(run.token);
      this.#run = undefined;
      if (!run.silent) movement.stopped(stop);
    } catch (error) {
      this.#run = undefined;
      if (!run.silent) movement.failed(error);
    }
  }
}
