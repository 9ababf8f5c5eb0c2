import { isSameMoment, type Moment, startOf } from '../moment.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import type { Playhead } from '../replay/playhead.ts';
import type { FaultEntry, LogEntry } from '../session.ts';
import { guestName } from '../together/guest-name.ts';
import { accessFacts, faultFacts, targetFacts, workFacts } from './access-facts.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';
import type { HitCounts } from './hit-counts.ts';
import { breakpointsAt, ReachedData } from './record-match.ts';
import { RecordPlaces } from './record-places.ts';
import {
  accessStopText,
  changeStopText,
  faultText,
  interruptStopText,
  workStopText,
} from './stop-text.ts';
import { type Hit, Visit } from './visit.ts';
import { type Raised, WatchList } from './watch-list.ts';

/** What a way back may cost, in records one by one: some five milliseconds, while a checkpoint takes a part of one. */
const DEAREST_WAY_BACK = 20_000;

const NONE: ReadonlySet<ArmedBreakpoint> = new Set();

/** Replays with breakpoints armed. */
export class Scanner {
  readonly #playhead: Playhead;
  readonly #directory: RegisterDirectory;
  readonly #counts: HitCounts;
  readonly #breakpoints: readonly ArmedBreakpoint[];
  /** Whose effect must be seen: judged after the event. */
  readonly #data: readonly ArmedBreakpoint[];
  readonly #reached: ReachedData;
  /** On records, and on accesses as the trace shows them. */
  readonly #atRecords: readonly ArmedBreakpoint[];
  /** On steps of engines' work. */
  readonly #work: readonly ArmedBreakpoint[];
  readonly #places: RecordPlaces;
  readonly #watch: WatchList;
  #logs: LogEntry[] = [];
  #faults: FaultEntry[] = [];
  /** What stops at the event that happened last, where that was judged within a run. */
  #judged: Hit | undefined;
  /** Of an event at which nothing stopped: to be used again. */
  #passing: Visit | undefined;
  /** Where it stopped listening, and after how many leaps. */
  #left: { readonly moment: Moment; readonly leaps: number } | undefined;

  constructor(
    playhead: Playhead,
    directory: RegisterDirectory,
    breakpoints: readonly ArmedBreakpoint[],
    counts: HitCounts,
  ) {
    this.#playhead = playhead;
    this.#directory = directory;
    this.#counts = counts;
    this.#breakpoints = breakpoints;
    this.#data = breakpoints.filter((each) => each.target !== undefined);
    this.#reached = new ReachedData(breakpoints);
    this.#atRecords = breakpoints.filter(({ record, matcher }) => record !== undefined || matcher);
    this.#work = breakpoints.filter((each) => each.work !== undefined);
    this.#places = new RecordPlaces(playhead.store, breakpoints);
    this.#watch = new WatchList(playhead, breakpoints);
  }

  get isEmpty(): boolean {
    return this.#breakpoints.length === 0;
  }

  /** Breakpoints whose hits are counted. */
  get counting(): readonly ArmedBreakpoint[] {
    return this.#breakpoints.filter((each) => each.hit !== undefined);
  }

  /**
   * Starts listening at the present moment: before `scan`, and after anybody else moved the device. `tellsFaults`:
   * `takeFaults` gives all of them.
   */
  begin(tellsFaults = false): void {
    const playhead = this.#playhead;
    this.#watch.tellsFaults = tellsFaults;
    // Stops of those that listen are found one event too late.
    const goesBack = this.#data.length > 0 || !this.#watch.isQuiet;
    if (goesBack && playhead.replayer.spent > DEAREST_WAY_BACK) playhead.save(true);
    if (this.#work.length > 0) playhead.replayer.gate = () => this.#isAtWork();
    if (this.#watch.isEmpty) return;
    const { moment, leaps } = this.#left ?? {};
    const goesOn = isSameMoment(playhead.moment, moment) && playhead.replayer.leaps === leaps;
    if (!goesOn) this.#watch.edited();
    playhead.replayer.passes = (at) => this.#passesHeard(at);
    playhead.listen(this.#watch);
  }

  /** Nobody listens any more. */
  end(): void {
    const { moment, replayer } = this.#playhead;
    this.#left = { moment, leaps: replayer.leaps };
    this.#playhead.listen(undefined);
    replayer.gate = undefined;
    replayer.passes = undefined;
  }

  /**
   * Replays up to `to`, or to a moment at which breakpoints stop: the event after it may have happened or not. Where
   * engines have much to do it returns early, to be called again.
   */
  scan(to: Moment): Hit | undefined {
    const playhead = this.#playhead;
    const { length } = playhead.store;
    const end = to.record < length ? to : startOf(length);
    const limit = end.event > 0 ? end.record + 1 : end.record;
    while (playhead.isBefore(end)) {
      let hit: Hit | undefined;
      if (this.#mustWalk()) hit = this.#visit();
      else {
        const place = this.#places.next(playhead.position + (playhead.inside ? 1 : 0), limit);
        const stop = place < limit ? startOf(place) : end;
        playhead.advance(stop.record, stop.event);
        if (playhead.replayer.interrupted) hit = this.#afterInterruption();
        else if (playhead.replayer.gated) hit = this.#visit();
        else if (playhead.isBefore(stop)) return undefined;
        else if (place < limit && isSameMoment(stop, playhead.moment)) hit = this.#visit();
      }
      if (hit !== undefined) return hit;
    }
    return undefined;
  }

  /** Replays up to `to`; the last hit on the way. Returns early as `scan` does. */
  sweep(to: Moment): Hit | undefined {
    let last: Hit | undefined;
    for (;;) {
      const hit = this.scan(to);
      if (hit === undefined) return last;
      last = hit;
      this.pass(hit.moment);
    }
  }

  /** What breakpoints logged since it was asked last, in the recording's order. */
  takeLogs(): LogEntry[] {
    const logs = this.#logs;
    this.#logs = [];
    this.#passing = undefined;
    return logs;
  }

  /** Faults since it was asked last, where they are told. */
  takeFaults(): FaultEntry[] {
    const faults = this.#faults;
    this.#faults = [];
    return faults;
  }

  /** Lets the event happen at which a scan stopped, if that is not yet done. */
  pass(moment: Moment): void {
    if (!isSameMoment(moment, this.#playhead.moment)) return;
    this.#playhead.step();
    this.#playhead.settle();
  }

  #isAtWork(): boolean {
    const step = this.#playhead.device.nextWork();
    return step !== undefined && this.#work.some(({ work }) => work?.(step) === true);
  }

  /** Inside of a record whose access is still to come, and concerns a data breakpoint. */
  #mustWalk(): boolean {
    const { inside, replayer, position } = this.#playhead;
    if (!inside || replayer.applied) return false;
    return this.#reached.by(this.#playhead, position).length > 0;
  }

  /** The event that happened last touched a target or raised an interrupt: nothing that the trace shows. */
  #afterInterruption(): Hit | undefined {
    const { replayer } = this.#playhead;
    if (this.#judged === undefined) this.#passesHeard(replayer.last);
    const hit = this.#judged;
    this.#judged = undefined;
    this.#playhead.settle();
    return hit;
  }

  /** True where nothing stops at `moment`, whose event has happened: so a run goes on through what is never hit. */
  #passesHeard(moment: Moment): boolean {
    const visit = this.#passing ?? this.#visitAt(moment);
    visit.again(moment);
    this.#judgeHeard(visit, NONE);
    this.#judged = visit.hit;
    this.#passing = this.#judged === undefined ? visit : undefined;
    return this.#judged === undefined;
  }

  /** What stops at the present moment. The event after it happens where its effect must be seen. */
  #visit(): Hit | undefined {
    const visit = this.#visitAt(this.#playhead.moment);
    if (this.#playhead.inside) this.#judgeWork(visit);
    else this.#judgeRecord(visit);
    // Where nobody listens a stop needs no look at what the event does.
    if (this.#data.length === 0 && this.#watch.isEmpty && visit.hit !== undefined) return visit.hit;
    this.#passEvent(visit);
    return visit.hit;
  }

  #judgeRecord(visit: Visit): void {
    const { store, device, position } = this.#playhead;
    const hit = breakpointsAt(this.#atRecords, store, position);
    if (hit.length === 0) return;
    const facts = accessFacts(store, device, this.#directory, position);
    for (const breakpoint of hit) {
      const text = () =>
        this.#whose(accessStopText(store, this.#directory, position, facts), position);
      visit.judge(breakpoint, facts, text);
    }
  }

  #judgeWork(visit: Visit): void {
    const { device } = this.#playhead;
    const step = device.nextWork();
    if (step === undefined) return;
    for (const breakpoint of this.#work) {
      if (breakpoint.work?.(step) !== true) continue;
      const view = device.viewWork() ?? step;
      visit.judge(breakpoint, workFacts(view), () => workStopText(view));
    }
  }

  #passEvent(visit: Visit): void {
    const playhead = this.#playhead;
    const { position, replayer, device } = playhead;
    const before = replayer.applied;
    const reached = before ? [] : this.#reached.by(playhead, position);
    for (const { target } of reached) target?.refresh(device);
    playhead.step();
    const accessed = !before && (replayer.applied || playhead.position > position);
    if (accessed) this.#judgeReached(visit, reached);
    this.#judgeHeard(visit, new Set(accessed ? reached : []));
    playhead.settle();
  }

  #judgeReached(visit: Visit, reached: readonly ArmedBreakpoint[]): void {
    for (const breakpoint of reached) {
      const { target } = breakpoint;
      if (target === undefined) continue;
      const change = target.look(this.#playhead.device);
      const facts = targetFacts(target, change, visit.direction(true));
      const { record } = visit.moment;
      const text = () => this.#whose(changeStopText(breakpoint, facts), record, change.guest);
      visit.judge(breakpoint, facts, text);
    }
  }

  #judgeHeard(visit: Visit, done: ReadonlySet<ArmedBreakpoint>): void {
    const usual = () => visit.direction(visit.moment.event === 0);
    for (const { breakpoint, target, direction } of this.#watch.take()) {
      if (done.has(breakpoint)) continue;
      const { device } = this.#playhead;
      const change = target.change(device);
      if (change === undefined && (breakpoint.access === 'change' || !direction)) continue;
      const facts = targetFacts(target, change ?? target.look(device), direction ?? usual());
      const { record } = visit.moment;
      const text = () => this.#whose(changeStopText(breakpoint, facts), record, change?.guest);
      visit.judge(breakpoint, facts, text);
    }
    for (const raised of this.#watch.takeRaised()) this.#judgeRaised(visit, raised);
    const { moment } = visit;
    for (const fault of this.#watch.takeFaults()) this.#faults.push({ moment, fault });
  }

  #judgeRaised(visit: Visit, raised: Raised): void {
    const { breakpoint } = raised;
    if ('fault' in raised) {
      const { fault } = raised;
      const text = () => this.#whose(faultText(fault), visit.moment.record, fault.whose);
      visit.judgeFault(breakpoint, fault, faultFacts(fault, this.#directory), text);
    } else if ('interrupt' in raised) {
      visit.judge(breakpoint, undefined, () => interruptStopText(raised.interrupt));
    } else visit.judge(breakpoint, undefined, () => raised.submission.engine);
  }

  /** With several guests, what happened to which: if not told otherwise, to the one whose record it is. */
  #whose(text: string, record: number, guest?: number): string {
    const { device, store } = this.#playhead;
    return (device.guests?.length ?? 0) < 2
      ? text
      : `${guestName(guest ?? store.guest(record))}: ${text}`;
  }

  #visitAt(moment: Moment): Visit {
    return new Visit(this.#playhead, this.#counts, moment, this.#logs);
  }
}
