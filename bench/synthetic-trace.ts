import {
  packKind,
  RecordKind,
  type Space,
  StoreWriter,
  type TraceStore,
  VALUE_UNKNOWN,
} from '../trace/index.ts';

/** A trace of `length` records: `store` over and over, its time going on. Call stacks are left out. */
export function repeated(store: TraceStore, length: number): TraceStore {
  const writer = new StoreWriter();
  const span = store.timeNs(store.length - 1) / 1000 + 1;
  for (let i = 0; i < length; i++) {
    const record = i % store.length;
    const turn = Math.floor(i / store.length);
    writer.advanceTo(turn * span + store.timeNs(record) / 1000);
    copy(store, record, writer, i + 1);
  }
  return writer.finish();
}

function copy(store: TraceStore, record: number, writer: StoreWriter, line: number): void {
  const kind = store.kind(record);
  const space: Space = store.space(record);
  const known = store.valueKnown(record) ? 0 : VALUE_UNKNOWN;
  const bytes = store.bytes(record);
  const size = bytes.length > 0 || kind === RecordKind.memory ? 0 : store.size(record);
  const value = { low: store.low(record), high: store.high(record) };
  writer.appendWide(packKind(kind, space), size | known, store.offset(record), value, line);
  if (bytes.length > 0) writer.setPayload(bytes, 0, bytes.length);
}
