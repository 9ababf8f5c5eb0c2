import { GrowingInt32 } from '../fold/growing-int32.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';

interface Count {
  hits: GrowingInt32;
  /** All records before this one have been looked at. */
  upTo: number;
}

/**
 * At which records breakpoints with hit conditions are hit, counted from the start of the recording, so that
 * "the 5th" is the same hit in both directions. Kept as far as it was counted.
 */
export class HitCounts {
  readonly #counts = new Map<string, Count>();

  /** First record that has not been looked at for all of these. */
  countedUpTo(breakpoints: readonly ArmedBreakpoint[]): number {
    let least = Number.POSITIVE_INFINITY;
    for (const breakpoint of breakpoints) least = Math.min(least, this.#of(breakpoint).upTo);
    return least;
  }

  /** Records have been looked at up to `record`, from one that had been counted up to. */
  counted(breakpoints: readonly ArmedBreakpoint[], record: number): void {
    for (const breakpoint of breakpoints) {
      const count = this.#of(breakpoint);
      count.upTo = Math.max(count.upTo, record);
    }
  }

  /** Ordinal of the hit at `record`, from 1. All records before it must have been counted. */
  note(breakpoint: ArmedBreakpoint, record: number): number {
    const { hits } = this.#of(breakpoint);
    if (hits.length === 0 || hits.at(hits.length - 1) < record) hits.push(record);
    return ordinal(hits, record);
  }

  /** The past from `record` on was edited. */
  dropFrom(record: number): void {
    for (const count of this.#counts.values()) {
      count.upTo = Math.min(count.upTo, record);
      const kept = count.hits.toArray().filter((each) => each < record);
      count.hits = new GrowingInt32();
      for (const each of kept) count.hits.push(each);
    }
  }

  #of({ hitKey }: ArmedBreakpoint): Count {
    let count = this.#counts.get(hitKey);
    if (count === undefined) {
      count = { hits: new GrowingInt32(), upTo: 0 };
      this.#counts.set(hitKey, count);
    }
    return count;
  }
}

function ordinal(hits: GrowingInt32, record: number): number {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (hits.at(middle) < record) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}
