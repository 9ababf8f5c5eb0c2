import { RecordKind, Space, type TraceStore } from '../../trace/index.ts';

/** What the recording's guest was answered when it last read the dword at `offset` in BAR0; undefined without a read. */
export function lastAnswer(store: TraceStore, offset: number): number | undefined {
  for (let record = store.length - 1; record >= 0; record--) {
    if (store.kind(record) !== RecordKind.read || store.space(record) !== Space.mmio) continue;
    if (!store.valueKnown(record) || store.size(record) < 4) continue;
    if (store.offset(record) === offset) return store.low(record);
    if (store.size(record) === 8 && store.offset(record) === offset - 4) return store.high(record);
  }
  return undefined;
}
