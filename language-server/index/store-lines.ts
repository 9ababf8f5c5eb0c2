import type { TraceStore } from '../../trace/index.ts';
import { CHUNK_RECORDS } from '../../trace/index.ts';
import type { LineColumns } from './line-columns.ts';

/**
 * Puts a store's records at their lines; `shift` is added to the store's line numbers, which begin with 1. Those of a store
 * of chosen lines are looked up behind that in `lines`. Of several records on one line the first stays.
 */
export function putRecords(
  columns: LineColumns,
  store: TraceStore,
  shift: number,
  lines?: readonly number[],
): void {
  for (const chunk of store.chunks) {
    const length = Math.min(chunk.length, CHUNK_RECORDS);
    for (let at = 0; at < length; at++) {
      const number = (chunk.line[at] ?? 0) + shift;
      const line = lines === undefined ? number : (lines[number] ?? -1);
      if (line < 0 || line >= columns.length || columns.kind[line] !== 0) continue;
      const kindSpace = chunk.kindSpace[at] ?? 0;
      columns.kind[line] = kindSpace & 0x0f;
      columns.space[line] = kindSpace >>> 4;
      columns.sizeFlags[line] = chunk.sizeFlags[at] ?? 0;
      const high = chunk.offsetHigh === undefined ? 0 : (chunk.offsetHigh[at] ?? 0);
      columns.offset[line] = high * 2 ** 32 + (chunk.offset[at] ?? 0);
      columns.low[line] = chunk.low[at] ?? 0;
      columns.high[line] = chunk.high?.[at] ?? 0;
    }
  }
}
