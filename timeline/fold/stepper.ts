import type { AccessMatcher } from '../patterns/access-range.ts';
import type { RecordSource } from '../record-source.ts';
import { stopsIn } from '../record-stops.ts';
import type { Fold, FoldIndex } from './fold-index.ts';

/**
 * Where steps lead. Stops are accesses (see `stopsIn`); a fold is one stop, at its first access, unless one is already inside of
 * it. Skipped registers are no stops for `next` and `back`. A result of `source.length` means the end of the
 * recording, −1 that nothing lies before.
 */
export class Stepper {
  readonly #source: RecordSource;
  readonly #folds: FoldIndex;
  readonly #skip: AccessMatcher | undefined;
  readonly #isStop: (record: number) => boolean;

  constructor(source: RecordSource, folds: FoldIndex, skip?: AccessMatcher) {
    this.#source = source;
    this.#folds = folds;
    this.#skip = skip;
    this.#isStop = stopsIn(source);
  }

  /** The row after that of `record`: over a fold from its first access, record by record inside of it. */
  next(record: number): number {
    const inside = this.#folds.at(record);
    const from = inside && record === inside.first ? inside.last + 1 : record + 1;
    if (inside && record > inside.first) {
      const within = this.nextAccess(record);
      if (within <= inside.last) return within;
    }
    return this.rowFrom(from);
  }

  /** The row before that of `record`. */
  back(record: number): number {
    const inside = this.#folds.at(record);
    if (inside && record > inside.first) return this.previousAccess(record);
    return this.#rowBefore(record);
  }

  /** First stop at `record` or after it: the end of the recording where there is none. */
  rowFrom(record: number): number {
    for (let at = record; at < this.#source.length; ) {
      if (!this.#isStop(at)) {
        at++;
        continue;
      }
      const fold = this.#folds.at(at);
      if (!this.#isSkipped(at, fold)) return at;
      at = (fold?.last ?? at) + 1;
    }
    return this.#source.length;
  }

  /** The next access, into folds and skipped registers. */
  nextAccess(record: number): number {
    let at = record + 1;
    while (at < this.#source.length && !this.#isStop(at)) at++;
    return Math.min(at, this.#source.length);
  }

  /** The access before, into folds and skipped registers. */
  previousAccess(record: number): number {
    let at = Math.min(record, this.#source.length) - 1;
    while (at >= 0 && !this.#isStop(at)) at--;
    return at;
  }

  /** Past the end of the fold that `record` lies in; elsewhere as `next`. */
  out(record: number): number {
    const inside = this.#folds.at(record);
    return inside ? this.rowFrom(inside.last + 1) : this.next(record);
  }

  /** To the start of the fold that `record` lies in; from there, and elsewhere, as `back`. */
  backOut(record: number): number {
    const inside = this.#folds.at(record);
    return inside && record > inside.first ? inside.first : this.back(record);
  }

  #rowBefore(record: number): number {
    for (let at = this.previousAccess(record); at >= 0; ) {
      const fold = this.#folds.at(at);
      const start = fold?.first ?? at;
      if (!this.#isSkipped(start, fold)) return start;
      at = this.previousAccess(start);
    }
    return -1;
  }

  /** A fold is passed over only if all of it is skipped. */
  #isSkipped(record: number, fold: Fold | undefined): boolean {
    const skip = this.#skip;
    if (!skip) return false;
    const source = this.#source;
    const last = fold?.last ?? record;
    for (let at = record; at <= last; at++) {
      if (!this.#isStop(at)) continue;
      if (!skip.matches(source.space(at), source.offset(at), source.size(at))) return false;
    }
    return true;
  }
}
