import type { Answer, DeviceModel, Fault } from '../../emulator/index.ts';
import type { TraceStore } from '../../trace/index.ts';
import { CheckpointList } from '../checkpoint/checkpoint-list.ts';
import { compareMoments, isBefore, type Moment, startOf } from '../moment.ts';
import { type Change, EditList, type FileChange, type MemoryChange } from './edits.ts';
import { nearMarks } from './near-marks.ts';
import type { PlayheadListener, PlayheadOptions } from './playhead-options.ts';
import { Replayer } from './replayer.ts';

export type { PlayheadListener, PlayheadOptions } from './playhead-options.ts';

const DEFAULT_BYTES = 256 * 2 ** 20;
/**
 * Replay makes three to five million records a second: so many take at most 30 ms, a third of what a jump may
 * take.
 */
const DEFAULT_SPACING = 100_000;
/** Events of engines' work that one `advance` lets happen at most: some hundredths of a second. */
const MOST_EVENTS = 30_000;
/** Events of a record that a preview makes: a tenth of a second. */
const MOST_PREVIEWED = 100_000;
/** Events of a record between near checkpoints, where somebody may stop among them. */
const MOST_WATCHED_WORK = 2048;

/**
 * A device and a trace at some moment, which can be moved to any other: back to the nearest checkpoint, then
 * forward. The state at a moment depends on nothing but the trace and the edits up to it.
 */
export class Playhead {
  readonly replayer: Replayer;
  readonly checkpoints: CheckpointList;
  readonly #edits = new EditList();
  /** Edits up to here have been made. */
  #editedUpTo: Moment = startOf(0);
  readonly #spacing: number;
  #listener: PlayheadListener | undefined;
  /** A listener interrupted before the edits of this moment were made. */
  #unsettled = false;
  /** Somebody may stop among the events of a record: near checkpoints are laid there. */
  #watched = false;

  constructor(store: TraceStore, device: DeviceModel, options: PlayheadOptions = {}) {
    this.replayer = new Replayer(store, device, options.compare);
    this.checkpoints = new CheckpointList(options.checkpointBytes ?? DEFAULT_BYTES);
    this.#spacing = options.checkpointSpacing ?? DEFAULT_SPACING;
    this.save(false);
  }

  get store(): TraceStore {
    return this.replayer.store;
  }

  get device(): DeviceModel {
    return this.replayer.device;
  }

  /** Records applied. */
  get position(): number {
    return this.replayer.position;
  }

  get moment(): Moment {
    return this.replayer.moment;
  }

  /** Replay is inside of a record. */
  get inside(): boolean {
    return this.replayer.event > 0;
  }

  isBefore(moment: Moment): boolean {
    return isBefore(this.moment, moment);
  }

  listen(listener: PlayheadListener | undefined): void {
    this.#listener = listener;
    this.device.setListener(listener);
  }

  /**
   * Replays until the moment (`to`, `event`), or until a listener interrupts; then `settle` when it has looked.
   * Returns early, too, where the gate closes before a step of an engine's work, and after much work.
   */
  advance(to: number, event = 0): void {
    this.settle();
    const { replayer } = this;
    replayer.clearInterruption();
    const end = this.#clamp({ record: to, event });
    this.#watched = replayer.gate !== undefined || event > 0;
    const toMark = MOST_WATCHED_WORK - (replayer.event % MOST_WATCHED_WORK);
    replayer.mostEvents = this.#watched ? toMark : MOST_EVENTS;
    while (this.isBefore(end)) {
      const stop = this.#nextStop(end);
      replayer.advance(stop.record, stop.event);
      this.#unsettled = true;
      if (replayer.interrupted) return;
      const early = this.isBefore(stop);
      this.settle();
      if (early) return;
    }
  }

  /** One event; then `settle` when a listener has looked. */
  step(): void {
    this.settle();
    this.#watched = true;
    this.replayer.step();
    this.#unsettled = true;
  }

  /** Makes the edits of the moment that was reached, and lays the checkpoint that belongs there. */
  settle(): void {
    if (!this.#unsettled) return;
    this.#unsettled = false;
    this.#makeEdits();
    if (!this.inside) {
      if (this.position % this.#spacing === 0) this.save(false);
    } else if (this.#watched && this.replayer.event % MOST_WATCHED_WORK === 0) this.save(true);
  }

  /** Lays a checkpoint here. */
  save(near: boolean): void {
    const { device, moment, replayer } = this;
    replayer.spent = 0;
    if (this.checkpoints.has(moment)) return;
    this.checkpoints.add({ moment, applied: replayer.applied, snapshot: device.save(), near });
  }

  /** To the last checkpoint at a moment or before it. */
  restoreUpTo(moment: Moment): void {
    const checkpoint = this.checkpoints.upTo(moment);
    if (checkpoint === undefined) throw new Error('The checkpoint at the start is gone.');
    this.device.restore(checkpoint.snapshot);
    this.replayer.moveTo(checkpoint.moment, checkpoint.applied);
    this.#editedUpTo = checkpoint.moment;
    this.#unsettled = false;
  }

  /** Restores where that is needed, or shorter than going on, to get to a moment; `advance` does the rest. */
  approach(moment: Moment): void {
    const checkpoint = this.checkpoints.upTo(moment);
    const behind = isBefore(moment, this.moment);
    if (behind || (checkpoint !== undefined && this.isBefore(checkpoint.moment))) {
      this.restoreUpTo(moment);
    }
  }

  /** To any moment, at once; nobody listens. For ways that may be long use `wayTo`. */
  goTo(record: number, event = 0): void {
    const way = this.wayTo({ record, event });
    while (way.next().done !== true);
  }

  /**
   * To any moment, in slices of so many records at most, and of so many events as one `advance` makes; it stands at a
   * whole moment between two, where others may look, and the way may be left.
   */
  *wayTo(moment: Moment, mostRecords = Number.POSITIVE_INFINITY): Generator<undefined, void> {
    const target = this.#clamp(moment);
    const back = isBefore(target, this.moment);
    this.approach(target);
    for (const mark of back ? nearMarks(target) : []) {
      if (!this.isBefore(mark)) continue;
      yield* this.#slices(mark, mostRecords);
      this.save(true);
    }
    yield* this.#slices(target, mostRecords);
  }

  *#slices(end: Moment, mostRecords: number): Generator<undefined, void> {
    while (this.isBefore(end)) {
      const mark = startOf(this.position + mostRecords);
      const { record, event } = isBefore(mark, end) ? mark : end;
      this.advance(record, event);
      if (this.isBefore(end)) yield undefined;
    }
    this.settle();
  }

  /** As `advance`, and no interruption ends it. */
  advanceAll(to: number, event = 0): void {
    const way = this.#slices(this.#clamp({ record: to, event }), Number.POSITIVE_INFINITY);
    while (way.next().done !== true);
  }

  /**
   * What `look` sees when the present record's access has happened, and before engines do what it set off; taken
   * back afterwards: nothing changes. `observe` gets the device's answer if the record is a read. Undefined where
   * more than 100,000 events of alarms and engines come before the access: nobody waits for that.
   */
  preview<T>(observe: (answer: Answer) => void, look: () => T): T | undefined {
    const { replayer, position } = this;
    const { observer } = replayer;
    replayer.observer = (_record, answer) => observe(answer);
    try {
      return this.trial(() => {
        for (let events = 0; replayer.position === position && !replayer.applied; events++) {
          if (events >= MOST_PREVIEWED) return undefined;
          replayer.step();
        }
        return look();
      });
    } finally {
      replayer.observer = observer;
    }
  }

  /** Does something that is taken back afterwards, while nobody listens. It must not move by other means than steps. */
  trial<T>(work: () => T): T {
    const { device, moment, replayer } = this;
    const { applied, spent } = replayer;
    const snapshot = device.save();
    device.setListener(undefined);
    try {
      return work();
    } finally {
      device.restore(snapshot);
      replayer.moveTo(moment, applied);
      replayer.spent = spent;
      device.setListener(this.#listener);
    }
  }

  /** Makes a change here and now. Returns false, and changes nothing, where there is nothing to change. */
  edit(change: MemoryChange): boolean {
    const done = this.#unheard(() => this.#poke(change));
    if (done) this.#keep(change);
    return done;
  }

  /** Writes a control file of the host. Undefined, or a sentence where that had no effect. `fault` hears what it breaks. */
  writeHostFile(change: FileChange, fault: (fault: Fault) => void): string | undefined {
    const problem = this.#unheard(() => {
      this.device.setListener({ fault });
      return this.#write(change);
    });
    if (problem === undefined) this.#keep(change);
    return problem;
  }

  #keep(change: Change): void {
    const { moment } = this;
    this.#edits.add({ ...change, moment });
    this.checkpoints.dropFrom(moment);
    // The start must always be there; everywhere else it saves replaying when the user steps back to the edit.
    this.save(moment.record !== 0 || this.inside);
  }

  #unheard<T>(work: () => T): T {
    this.replayer.leaps++;
    this.device.setListener(undefined);
    try {
      return work();
    } finally {
      this.device.setListener(this.#listener);
    }
  }

  #write({ path, text }: FileChange): string | undefined {
    if (this.device.writeHostFile !== undefined) return this.device.writeHostFile(path, text);
    return 'There is no host around this device that has control files.';
  }

  #poke({ guest, space, address, size, low, high }: MemoryChange): boolean {
    const { device } = this;
    const target = guest === undefined ? device : (device.guests?.[guest] ?? device);
    return target.poke(space, address, size, low, high);
  }

  #clamp(moment: Moment): Moment {
    const { length } = this.store;
    return moment.record < length ? moment : startOf(length);
  }

  /** Where something is to be done on the way to `end`: the next round checkpoint, the next edit. */
  #nextStop(end: Moment): Moment {
    const mark = startOf(this.position - (this.position % this.#spacing) + this.#spacing);
    const edit = this.#edits.nextAfter(this.moment);
    const first = edit === undefined || isBefore(mark, edit) ? mark : edit;
    return isBefore(first, end) ? first : end;
  }

  #makeEdits(): void {
    const { moment } = this;
    const from = this.#editedUpTo;
    this.#editedUpTo = moment;
    if (this.#edits.length === 0 || compareMoments(from, moment) >= 0) return;
    const edits = this.#edits.between(from, moment);
    if (edits.length === 0) return;
    this.#unheard(() => {
      for (const edit of edits) {
        // What can no longer be done, as an earlier edit has changed what came after it, is left out.
        if ('path' in edit) this.#write(edit);
        else this.#poke(edit);
      }
    });
    this.#listener?.edited();
  }
}
