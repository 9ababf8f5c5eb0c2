import { type Engine, RING, ringGet, ringSet } from '../engine.ts';
import type { FetchedCommand } from '../fetch.ts';
import type { Execute } from './command.ts';
import { dwordAt } from './operands.ts';

/** MI_PREDICATE, bits 7:6, 4:3 and 1:0. */
const LOAD = { keep: 0, load: 2, loadInverted: 3 } as const;
const COMBINE = { set: 0, and: 1, or: 2, xor: 3 } as const;
const COMPARE = { always: 0, never: 1, sourcesEqual: 2, deltasEqual: 3 } as const;

export function predicateResult(engine: Engine): boolean {
  return (ringGet(engine, RING.predicateResult) & 1) !== 0;
}

/** Compares, and combines with the predicate there was. */
export const executePredicate: Execute = (engine, dwords) => {
  const header = dwordAt(dwords, 0);
  const load = (header >>> 6) & 3;
  if (load === LOAD.keep) return;
  const compared = compare(engine, header & 3) !== (load === LOAD.loadInverted);
  const before = predicateResult(engine);
  ringSet(engine, RING.predicateResult, combine((header >>> 3) & 3, before, compared) ? 1 : 0);
};

function compare(engine: Engine, how: number): boolean {
  switch (how) {
    case COMPARE.always:
      return true;
    case COMPARE.sourcesEqual:
      return (
        ringGet(engine, RING.predicateSource0) === ringGet(engine, RING.predicateSource1) &&
        ringGet(engine, RING.predicateSource0 + 4) === ringGet(engine, RING.predicateSource1 + 4)
      );
    case COMPARE.deltasEqual: {
      // The lower half of the data register holds the delta that the sources' difference is held against.
      const delta = ringGet(engine, RING.predicateSource0) - ringGet(engine, RING.predicateSource1);
      return delta >>> 0 === ringGet(engine, PREDICATE_DATA);
    }
    default:
      return false;
  }
}

const PREDICATE_DATA = 0x410;

function combine(how: number, before: boolean, compared: boolean): boolean {
  switch (how) {
    case COMBINE.and:
      return before && compared;
    case COMBINE.or:
      return before || compared;
    case COMBINE.xor:
      return before !== compared;
    default:
      return compared;
  }
}

/** Which commands are skipped from now on: bits 3:0. */
const SKIP = {
  never: 0,
  onResult2Clear: 1,
  onResult2Set: 2,
  onResultClear: 3,
  onResultSet: 4,
  always: 15,
} as const;

export const executeSetPredicate: Execute = (engine, dwords) => {
  engine.state.setPredicate = dwordAt(dwords, 0) & 0xf;
};

/** MI_SET_PREDICATE itself is never skipped, nor is the end of a batch: else nothing would end it. */
export function isSkipped(engine: Engine, { row }: FetchedCommand): boolean {
  const { setPredicate } = engine.state;
  if (setPredicate === SKIP.never) return false;
  if (row.name === 'MI_SET_PREDICATE' || row.name === 'MI_BATCH_BUFFER_END') return false;
  const result = predicateResult(engine);
  const result2 = (ringGet(engine, RING.predicateResult2) & 1) !== 0;
  switch (setPredicate) {
    case SKIP.onResult2Clear:
      return !result2;
    case SKIP.onResult2Set:
      return result2;
    case SKIP.onResultClear:
      return !result;
    case SKIP.onResultSet:
      return result;
    default:
      return setPredicate === SKIP.always;
  }
}
