import type { AccessSpace, Answer, DeviceModel } from '../../emulator/index.ts';
import { RecordKind, SPACE_NAMES, type TraceStore } from '../../trace/index.ts';
import { Replayer } from '../replay/replayer.ts';

/** What a recording shows of a device that is not emulated. */
export interface RecordedSummary {
  readonly records: number;
  readonly reads: number;
  readonly writes: number;
  /** Reads whose answer was not recorded. */
  readonly unknown: number;
  /** Places that were accessed, registers before configuration space and I/O; all are counted, so many listed. */
  readonly places: readonly RecordedPlace[];
  readonly placeCount: number;
  /** State at the end. */
  readonly hash: string;
}

export interface RecordedPlace {
  readonly space: AccessSpace;
  readonly offset: number;
  /** Bytes of the widest access. */
  readonly size: number;
  readonly reads: number;
  readonly writes: number;
  /** What was written or read there last, at the recording's end. */
  readonly last: Answer;
}

/** Whoever wants more than so many wants the trace itself. */
const MOST_PLACES = 65_536;
/** Contents of memory are no registers. */
const LISTED: readonly AccessSpace[] = ['mmio', 'config', 'io'];
const NAMES: readonly string[] = LISTED;
const SPACE_STEP = 2 ** 44;

interface Counts {
  size: number;
  reads: number;
  writes: number;
}

/** Goes through a whole recording on a device that answers from it. */
export function recordedSummary(store: TraceStore, device: DeviceModel): RecordedSummary {
  const places = new Map<number, Counts>();
  const totals = { reads: 0, writes: 0, unknown: 0 };
  for (let record = 0; record < store.length; record++) {
    const kind = store.kind(record);
    if (kind !== RecordKind.read && kind !== RecordKind.write) continue;
    const what = kind === RecordKind.read ? 'reads' : 'writes';
    totals[what]++;
    if (what === 'reads' && !store.valueKnown(record)) totals.unknown++;
    const space = NAMES.indexOf(SPACE_NAMES[store.space(record)] ?? '');
    if (space < 0) continue;
    const key = space * SPACE_STEP + store.offset(record);
    const counts = places.get(key) ?? { size: 0, reads: 0, writes: 0 };
    counts[what]++;
    counts.size = Math.max(counts.size, store.size(record));
    places.set(key, counts);
  }
  const replayer = new Replayer(store, device);
  while (replayer.position < store.length) replayer.advance(store.length);
  const listed = [...places].sort(([a], [b]) => a - b).slice(0, MOST_PLACES);
  return {
    records: store.length,
    ...totals,
    places: listed.map(([key, counts]) => {
      const space = LISTED[Math.floor(key / SPACE_STEP)] ?? 'mmio';
      const offset = key % SPACE_STEP;
      return { space, offset, ...counts, last: device.peek(space, offset, counts.size) };
    }),
    placeCount: places.size,
    hash: device.hash(),
  };
}
