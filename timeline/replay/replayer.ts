import type { DeviceModel, RunProgress } from '../../emulator/index.ts';
import type { TraceChunk, TraceStore } from '../../trace/index.ts';
import { type Moment, startOf } from '../moment.ts';
import {
  type ComparePolicy,
  type ReadObserver,
  RecordApplier,
  type RemarkObserver,
} from './record-applier.ts';

/** A step of an engine's work takes as long as so many records, a record in a run a part of one: 1 / 2 ** 4. */
const RECORDS_OF_EVENT = 20;
const SHARE_IN_RUN = 4;

/** Applies a trace's records to a device, one after the other. It only goes forward. */
export class Replayer {
  readonly device: DeviceModel;
  readonly store: TraceStore;
  /** Asked before each step of an engine's work; where it says yes, `advance` returns before that step. */
  gate: (() => boolean) | undefined = undefined;
  /**
   * Asked behind an access that was its record's only event and called `interrupt`: true where replay goes on all the
   * same. Only of one guest's records, and where the device takes runs.
   */
  passes: ((moment: Moment) => boolean) | undefined = undefined;
  /** So many events of records with work, and `advance` returns wherever it is. */
  mostEvents = Number.POSITIVE_INFINITY;
  /** What replay has cost since the device was brought here, or a checkpoint laid: roughly, in records one by one. */
  spent = 0;
  /** Grows when the device is brought to another moment, or changed by hand, other than by replay. */
  leaps = 0;
  readonly #applier: RecordApplier;
  /** `halted`: `interrupt` was called. In a run the origin and the accesses so far make the record. */
  readonly #progress: RunProgress = {
    accesses: 0,
    halted: false,
    passes: () => this.#passesAt(this.#runOrigin + this.#progress.accesses),
  };
  #runOrigin = 0;
  #position = 0;
  #event = 0;
  /** The present record's access has happened; what it set off has not all. */
  #applied = false;
  /** Where replay stood before the event that happened last. Kept for events that somebody looks at. */
  #last: Moment = startOf(0);
  /** Those that have happened since `advance` began. */
  #events = 0;
  /** Time of the record applied last, in microseconds; −1 where there is none. */
  #micros = -1;
  #gated = false;
  /** The recording is of several guests. */
  readonly #hasTurns: boolean;
  /** Whose record is at `position`. */
  #guest = -1;

  constructor(store: TraceStore, device: DeviceModel, policy: ComparePolicy = 'compare') {
    this.store = store;
    this.device = device;
    this.#applier = new RecordApplier(store, device, policy, this.#progress);
    this.#hasTurns = device.turnTo !== undefined && store.chunks.some(({ guest }) => guest);
    this.#takeTurn();
  }

  /** Records before the one with this number in which the driver submitted work for the first time. */
  get firstSubmission(): number {
    return this.#applier.firstSubmission;
  }

  /** Accesses given to the device so far, the present one included. For listeners. */
  get accesses(): number {
    return this.#progress.accesses;
  }

  get observer(): ReadObserver | undefined {
    return this.#applier.observer;
  }

  set observer(observer: ReadObserver | undefined) {
    this.#applier.observer = observer;
  }

  set remarks(observer: RemarkObserver | undefined) {
    this.#applier.remarks = observer;
  }

  /** Whether a read is answered from the recording because it depends on work for which memory is lacking. */
  isForced(record: number, space: number, offset: number): boolean {
    return this.#applier.isForced(record, space, offset);
  }

  /** Records applied. */
  get position(): number {
    return this.#position;
  }

  /** Events of the record at `position` that have happened. */
  get event(): number {
    return this.#event;
  }

  get moment(): Moment {
    return { record: this.#position, event: this.#event };
  }

  /** Inside of a record: whether its access has happened. */
  get applied(): boolean {
    return this.#applied;
  }

  /** Before the event that happened last. */
  get last(): Moment {
    return this.#last;
  }

  /** Says that the device was brought to another moment. */
  moveTo({ record, event }: Moment, applied = false): void {
    this.#position = record;
    this.#event = event;
    this.#applied = applied;
    this.spent = 0;
    this.leaps++;
    const brought = applied ? record : record - 1;
    this.#micros = brought < 0 || this.#hasTurns ? -1 : this.store.timeNs(brought) / 1000;
    this.#takeTurn();
    this.#progress.halted = false;
    this.#gated = false;
  }

  get interrupted(): boolean {
    return this.#progress.halted;
  }

  /** `advance` returned as the gate said so: before a step of work. */
  get gated(): boolean {
    return this.#gated;
  }

  /** Makes `advance` return after the event that is happening. For listeners. */
  interrupt(): void {
    this.#progress.halted = true;
  }

  clearInterruption(): void {
    this.#progress.halted = false;
    this.#gated = false;
  }

  /**
   * To the moment (`to`, `event`), or past it where the record has fewer events. Returns early after an event during
   * which `interrupt` was called, where the gate closes, and after `mostEvents`.
   */
  advance(to: number, event = 0): void {
    this.clearInterruption();
    this.#events = 0;
    const end = Math.min(to, this.store.length);
    if (this.#event > 0 && this.#position < end && !this.#finish()) return;
    while (this.#position < end && !this.#progress.halted) {
      const first = this.#position & 0xffff;
      const base = this.#position - first;
      const chunk = this.store.chunks[this.#position >>> 16];
      if (chunk === undefined) return;
      if (!this.#applyChunk(chunk, base, first, Math.min(chunk.length, end - base))) return;
    }
    if (this.#position !== end || end >= this.store.length) return;
    while (this.#position === end && this.#event < event && !this.#mustReturn()) this.step();
  }

  /** One event. */
  step(): void {
    this.clearInterruption();
    if (this.#position >= this.store.length) return;
    if (this.#event > 0 && this.device.hasWork) this.device.stepWork();
    else if (this.#reachTime()) this.#apply();
    this.#happened();
    if (this.#applied && !this.device.hasWork) this.#leave();
  }

  /** False where it returned early, inside of a record or after one. */
  #applyChunk(chunk: TraceChunk, base: number, first: number, end: number): boolean {
    const { time, timeBase, timeHigh } = chunk;
    for (let at = first; at < end; at++) {
      if (this.#hasTurns) this.#turnTo(chunk.guest?.[at] ?? 0);
      const high = timeHigh === undefined ? 0 : (timeHigh[at] ?? 0) * 2 ** 32;
      const micros = timeBase + high + (time[at] ?? 0);
      if (micros !== this.#micros) {
        if (!this.device.advanceTo(micros * 1000)) {
          this.#position = base + at;
          this.#happened();
          if (!this.#finish()) return false;
          continue;
        }
        this.#micros = micros;
      }
      this.#runOrigin = base + at - 1 - this.#progress.accesses;
      const taken = this.#hasTurns ? 0 : this.#applier.applyRun(chunk, base + at, at, end);
      this.spent += 1 + (taken >> SHARE_IN_RUN);
      if (taken > 0) at += taken - 1;
      else this.#applier.apply(chunk, base + at, at);
      if (this.device.hasWork) {
        this.#position = base + at;
        this.#applied = true;
        this.#happened();
        if (!this.#finish()) return false;
      } else if (this.#progress.halted && (taken > 0 || !this.#passesAt(base + at))) {
        this.#position = base + at;
        this.#happened();
        this.#leave();
        return false;
      }
    }
    this.#position = base + end;
    this.#takeTurn();
    return true;
  }

  /** Of a record whose access alone has happened. A run has asked already where it ended halted. */
  #passesAt(record: number): boolean {
    if (this.#hasTurns || !this.device.runAccesses || !this.passes?.(startOf(record))) return false;
    this.#progress.halted = false;
    this.spent++;
    return true;
  }

  /** Does what is left of the record that replay is inside of. False where it returns early. */
  #finish(): boolean {
    const { device } = this;
    while (!this.#applied) {
      if (!this.#runWork() || this.#mustReturn()) return false;
      if (this.#reachTime()) this.#apply();
      this.#happened();
    }
    if (device.hasWork && !this.#progress.halted) this.#runWork();
    if (device.hasWork) return false;
    this.#leave();
    return !this.#progress.halted;
  }

  /** All work that there is now. False where some is left. */
  #runWork(): boolean {
    const { device } = this;
    while (device.hasWork) {
      if (this.#mustReturn()) return false;
      device.stepWork();
      this.#happened();
    }
    return true;
  }

  /** Whether `advance` has to return before the next event. */
  #mustReturn(): boolean {
    if (this.#progress.halted || this.#events >= this.mostEvents) return true;
    if (this.gate === undefined || this.#event === 0 || !this.device.hasWork) return false;
    this.#gated = this.gate();
    return this.#gated;
  }

  /** Brings the clock to the present record's time. False where it stopped at an alarm that gave work. */
  #reachTime(): boolean {
    const micros = this.store.timeNs(this.#position) / 1000;
    if (micros !== this.#micros && !this.device.advanceTo(micros * 1000)) return false;
    this.#micros = micros;
    return true;
  }

  /** The present record's access, or what else it is. */
  #apply(): void {
    const at = this.#position & 0xffff;
    const chunk = this.store.chunks[this.#position >>> 16];
    if (chunk !== undefined) this.#applier.apply(chunk, this.#position, at);
    this.#applied = true;
  }

  #happened(): void {
    this.#last = { record: this.#position, event: this.#event };
    this.#event++;
    this.#events++;
    this.spent += RECORDS_OF_EVENT;
  }

  #leave(): void {
    this.#position++;
    this.#event = 0;
    this.#applied = false;
    this.#takeTurn();
  }

  /** The device is the present record's guest's, also for those who only look. */
  #takeTurn(): void {
    if (!this.#hasTurns || this.#position >= this.store.length) return;
    this.#turnTo(this.store.guest(this.#position));
  }

  #turnTo(guest: number): void {
    if (guest === this.#guest) return;
    this.#guest = guest;
    // Guests may have clocks of their own.
    this.#micros = -1;
    this.device.turnTo?.(guest);
  }
}
