import type { TraceStore } from '../../trace/index.ts';

/**
 * In which order the records of several recordings come. `time`: by their times, all recordings beginning together.
 * A number: so many records of each in turn, whatever their times.
 */
export type Interleave = 'time' | number;

/** Records of one recording that come in a row. */
export interface Turn {
  /** Index of the recording. */
  readonly guest: number;
  /** The record behind the last one. */
  readonly end: number;
}

/** Each recording's records in their own order, and of equal times the first recording's first. */
export function* turnsOf(stores: readonly TraceStore[], interleave: Interleave): Generator<Turn> {
  const done = stores.map(() => 0);
  for (let last = -1; ; ) {
    const guest = interleave === 'time' ? earliest(stores, done) : nextOf(stores, done, last);
    const store = stores[guest];
    const from = done[guest];
    if (store === undefined || from === undefined) return;
    const end =
      interleave === 'time'
        ? endByTime(stores, done, guest, store)
        : Math.min(store.length, from + interleave);
    done[guest] = end;
    last = guest;
    yield { guest, end };
  }
}

/** -1 where all are at their ends. */
function earliest(stores: readonly TraceStore[], done: readonly number[]): number {
  let found = -1;
  let time = Number.POSITIVE_INFINITY;
  stores.forEach((store, guest) => {
    const own = timeOf(store, done[guest]);
    if (own >= time) return;
    time = own;
    found = guest;
  });
  return found;
}

/** Up to the first record that comes after the next one of another recording. */
function endByTime(
  stores: readonly TraceStore[],
  done: readonly number[],
  guest: number,
  store: TraceStore,
): number {
  let limit = Number.POSITIVE_INFINITY;
  let limitGoesFirst = false;
  stores.forEach((other, index) => {
    const time = index === guest ? limit : timeOf(other, done[index]);
    if (time >= limit) return;
    limit = time;
    limitGoesFirst = index < guest;
  });
  let end = (done[guest] ?? 0) + 1;
  while (end < store.length) {
    const time = store.timeNs(end);
    if (time > limit || (time === limit && limitGoesFirst)) break;
    end++;
  }
  return end;
}

function timeOf(store: TraceStore, record: number | undefined): number {
  if (record === undefined || record >= store.length) return Number.POSITIVE_INFINITY;
  return store.timeNs(record);
}

/** The next one in the circle that is not at its end; -1 where all are. */
function nextOf(stores: readonly TraceStore[], done: readonly number[], last: number): number {
  for (let step = 1; step <= stores.length; step++) {
    const guest = (last + step) % stores.length;
    if ((done[guest] ?? 0) < (stores[guest]?.length ?? 0)) return guest;
  }
  return -1;
}
