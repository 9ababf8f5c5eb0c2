import { countBefore } from '../../trace/index.ts';
import { GrowingInt32 } from '../fold/growing-int32.ts';
import { isBefore, type Moment, startOf } from '../moment.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';

interface Count {
  hits: MomentList;
  /** All moments before this one have been looked at. */
  upTo: Moment;
}

/**
 * At which moments breakpoints with hit conditions are hit, counted from the start of the recording, so that
 * "the 5th" is the same hit in both directions. Kept as far as it was counted.
 */
export class HitCounts {
  readonly #counts = new Map<string, Count>();

  /** First moment that has not been looked at for all of these. */
  countedUpTo(breakpoints: readonly ArmedBreakpoint[]): Moment {
    let least = startOf(Number.POSITIVE_INFINITY);
    for (const breakpoint of breakpoints) least = earlier(least, this.#of(breakpoint).upTo);
    return least;
  }

  /** It was looked at up to `moment`, from one that had been counted up to. */
  counted(breakpoints: readonly ArmedBreakpoint[], moment: Moment): void {
    for (const breakpoint of breakpoints) {
      const count = this.#of(breakpoint);
      if (isBefore(count.upTo, moment)) count.upTo = moment;
    }
  }

  /** Ordinal of the hit at `moment`, from 1. All moments before it must have been counted. */
  note(breakpoint: ArmedBreakpoint, moment: Moment): number {
    const { hits } = this.#of(breakpoint);
    const before = hits.countBefore(moment);
    if (before === hits.length) hits.push(moment);
    return before + 1;
  }

  /** The past from `moment` on was edited. */
  dropFrom(moment: Moment): void {
    for (const count of this.#counts.values()) {
      count.upTo = earlier(count.upTo, moment);
      count.hits = count.hits.upTo(moment);
    }
  }

  #of({ hitKey }: ArmedBreakpoint): Count {
    let count = this.#counts.get(hitKey);
    if (count === undefined) {
      count = { hits: new MomentList(), upTo: startOf(0) };
      this.#counts.set(hitKey, count);
    }
    return count;
  }
}

/** Moments in ascending order. */
class MomentList {
  readonly #records = new GrowingInt32();
  readonly #events = new GrowingInt32();

  get length(): number {
    return this.#records.length;
  }

  push({ record, event }: Moment): void {
    this.#records.push(record);
    this.#events.push(event);
  }

  countBefore(moment: Moment): number {
    return countBefore(this.length, (index) => isBefore(this.#at(index), moment));
  }

  /** Those before `moment`. */
  upTo(moment: Moment): MomentList {
    const kept = new MomentList();
    const count = this.countBefore(moment);
    for (let index = 0; index < count; index++) kept.push(this.#at(index));
    return kept;
  }

  #at(index: number): Moment {
    return { record: this.#records.at(index), event: this.#events.at(index) };
  }
}

function earlier(a: Moment, b: Moment): Moment {
  return isBefore(a, b) ? a : b;
}
