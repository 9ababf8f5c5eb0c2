import type { Answer, GoldenState } from '../../emulator/index.ts';
import { Space } from '../../trace/index.ts';
import { type ReadDifference, ruleFor } from './explained-rules.ts';
import { HOST_REGISTERS } from './host-registers.ts';
import { ACCESS_SPACES } from './record-applier.ts';
import type { Replayer } from './replayer.ts';
import { VOLATILE_REGISTERS } from './volatile-registers.ts';

export type Comparison = 'equal' | 'volatile' | 'forced' | 'explained' | 'different' | 'unknown';

export interface ComparedRead {
  readonly comparison: Comparison;
  /** Set where the answers differ. */
  readonly difference?: ReadDifference;
  /** Which rule explains the difference. */
  readonly rule?: string;
}

const EQUAL: ComparedRead = { comparison: 'equal' };
const VOLATILE: ComparedRead = { comparison: 'volatile' };
const FORCED: ComparedRead = { comparison: 'forced' };
const UNKNOWN: ComparedRead = { comparison: 'unknown' };

const VOLATILE_OFFSETS: ReadonlySet<number> = new Set(VOLATILE_REGISTERS.map((row) => row.offset));

const HOST_OFFSETS: ReadonlySet<number> = new Set(HOST_REGISTERS.map((row) => row.offset));

/** Where the recording was made. */
export interface RecordedOn {
  /** The real GVT-g. */
  readonly gvtG?: boolean;
  /** What is known of its host's registers. */
  readonly golden?: GoldenState | undefined;
}

/** How the model's answer to the read in `record` compares with the recorded one. */
export function compareRead(
  replayer: Replayer,
  record: number,
  answer: Answer,
  { gvtG = false, golden }: RecordedOn = {},
): ComparedRead {
  const { store, device } = replayer;
  const space = store.space(record);
  const offset = store.offset(record);
  const dword = offset - (offset % 4);
  const isOfHost = gvtG && HOST_OFFSETS.has(dword) && golden?.gives(dword) !== true;
  if (space === Space.mmio && (isOfHost || VOLATILE_OFFSETS.has(dword))) return VOLATILE;
  if (replayer.isForced(record, space, offset)) return FORCED;
  if (!answer.known || !store.valueKnown(record)) return UNKNOWN;
  const expected = store.low(record);
  const expectedHigh = store.high(record);
  if (answer.low === expected && answer.high === expectedHigh) return EQUAL;
  const difference: ReadDifference = {
    record,
    space: ACCESS_SPACES[space] ?? 'io',
    offset,
    size: store.size(record),
    expected,
    expectedHigh,
    got: answer.low,
    gotHigh: answer.high,
    afterSubmission: record >= replayer.firstSubmission,
    device,
    gvtG,
    golden,
  };
  const rule = ruleFor(difference);
  return rule === undefined
    ? { comparison: 'different', difference }
    : { comparison: 'explained', difference, rule: rule.id };
}
