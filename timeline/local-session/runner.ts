import type { ArmedBreakpoint } from '../breakpoint/armed-breakpoint.ts';
import type { HitCounts } from '../breakpoint/hit-counts.ts';
import { Scanner } from '../breakpoint/scanner.ts';
import type { Hit } from '../breakpoint/visit.ts';
import { isBefore, isSameMoment, justBefore, type Moment, startOf } from '../moment.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import type { Playhead } from '../replay/playhead.ts';
import type { CancellationToken, FaultEntry, LogEntry } from '../session.ts';

/** How a run ended: at a breakpoint, where it was to end, or because it was cancelled. */
export type RunEnd =
  | { readonly kind: 'hit'; readonly hit: Hit }
  | { readonly kind: 'limit' | 'cancelled' };

/** What a run needs of its surroundings. */
export interface RunSurroundings {
  /** The present breakpoints; they may change between two slices. */
  scanner(): Scanner;
  log(entries: readonly LogEntry[]): void;
  /** Somebody wants to hear of faults on the way forwards, those of the event at which it stops too. */
  tellsFaults(): boolean;
  faults(entries: readonly FaultEntry[]): void;
  /** Called between slices with the fraction of the run that is done. */
  betweenSlices(fraction: number): Promise<void>;
}

const LIMIT: RunEnd = { kind: 'limit' };
const NEVER: CancellationToken = { cancelled: false };
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

  /** To the first breakpoint before `limit`; a stop at `suppressed` is passed over, its logs are not. */
  async forward(
    limit: Moment,
    suppressed: Moment | undefined,
    token: CancellationToken,
  ): Promise<RunEnd> {
    const playhead = this.#playhead;
    const start = playhead.position;
    while (playhead.isBefore(limit)) {
      if (token.cancelled || !(await this.#count(playhead.moment, token))) return CANCELLED;
      const hit = this.#forwardSlice(limit, suppressed);
      if (hit !== undefined) return { kind: 'hit', hit };
      if (!playhead.isBefore(limit)) break;
      await this.#around.betweenSlices(share(playhead.position - start, limit.record - start));
    }
    return LIMIT;
  }

  /** To the last breakpoint from `limit` on that lies before the present moment; the device stands there. */
  async backward(limit: Moment, token: CancellationToken): Promise<RunEnd> {
    const playhead = this.#playhead;
    const start = playhead.moment;
    if (this.#around.scanner().isEmpty) {
      return (await this.travel(limit, token)) ? LIMIT : CANCELLED;
    }
    for (let end = start; isBefore(limit, end); ) {
      const scanner = this.#around.scanner();
      if (!(await this.#count(end, token))) return CANCELLED;
      playhead.restoreUpTo(justBefore(end));
      const first = playhead.isBefore(limit) ? limit : playhead.moment;
      if (!(await this.travel(first, token))) return await this.#backAt(end);
      if (this.#around.scanner() !== scanner) continue;
      const swept = await this.#sweep(end, start.record, token);
      if (swept === 'cancelled') return await this.#backAt(end);
      if (swept === 'changed') continue;
      const { last, logs } = swept;
      const from = last?.moment ?? first;
      this.#around.log(logs.filter(({ moment }) => !isBefore(moment, from)).reverse());
      if (last !== undefined) {
        await this.travel(last.moment, NEVER);
        return { kind: 'hit', hit: last };
      }
      end = first;
    }
    await this.travel(limit, NEVER);
    return LIMIT;
  }

  /** Where a search backwards was cancelled: nothing before has been ruled out. */
  async #backAt(end: Moment): Promise<RunEnd> {
    await this.travel(end, NEVER);
    return CANCELLED;
  }

  /** To `target` without looking at breakpoints. False where that was cancelled on the way. */
  async travel(target: Moment, token: CancellationToken): Promise<boolean> {
    const playhead = this.#playhead;
    if (token.cancelled) return false;
    const way = playhead.wayTo(target, this.#slice);
    for (let start: number | undefined; way.next().done !== true; ) {
      start ??= playhead.position;
      await this.#around.betweenSlices(share(playhead.position - start, target.record - start));
      if (token.cancelled) return false;
    }
    return true;
  }

  #forwardSlice(limit: Moment, suppressed: Moment | undefined): Hit | undefined {
    const playhead = this.#playhead;
    const scanner = this.#around.scanner();
    const mark = startOf(playhead.position + this.#slice);
    const end = isBefore(mark, limit) ? mark : limit;
    scanner.begin(this.#around.tellsFaults());
    let hit = scanner.scan(end);
    if (hit !== undefined && isSameMoment(hit.moment, suppressed)) {
      scanner.pass(hit.moment);
      hit = scanner.scan(end);
    }
    scanner.end();
    this.#counts.counted(scanner.counting, hit?.moment ?? playhead.moment);
    this.#around.log(scanner.takeLogs());
    this.#around.faults(scanner.takeFaults());
    if (hit !== undefined) playhead.goTo(hit.moment.record, hit.moment.event);
    return hit;
  }

  /**
   * The last hit and all logs from here up to `end`. `changed` where other breakpoints were set on the way: their
   * hits before may not have been counted, so that the numbers of those seen here would be wrong.
   */
  async #sweep(
    end: Moment,
    start: number,
    token: CancellationToken,
  ): Promise<{ last: Hit | undefined; logs: LogEntry[] } | 'cancelled' | 'changed'> {
    const playhead = this.#playhead;
    const scanner = this.#around.scanner();
    let last: Hit | undefined;
    const logs: LogEntry[] = [];
    while (playhead.isBefore(end)) {
      if (token.cancelled) return 'cancelled';
      if (this.#around.scanner() !== scanner) return 'changed';
      const mark = startOf(playhead.position + this.#slice);
      scanner.begin();
      last = scanner.sweep(isBefore(mark, end) ? mark : end) ?? last;
      scanner.end();
      for (const entry of scanner.takeLogs()) logs.push(entry);
      await this.#around.betweenSlices(share(start - end.record, start));
    }
    return { last, logs };
  }

  /** Counts the hits before `moment` of breakpoints with hit conditions, also of those that are set meanwhile. */
  async #count(moment: Moment, token: CancellationToken): Promise<boolean> {
    for (;;) {
      const { counting } = this.#around.scanner();
      if (counting.length === 0) return true;
      if (!isBefore(this.#counts.countedUpTo(counting), moment)) return true;
      if (!(await this.#countOf(counting, moment, token))) return false;
    }
  }

  /** Counts the hits of these before `moment`, where the device then stands. False where that was cancelled. */
  async #countOf(
    counting: readonly ArmedBreakpoint[],
    moment: Moment,
    token: CancellationToken,
  ): Promise<boolean> {
    const playhead = this.#playhead;
    const scanner = new Scanner(playhead, this.#directory, counting, this.#counts);
    if (!(await this.travel(this.#counts.countedUpTo(counting), token))) {
      await this.travel(moment, NEVER);
      return false;
    }
    while (playhead.isBefore(moment)) {
      if (token.cancelled) break;
      const mark = startOf(playhead.position + this.#slice);
      scanner.begin();
      scanner.sweep(isBefore(mark, moment) ? mark : moment);
      scanner.end();
      scanner.takeLogs();
      this.#counts.counted(counting, playhead.moment);
      await this.#around.betweenSlices(share(playhead.position, moment.record));
    }
    const done = !playhead.isBefore(moment);
    await this.travel(moment, NEVER);
    return done;
  }
}

function share(done: number, all: number): number {
  return Math.min(1, done / Math.max(1, all));
}
