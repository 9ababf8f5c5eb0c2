import type { DeviceSnapshot } from '../../emulator/index.ts';
import { countBefore } from '../../trace/index.ts';
import { compareMoments, isSameMoment, type Moment } from '../moment.ts';

export interface Checkpoint {
  /** The edits up to it have been made. */
  readonly moment: Moment;
  /** Inside of a record: whether its access has happened. */
  readonly applied: boolean;
  readonly snapshot: DeviceSnapshot;
  /** Laid close to where the user is; the first to go. */
  readonly near: boolean;
}

interface Kept extends Checkpoint {
  /** Bytes that it alone holds: as the device said, or what thinning made of it. */
  bytes: number;
  /** Order of laying, for dropping the near ones that are longest unused. */
  readonly age: number;
}

/** Near checkpoints kept at once; each costs a device some tens of kilobytes besides what changed. */
const MOST_NEAR = 48;
/** However small the budget, so many stay: without them every step back would replay everything. */
const FEWEST = 8;

/** Snapshots along a recording, in order, within a budget of memory. The one at record 0 always stays. */
export class CheckpointList {
  readonly #budget: number;
  readonly #kept: Kept[] = [];
  #bytes = 0;
  #nearCount = 0;
  #age = 0;

  /** `budget` in bytes. */
  constructor(budget: number) {
    this.#budget = budget;
  }

  get count(): number {
    return this.#kept.length;
  }

  /** Bytes held, by the device's own account. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds one, unless there is one at that moment. Close to its record, where the user is, most others are kept. */
  add(checkpoint: Checkpoint): void {
    const { moment, snapshot, near } = checkpoint;
    const at = this.#indexUpTo(moment);
    if (isSameMoment(moment, this.#kept[at]?.moment)) return;
    const bytes = snapshot.ownBytes;
    this.#kept.splice(at + 1, 0, { ...checkpoint, bytes, age: this.#age++ });
    this.#bytes += bytes;
    if (near && ++this.#nearCount > MOST_NEAR) this.#dropOldestNear();
    while (this.#bytes > this.#budget && this.#kept.length > FEWEST) this.#thin(moment.record);
  }

  has(moment: Moment): boolean {
    return isSameMoment(moment, this.upTo(moment)?.moment);
  }

  /** The last one at `moment` or before it. */
  upTo(moment: Moment): Checkpoint | undefined {
    return this.#kept[this.#indexUpTo(moment)];
  }

  /** Drops those at `moment` and after it: the past was edited. */
  dropFrom(moment: Moment): void {
    const at = this.#indexUpTo(moment);
    const from = isSameMoment(moment, this.#kept[at]?.moment) ? at : at + 1;
    for (const gone of this.#kept.splice(from)) {
      this.#bytes -= gone.bytes;
      if (gone.near) this.#nearCount--;
    }
  }

  #indexUpTo(moment: Moment): number {
    const isUpTo = (index: number) => {
      const kept = this.#kept[index];
      return kept !== undefined && compareMoments(kept.moment, moment) <= 0;
    };
    return countBefore(this.#kept.length, isUpTo) - 1;
  }

  #dropOldestNear(): void {
    let oldest = -1;
    this.#kept.forEach((each, index) => {
      if (!each.near || index === 0) return;
      if (oldest < 0 || each.age < (this.#kept[oldest]?.age ?? 0)) oldest = index;
    });
    if (oldest > 0) this.#remove(oldest);
  }

  /** Removes the one that is missed least: it leaves the smallest gap for its distance from the present. */
  #thin(present: number): void {
    let least = -1;
    let leastCost = Number.POSITIVE_INFINITY;
    for (let index = 1; index < this.#kept.length; index++) {
      const before = this.#kept[index - 1];
      const here = this.#kept[index];
      if (before === undefined || here === undefined) continue;
      const at = here.moment.record;
      const end = this.#kept[index + 1]?.moment.record ?? at;
      const gap = end - before.moment.record;
      const cost = gap / (1 + Math.abs(present - at));
      if (cost < leastCost) {
        leastCost = cost;
        least = index;
      }
    }
    if (least > 0) this.#remove(least);
  }

  #remove(index: number): void {
    const [gone] = this.#kept.splice(index, 1);
    if (gone === undefined) return;
    this.#bytes -= gone.bytes;
    if (gone.near) this.#nearCount--;
    // What the next one shared with it is now the next one's own. Mostly the same pages change again and again,
    // so that the larger of the two is what both held.
    const next = this.#kept[index];
    if (next === undefined || next.bytes >= gone.bytes) return;
    this.#bytes += gone.bytes - next.bytes;
    next.bytes = gone.bytes;
  }
}
