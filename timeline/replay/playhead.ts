import type { DeviceModel } from '../../emulator/index.ts';
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

  /** Applies records until `to` have been, or a listener interrupts. */
  advance(to: number): void {
    const end = Math.min(to, this.store.length);
    while (this.position < end) {
      const mark = this.position - (this.position % this.#spacing) + this.#spacing;
      const stop = Math.min(end, mark, this.#edits.nextAfter(this.position));
      this.replayer.advance(stop);
      if (this.position < stop) return;
      this.#makeEdits(stop);
      if (stop === mark) this.save(false);
      if (this.replayer.interrupted) return;
    }
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
  }

  /** Makes a change here and now. Returns false, and changes nothing, where there is nothing to change. */
  edit(edit: Omit<Edit, 'record'>): boolean {
    const record = this.position;
    const { space, address, size, low, high } = edit;
    if (!this.device.poke(space, address, size, low, high)) return false;
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
    for (const { space, address, size, low, high } of this.#edits.at(record)) {
      this.device.poke(space, address, size, low, high);
    }
  }
}
