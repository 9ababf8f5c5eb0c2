import { countBefore, type TraceStore } from '../../trace/index.ts';
import type { Fold, FoldIndex } from '../fold/fold-index.ts';
import type { Stepper } from '../fold/stepper.ts';

/** One of several recordings, as it stands in the recording that was made of all. */
export class GuestRecords {
  readonly store: TraceStore;
  readonly folds: FoldIndex;
  readonly #places: Uint32Array;
  readonly #length: number;

  /** `places`: of each record, its number among all; `length`: how many they are. */
  constructor(store: TraceStore, folds: FoldIndex, places: Uint32Array, length: number) {
    this.store = store;
    this.folds = folds;
    this.#places = places;
    this.#length = length;
  }

  /** Own number of the guest's first record at a place among all, or behind it; its length where none is left. */
  ownFrom(place: number): number {
    return countBefore(this.#places.length, (own) => (this.#places[own] ?? 0) < place);
  }

  /** Where an own record stands among all; −1 stays −1, the own end is the end of all. */
  placeOf(own: number): number {
    return own < 0 ? -1 : (this.#places[own] ?? this.#length);
  }

  /** Where the guest stands when the others have come to `place`: at its next record. */
  nextFrom(place: number): number {
    return this.placeOf(this.ownFrom(place));
  }

  /** The fold that the guest's record at `place` lies in, with its ends among all. */
  foldAt(place: number): Fold | undefined {
    const fold = this.folds.at(this.ownFrom(place));
    if (fold === undefined) return undefined;
    return { ...fold, first: this.placeOf(fold.first), last: this.placeOf(fold.last) };
  }
}

/** Where steps of a driver lead, as numbers of records. */
export type Steps = Pick<
  Stepper,
  'next' | 'back' | 'nextAccess' | 'previousAccess' | 'out' | 'backOut'
>;

/** Steps of one guest's driver: from its own next record to another of its own. */
export function stepsOf(records: GuestRecords, stepper: Stepper): Steps {
  const along = (step: (own: number) => number) => (place: number) =>
    records.placeOf(step(records.ownFrom(place)));
  return {
    next: along((own) => stepper.next(own)),
    back: along((own) => stepper.back(own)),
    nextAccess: along((own) => stepper.nextAccess(own)),
    previousAccess: along((own) => stepper.previousAccess(own)),
    out: along((own) => stepper.out(own)),
    backOut: along((own) => stepper.backOut(own)),
  };
}
