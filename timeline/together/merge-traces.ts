import { mergeStores, type OpenedTrace } from '../../trace/index.ts';
import { FoldIndex } from '../fold/fold-index.ts';
import { GuestRecords } from './guest-records.ts';
import { type Interleave, turnsOf } from './turns.ts';

/** Several recordings as one, and where each of them is in it. */
export interface MergedTraces {
  readonly trace: OpenedTrace;
  readonly guests: readonly GuestRecords[];
}

/** A recording, with its folds where they have been looked for already. */
export interface TraceWithFolds {
  readonly trace: OpenedTrace;
  readonly folds?: FoldIndex;
}

/** One recording of several, whose records come in the order that `interleave` says. */
export function mergeTraces(
  parts: readonly TraceWithFolds[],
  interleave: Interleave = 'time',
): MergedTraces {
  const [first] = parts;
  if (first === undefined) throw new RangeError('there is no recording to merge');
  const stores = parts.map(({ trace }) => trace.store);
  const { store, places } = mergeStores(stores, turnsOf(stores, interleave));
  const guests = parts.map(({ trace, folds }, index) => {
    const own = places[index] ?? new Uint32Array();
    return new GuestRecords(trace.store, folds ?? new FoldIndex(trace.store), own, store.length);
  });
  const diagnostics = parts.flatMap(({ trace }) =>
    trace.diagnostics.map((each) => ({ ...each, message: `${trace.name}: ${each.message}` })),
  );
  const name = parts.map(({ trace }) => trace.name).join(' + ');
  return { trace: { ...first.trace, name, store, diagnostics }, guests };
}
