import type { ArmedBreakpoint } from '../breakpoint/armed-breakpoint.ts';
import type { HitCounts } from '../breakpoint/hit-counts.ts';
import { type Hit, Scanner } from '../breakpoint/scanner.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import type { Playhead } from '../replay/playhead.ts';
import type { CancellationToken, LogEntry } from '../session.ts';

/** How a run ended: at a breakpoint, where it was to end, or because it was cancelled. */
export type RunEnd =
  | { readonly kind: 'hit'; readonly hit: Hit }
  | { readonly kind: 'limit' | 'cancelled' };

/** What a run needs of its surroundings. */
export interface RunSurroundings {
  /** The present breakpoints; they may change between two slices. */
  scanner(): Scanner;
  log(entries: readonly LogEntry[]): void;
  /** Called between slices with the fraction of the run that is done. */
  betweenSlices(fraction: number): Promise<void>;
}

const LIMIT: RunEnd = { kind: 'limit' };
const CANCELLED: RunEnd = { kind: 'cancelled' };

/** Moves a playhead over long ways, in slices, stopping at breakpoints. */
export class Runner {
  readonly #playhead: Playhead;
  readonly #directory: RegisterDirectory;
  readonly #counts: HitCounts;
  readonly #around: RunSurroundings;
  /** Records between two looks at who else wants something. */
  readonly #slice: number;

  constructor(
    playhead: Playhead,
    directory: RegisterDirectory,
    counts: HitCounts,
    around: RunSurroundings,
    slice: number,
  ) {
    this.#playhead = playhead;
    this.#directory = directory;
    this.#counts = counts;
    this.#around = around;
    this.#slice = slice;
  }

  /** To the first breakpoint before `limit`; a stop at record `suppressed` is passed over, its logs are not. */
  async forward(limit: number, suppressed: number, token: CancellationToken): Promise<RunEnd> {
    const playhead = this.#playhead;
    const start = playhead.position;
    while (playhead.position < limit) {
      if (token.cancelled || !(await this.#count(playhead.position, token))) return CANCELLED;
      const hit = this.#forwardSlice(limit, suppressed);
      if (hit !== undefined) return { kind: 'hit', hit };
      if (playhead.position >= limit) break;
      await this.#around.betweenSlices((playhead.position - start) / (limit - start));
    }
    return LIMIT;
  }

  /** To the last breakpoint from `limit` on that lies before the present moment; the device stands at its record. */
  async backward(limit: number, token: CancellationToken): Promise<RunEnd> {
    const playhead = this.#playhead;
    const start = playhead.position;
    if (this.#around.scanner().isEmpty) {
      return (await this.travel(limit, token)) ? LIMIT : CANCELLED;
    }
    for (let end = start; end > limit; ) {
      if (!(await this.#count(end, token))) return CANCELLED;
      playhead.restoreUpTo(end - 1);
      const first = Math.max(limit, playhead.position);
      playhead.advanceAll(first);
      const swept = await this.#sweep(first, end, start, token);
      if (swept === 'cancelled') {
        playhead.goTo(end);
        return CANCELLED;
      }
      if (swept === 'changed') continue;
      const { last, logs } = swept;
      const passed = logs.filter((each) => each.moment.record >= (last?.record ?? first));
      this.#around.log(passed.reverse());
      if (last !== undefined) {
        playhead.goTo(last.record);
        return { kind: 'hit', hit: last };
      }
      end = first;
    }
    playhead.goTo(limit);
    return LIMIT;
  }

  /** To `record` without looking at breakpoints. False where that was cancelled on the way. */
  async travel(record: number, token: CancellationToken): Promise<boolean> {
    const playhead = this.#playhead;
    if (token.cancelled) return false;
    if (Math.abs(record - playhead.position) <= this.#slice) {
      playhead.goTo(record);
      return true;
    }
    playhead.approach(record);
    const start = playhead.position;
    while (record - playhead.position > this.#slice) {
      if (token.cancelled) return false;
      playhead.advanceAll(playhead.position + this.#slice);
      await this.#around.betweenSlices((playhead.position - start) / (record - start));
    }
    playhead.goTo(record);
    return true;
  }

  #forwardSlice(limit: number, suppressed: number): Hit | undefined {
    const playhead = this.#playhead;
    const scanner = this.#around.scanner();
    const end = Math.min(limit, playhead.position + this.#slice);
    scanner.begin();
    let hit = scanner.scan(end);
    if (hit !== undefined && hit.record === suppressed) {
      scanner.pass(hit.record);
      hit = scanner.scan(end);
    }
    scanner.end();
    this.#counts.counted(scanner.counting, hit?.record ?? playhead.position);
    this.#around.log(scanner.takeLogs());
    if (hit !== undefined) playhead.goTo(hit.record);
    return hit;
  }

  /**
   * The last hit and all logs from `first` up to `end`. `changed` where other breakpoints were set on the way: their
   * hits before `first` may not have been counted, so that the numbers of those seen here would be wrong.
   */
  async #sweep(
    first: number,
    end: number,
    start: number,
    token: CancellationToken,
  ): Promise<{ last: Hit | undefined; logs: LogEntry[] } | 'cancelled' | 'changed'> {
    const playhead = this.#playhead;
    const scanner = this.#around.scanner();
    let last: Hit | undefined;
    const logs: LogEntry[] = [];
    for (let from = first; from < end; from = playhead.position) {
      if (token.cancelled) return 'cancelled';
      if (this.#around.scanner() !== scanner) return 'changed';
      scanner.begin();
      last = scanner.sweep(Math.min(end, from + this.#slice)) ?? last;
      scanner.end();
      for (const entry of scanner.takeLogs()) logs.push(entry);
      await this.#around.betweenSlices((start - end) / Math.max(1, start));
    }
    return { last, logs };
  }

  /** Counts the hits before `record` of breakpoints with hit conditions, also of those that are set meanwhile. */
  async #count(record: number, token: CancellationToken): Promise<boolean> {
    for (;;) {
      const { counting } = this.#around.scanner();
      if (counting.length === 0 || this.#counts.countedUpTo(counting) >= record) return true;
      if (!(await this.#countOf(counting, record, token))) return false;
    }
  }

  /** Counts the hits of these before `record`, where the device then stands. False where that was cancelled. */
  async #countOf(
    counting: readonly ArmedBreakpoint[],
    record: number,
    token: CancellationToken,
  ): Promise<boolean> {
    const playhead = this.#playhead;
    const scanner = new Scanner(playhead, this.#directory, counting, this.#counts);
    playhead.goTo(this.#counts.countedUpTo(counting));
    while (playhead.position < record) {
      if (token.cancelled) break;
      scanner.begin();
      scanner.sweep(Math.min(record, playhead.position + this.#slice));
      scanner.end();
      scanner.takeLogs();
      this.#counts.counted(counting, playhead.position);
      await this.#around.betweenSlices(playhead.position / Math.max(1, record));
    }
    const done = playhead.position >= record;
    playhead.goTo(record);
    return done;
  }
}
