import { createHash } from 'node:crypto';
import type { Moment } from '../../timeline/index.ts';
import { RecordKind, type TraceStore } from '../../trace/index.ts';

/** Hex digits of a digest: 128 bits. */
const DIGITS = 32;

/**
 * What a trace has told a device before a moment: 32 hex digits over accesses, times and shown memory, by which an image
 * knows the trace that it was taken from. What comes later, notes' texts, names and line numbers do not count.
 */
export function pastDigest(store: TraceStore, { record, event }: Moment): string {
  const end = Math.min(store.length, event > 0 ? record + 1 : record);
  const hash = createHash('sha256');
  hash.update(`${end}`);
  store.chunks.forEach((chunk, at) => {
    const count = Math.min(chunk.length, end - at * 65_536);
    if (count <= 0) return;
    hash.update(`chunk ${chunk.timeBase}`);
    const { kindSpace, sizeFlags, offset, low, time } = chunk;
    for (const column of [kindSpace, sizeFlags, offset, low, time]) {
      hash.update(column.subarray(0, count));
    }
    // A later record may be why there is such a column at all.
    const { high, offsetHigh, timeHigh } = chunk;
    for (const [name, column] of Object.entries({ high, offsetHigh, timeHigh })) {
      const part = column?.subarray(0, count);
      if (part?.some((value) => value !== 0)) hash.update(name).update(part);
    }
  });
  for (let each = 0; each < end; each++) {
    if (store.kind(each) === RecordKind.memory) hash.update(store.bytes(each));
  }
  return hash.digest('hex').slice(0, DIGITS);
}
