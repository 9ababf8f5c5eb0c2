import type { Answer, DeviceListener, DeviceModel } from '../../emulator/index.ts';
import type { TraceStore } from '../../trace/index.ts';
import { CheckpointList } from '../checkpoint/checkpoint-list.ts';
import { type Edit, EditList } from './edits.ts';
import { type ComparePolicy, Replayer } from './replayer.ts';

export interface PlayheadOptions {
  readonly compare?: ComparePolicy;
  /** Memory for checkpoints in bytes. */
  readonly checkpointBytes?: number;
  /** Records between checkpoints. */
  readonly checkpointSpacing?: number;
}

/** Listens to the device while records are applied, but not while edits are made. */
export interface PlayheadListener extends DeviceListener {
  /** State was changed by an edit: what was remembered of it is out of date. */
  edited(): void;
}

const DEFAULT_BYTES = 256 * 2 ** 20;
/**
 * Replay makes three to five million records a second: so many take at most 30 ms, a third of what a jump may
 * take.
 */
const DEFAULT_SPACING = 100_000;
/** How far before the end of a jump backwards near checkpoints are laid, in records: the next steps back are short. */
const NEAR_DISTANCES = [32_768, 8192, 2048, 512] as const;

/**
 * A device and a trace at some moment, which can be moved to any other: back to the nearest checkpoint, then
 * forward. The state at a moment depends on nothing but the trace and the edits up to it.
 */
export class Playhead {
  readonly replayer: Replayer;
  readonly checkpoints: CheckpointList;
  readonly #edits = new EditList();
  readonly #spacing: number;
  #listener: PlayheadListener | undefined;
  /** A listener interrupted before the edits of this moment were made. */
  #unsettled = false;

  constructor(store: TraceStore, device: DeviceModel, options: PlayheadOptions = {}) {
    this.replayer = new Replayer(store, device, options.compare);
    this.checkpoints = new CheckpointList(options.checkpointBytes ?? DEFAULT_BYTES);
    this.#spacing = options.checkpointSpacing ?? DEFAULT_SPACING;
    this.checkpoints.add(0, device.save(), false);
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

  listen(listener: PlayheadListener | undefined): void {
    this.#listener = listener;
    this.device.setListener(listener);
  }

  /** Applies records until `to` have been, or a listener interrupts; then `settle` when it has looked. */
  advance(to: number): void {
    this.settle();
    this.replayer.clearInterruption();
    const end = Math.min(to, this.store.length);
    while (this.position < end) {
      const mark = this.position - (this.position % this.#spacing) + this.#spacing;
      const stop = Math.min(end, mark, this.#edits.nextAfter(this.position));
      this.replayer.advance(stop);
      this.#unsettled = this.position === stop;
      if (this.replayer.interrupted) return;
      this.settle();
    }
  }

  /** Makes the edits of the moment that was reached, and lays the checkpoint that belongs there. */
  settle(): void {
    if (!this.#unsettled) return;
    this.#unsettled = false;
    this.#makeEdits(this.position);
    if (this.position % this.#spacing === 0) this.save(false);
  }

  /** Lays a checkpoint here. */
  save(near: boolean): void {
    if (this.checkpoints.has(this.position)) return;
    this.checkpoints.add(this.position, this.device.save(), near);
  }

  /** To the last checkpoint at `record` or before it. */
  restoreUpTo(record: number): void {
    const checkpoint = this.checkpoints.upTo(record);
    if (checkpoint === undefined) throw new Error('The checkpoint at the start is gone.');
    this.device.restore(checkpoint.snapshot);
    this.replayer.moveTo(checkpoint.record);
    this.#unsettled = false;
  }

  /** Restores where that is needed, or shorter than going on, to get to `record`; `advance` does the rest. */
  approach(record: number): void {
    const checkpoint = this.checkpoints.upTo(record);
    const behind = record < this.position;
    if (behind || (checkpoint !== undefined && checkpoint.record > this.position)) {
      this.restoreUpTo(record);
    }
  }

  /** To any moment, at once; nobody listens. For long ways use `approach` and `advance` in slices. */
  goTo(record: number): void {
    const back = record < this.position;
    this.approach(record);
    if (back) this.#advanceLayingNear(record);
    else this.advanceAll(record);
  }

  /** As `advance`, and no interruption ends it. */
  advanceAll(to: number): void {
    const end = Math.min(to, this.store.length);
    while (this.position < end) this.advance(end);
    this.settle();
  }

  /**
   * What `look` sees after the next record, which is taken back afterwards: nothing changes. `observe` gets the
   * device's answer if the record is a read.
   */
  preview<T>(observe: (answer: Answer) => void, look: () => T): T {
    const { device, replayer, position } = this;
    const { observer } = replayer;
    const snapshot = device.save();
    device.setListener(undefined);
    replayer.observer = (_record, answer) => observe(answer);
    try {
      replayer.advance(position + 1);
      return look();
    } finally {
      device.restore(snapshot);
      replayer.moveTo(position);
      replayer.observer = observer;
      device.setListener(this.#listener);
    }
  }

  /** Makes a change here and now. Returns false, and changes nothing, where there is nothing to change. */
  edit(edit: Omit<Edit, 'record'>): boolean {
    const record = this.position;
    const { space, address, size, low, high } = edit;
    this.device.setListener(undefined);
    const done = this.device.poke(space, address, size, low, high);
    this.device.setListener(this.#listener);
    if (!done) return false;
    this.#edits.add({ ...edit, record });
    this.checkpoints.dropFrom(record);
    // The start must always be there; everywhere else it saves replaying when the user steps back to the edit.
    this.save(record !== 0);
    return true;
  }

  #advanceLayingNear(record: number): void {
    for (const distance of NEAR_DISTANCES) {
      const mark = record - distance;
      if (mark <= this.position) continue;
      this.advanceAll(mark);
      this.save(true);
    }
    this.advanceAll(record);
  }

  #makeEdits(record: number): void {
    if (this.#edits.length === 0) return;
    const edits = this.#edits.at(record);
    if (edits.length === 0) return;
    this.device.setListener(undefined);
    for (const { space, address, size, low, high } of edits) {
      this.device.poke(space, address, size, low, high);
    }
    this.device.setListener(this.#listener);
    this.#listener?.edited();
  }
}
