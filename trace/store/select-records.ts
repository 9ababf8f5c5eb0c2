import { RecordKind } from '../record.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import { StoreWriter } from './store-writer.ts';
import type { TraceStore } from './trace-store.ts';

const ACCESSES = RecordKind.write;

/**
 * A store of some of another's records, in order, each with its line, value and contents. `timeless`: all of them at
 * time 0. Made for trying thousands of selections: accesses are copied column by column.
 */
export function selectRecords(
  store: TraceStore,
  records: ArrayLike<number>,
  timeless = false,
): TraceStore {
  const writer = new StoreWriter();
  let micros = -1;
  for (let i = 0; i < records.length; i++) {
    const record = records[i] ?? 0;
    const chunk = store.chunks[record >>> 16];
    if (chunk === undefined) throw new RangeError(`there is no record ${record}`);
    const at = record & 0xffff;
    if (!timeless) {
      const now = chunk.timeBase + (chunk.timeHigh?.[at] ?? 0) * 2 ** 32 + (chunk.time[at] ?? 0);
      if (now !== micros) writer.advanceTo(now);
      micros = now;
    }
    const kindSpace = chunk.kindSpace[at] ?? 0;
    const line = chunk.line[at] ?? 0;
    const isWide = (chunk.offsetHigh?.[at] ?? 0) !== 0;
    if ((kindSpace & 0xf) > ACCESSES || isWide || (chunk.stack?.[at] ?? 0) !== 0) {
      copyWhole(store, record, writer, kindSpace, chunk.sizeFlags[at] ?? 0);
      continue;
    }
    writer.append(
      kindSpace,
      chunk.sizeFlags[at] ?? 0,
      chunk.offset[at] ?? 0,
      chunk.low[at] ?? 0,
      line,
    );
    const high = chunk.high?.[at] ?? 0;
    if (high !== 0) writer.setHigh(high);
  }
  return writer.finish();
}

function copyWhole(
  store: TraceStore,
  record: number,
  writer: StoreWriter,
  kindSpace: number,
  flags: number,
): void {
  const value = { low: store.low(record), high: store.high(record) };
  writer.appendWide(kindSpace, flags, store.offset(record), value, store.line(record));
  const payload = store.payload(record);
  if (payload !== undefined) writer.setPayload(payload, 0, payload.length);
  const stack = store.stack(record);
  if (stack.length === 0) return;
  const text = encodeUtf8(stack.join(' < '));
  writer.setStack(text, 0, text.length);
}
