import { type Moment, startOf } from '../moment.ts';

/** How far before the end of a jump backwards near checkpoints are laid, in records: the next steps back are short. */
const NEAR_DISTANCES = [32_768, 8192, 2048, 512] as const;
/** The same in events, where the end lies inside of a record. */
const NEAR_EVENTS = [4096, 1024, 256] as const;

/** Where checkpoints are laid on the way to a moment in the past: the next steps back are short. */
export function nearMarks({ record, event }: Moment): readonly Moment[] {
  const records = NEAR_DISTANCES.map((distance) => startOf(record - distance));
  const events = NEAR_EVENTS.map((distance) => ({ record, event: event - distance }));
  const inside = event > 0 ? [startOf(record), ...events.filter((mark) => mark.event > 0)] : [];
  return [...records, ...inside];
}
