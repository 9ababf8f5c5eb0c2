import { RecordKind, Space } from '../../trace/index.ts';
import type { AccessFacts, EvaluationContext } from '../expression/context.ts';
import {
  GGTT_OFFSET,
  PAGE_BYTES,
  PTE_BYTES,
  type RegisterDirectory,
} from '../register-directory.ts';
import type { Playhead } from '../replay/playhead.ts';
import type { LogEntry } from '../session.ts';
import { accessFacts, targetFacts } from './access-facts.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';
import type { HitCounts } from './hit-counts.ts';
import { judge } from './judge.ts';
import { RecordPlaces } from './record-places.ts';
import { accessStopText, changeStopText } from './stop-text.ts';
import { WatchList } from './watch-list.ts';
import type { WatchedTarget } from './watched-target.ts';

/** A record at which breakpoints stop: the moment before it. */
export interface Hit {
  readonly record: number;
  readonly breakpointIds: readonly number[];
  readonly text: string;
}

/** What came of looking at one record. */
interface Visit {
  readonly ids: number[];
  readonly texts: string[];
}

/** Replays with breakpoints armed. */
export class Scanner {
  readonly #playhead: Playhead;
  readonly #directory: RegisterDirectory;
  readonly #counts: HitCounts;
  readonly #breakpoints: readonly ArmedBreakpoint[];
  /** Whose effect must be seen: judged after the record has been applied. */
  readonly #data: readonly ArmedBreakpoint[];
  readonly #places: RecordPlaces;
  readonly #watch: WatchList;
  #logs: LogEntry[] = [];

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

  /** Starts listening at the present moment: before `scan`, and after anybody else moved the device. */
  begin(): void {
    // A way back that is short: stops of data breakpoints are found one record too late.
    if (this.#data.length > 0) this.#playhead.save(true);
    if (this.#watch.isEmpty) return;
    this.#watch.edited();
    this.#playhead.listen(this.#watch);
  }

  /** Nobody listens any more. */
  end(): void {
    this.#playhead.listen(undefined);
  }

  /** Applies records until `to` have been, or one at which breakpoints stop: that one may be applied or not. */
  scan(to: number): Hit | undefined {
    const playhead = this.#playhead;
    const end = Math.min(to, playhead.store.length);
    while (playhead.position < end) {
      const place = this.#places.next(playhead.position, end);
      playhead.advance(place);
      if (playhead.replayer.interrupted) {
        const hit = this.#afterInterruption();
        if (hit !== undefined) return hit;
      } else if (playhead.position < end) {
        const hit = this.#visit(playhead.position);
        if (hit !== undefined) return hit;
      }
    }
    return undefined;
  }

  /** Applies records until `to` have been; the last hit on the way. */
  sweep(to: number): Hit | undefined {
    let last: Hit | undefined;
    const end = Math.min(to, this.#playhead.store.length);
    while (this.#playhead.position < end) {
      const hit = this.scan(end);
      if (hit === undefined) continue;
      last = hit;
      this.pass(hit.record);
    }
    return last;
  }

  /** What breakpoints logged since it was asked last, in the recording's order. */
  takeLogs(): LogEntry[] {
    const logs = this.#logs;
    this.#logs = [];
    return logs;
  }

  /** Applies a record at which a scan stopped, if that is not yet done. */
  pass(record: number): void {
    if (this.#playhead.position === record) this.#playhead.advanceAll(record + 1);
  }

  /** The record applied last touched a target and nothing else: no place in the trace that is looked at. */
  #afterInterruption(): Hit | undefined {
    const record = this.#playhead.position - 1;
    const visit: Visit = { ids: [], texts: [] };
    this.#judgeTouched(record, visit, new Set());
    this.#playhead.settle();
    return hitOf(record, visit);
  }

  #visit(record: number): Hit | undefined {
    const visit: Visit = { ids: [], texts: [] };
    const { store, device } = this.#playhead;
    const facts = accessFacts(store, device, this.#directory, record);
    for (const breakpoint of this.#breakpoints) {
      if (breakpoint.target !== undefined || !this.#isAt(breakpoint, record)) continue;
      const text = () => accessStopText(store, this.#directory, record, facts);
      this.#judge(breakpoint, record, facts, visit, text);
    }
    // Without data breakpoints a stop needs no look at what the record does.
    if (this.#data.length === 0 && visit.ids.length > 0) return hitOf(record, visit);
    const reached = this.#data.filter((each) => this.#reaches(each, record));
    for (const { target } of reached) target?.refresh(device);
    this.#playhead.advance(record + 1);
    this.#judgeReached(record, reached, visit);
    this.#judgeTouched(record, visit, new Set(reached));
    this.#playhead.settle();
    return hitOf(record, visit);
  }

  #isAt(breakpoint: ArmedBreakpoint, record: number): boolean {
    if (breakpoint.record !== undefined) return breakpoint.record === record;
    const { store } = this.#playhead;
    if (!isWanted(breakpoint, store.kind(record))) return false;
    const { matcher } = breakpoint;
    return matcher?.matches(store.space(record), store.offset(record), store.size(record)) === true;
  }

  /** Whether the access in `record` reads or writes what a data breakpoint watches. */
  #reaches(breakpoint: ArmedBreakpoint, record: number): boolean {
    const { store } = this.#playhead;
    const { target, access } = breakpoint;
    if (target === undefined || access === 'change') return false;
    if (!isWanted(breakpoint, store.kind(record))) return false;
    const space = store.space(record);
    if (target.space === 'memory') return this.#reachesMemory(target, record, space);
    const own = target.space === 'mmio' ? Space.mmio : Space.config;
    return space === own && target.overlaps(store.offset(record), store.size(record));
  }

  /** Reads through the aperture only: writes to memory are heard from the device. */
  #reachesMemory(target: WatchedTarget, record: number, space: number): boolean {
    const { store, device } = this.#playhead;
    if (space !== Space.aperture || store.kind(record) !== RecordKind.read) return false;
    const address = store.offset(record);
    const index = Math.floor(address / PAGE_BYTES);
    const entry = device.peek('mmio', GGTT_OFFSET + index * PTE_BYTES, PTE_BYTES);
    if (!entry.known || (entry.low & 1) === 0) return false;
    const frame = ((entry.low & 0xfffff000) >>> 0) + (entry.high & 0x3fff) * 2 ** 32;
    return target.overlaps(frame + (address % PAGE_BYTES), store.size(record));
  }

  #judgeReached(record: number, reached: readonly ArmedBreakpoint[], visit: Visit): void {
    for (const breakpoint of reached) {
      const { target } = breakpoint;
      if (target === undefined) continue;
      const change = target.look(this.#playhead.device);
      const facts = targetFacts(target, change, this.#direction(record));
      this.#judge(breakpoint, record, facts, visit, () => changeStopText(breakpoint, facts));
    }
  }

  #judgeTouched(record: number, visit: Visit, done: ReadonlySet<ArmedBreakpoint>): void {
    for (const { breakpoint, target, written } of this.#watch.take()) {
      if (done.has(breakpoint)) continue;
      const { device } = this.#playhead;
      const change = target.change(device);
      if (change === undefined && (breakpoint.access === 'change' || !written)) continue;
      const facts = targetFacts(target, change ?? target.look(device), this.#direction(record));
      this.#judge(breakpoint, record, facts, visit, () => changeStopText(breakpoint, facts));
    }
  }

  #judge(
    breakpoint: ArmedBreakpoint,
    record: number,
    access: AccessFacts | undefined,
    visit: Visit,
    text: () => string,
  ): void {
    const verdict = judge(breakpoint, this.#context(record, access), this.#counts);
    for (const log of verdict.logs) {
      const moment = { record, event: 0 };
      this.#logs.push({ moment, breakpointId: breakpoint.id, text: log });
    }
    if (!verdict.stops) return;
    visit.ids.push(breakpoint.id);
    visit.texts.push(verdict.why === undefined ? text() : `${text()}. ${verdict.why}`);
  }

  #context(record: number, access: AccessFacts | undefined): EvaluationContext {
    const { store, device } = this.#playhead;
    return {
      peek: (space, address, size) => device.peek(space, address, size),
      access,
      record,
      timeNs: store.timeNs(record),
    };
  }

  #direction(record: number): 'read' | 'write' {
    return this.#playhead.store.kind(record) === RecordKind.read ? 'read' : 'write';
  }
}

function isWanted({ access }: ArmedBreakpoint, kind: RecordKind): boolean {
  if (kind === RecordKind.read) return access === 'read' || access === 'readWrite';
  return kind === RecordKind.write && (access === 'write' || access === 'readWrite');
}

function hitOf(record: number, { ids, texts }: Visit): Hit | undefined {
  if (ids.length === 0) return undefined;
  return { record, breakpointIds: ids, text: [...new Set(texts)].join('; ') };
}
