import { RecordKind, SPACE_NAMES } from '../record.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { parseExpectation } from './expectation.ts';
import type { VgpuWriter, WrittenAccess } from './vgpu-writer.ts';

export interface WriteOptions {
  /** What stands for a BAR0 offset in the symbolic form; undefined for a number. */
  readonly placeOf?: (offset: number) => string | undefined;
  /** Whether the answer of a read is written; all are if absent. */
  readonly hasAnswer?: (record: number) => boolean;
  /** All accesses are written in the symbolic form, not only those that were. */
  readonly symbolic?: boolean;
}

/** Keywords of what devices do, and what may stand behind them. Logs of other formats say it in words of their own. */
const RESULT_LINES: Partial<Record<RecordKind, { keyword: string; shape: RegExp }>> = {
  [RecordKind.interrupt]: { keyword: 'IRQ', shape: /^(?:msi [0-9a-f]+ [0-9a-f]+|intx [01])$/i },
  [RecordKind.command]: {
    keyword: 'CMD',
    shape:
      /^(?:[a-z0-9]+ )?(?:ring|batch|batch2|context)@(?:ggtt:|ppgtt:)?[0-9a-f]{1,12} [0-9a-f]{1,8}(?: |$)/i,
  },
  [RecordKind.commandRead]: { keyword: 'CSR', shape: /^[a-z0-9]+ [0-9a-f]+ [0-9a-f]{1,8}$/i },
  [RecordKind.commandWrite]: { keyword: 'CSW', shape: /^[a-z0-9]+ [0-9a-f]+ [0-9a-f]{1,8}$/i },
  [RecordKind.deviceWrite]: {
    keyword: 'DW',
    shape: /^[48] (?:ggtt|ppgtt|memory):[0-9a-f_]+ [0-9a-f]{1,16}$/i,
  },
};

/**
 * Writes a record of any trace as a line of the `.vgpu` format, with its time before it. What has no line of its own
 * there (accesses outside the device, mappings, results in another format's words) becomes a note.
 */
export function writeRecord(
  writer: VgpuWriter,
  store: TraceStore,
  record: number,
  options: WriteOptions = {},
): void {
  const micros = store.timeNs(record) / 1000;
  const kind = store.kind(record);
  if (kind === RecordKind.note) return writer.noteAt(micros, store.text(record));
  writer.time(micros);
  switch (kind) {
    case RecordKind.read:
    case RecordKind.write: {
      const access = accessOf(store, record, options);
      if (access === undefined) return writer.note(outsideText(store, record));
      return writer.access(access, store.stack(record));
    }
    case RecordKind.memory:
      return writer.memory(store.offset(record), store.bytes(record));
    case RecordKind.expectation: {
      const expectation = parseExpectation(store.text(record));
      return expectation === undefined ? undefined : writer.expectation(expectation);
    }
    case RecordKind.unknownAccess:
      return writer.note(outsideText(store, record));
    case RecordKind.mapping:
      return writer.note(`mapping ${store.text(record)}`);
    default:
      return writeResult(writer, kind, store.text(record).trim());
  }
}

function writeResult(writer: VgpuWriter, kind: RecordKind, text: string): void {
  const row = RESULT_LINES[kind];
  if (row === undefined) return writer.note(text);
  if (row.shape.test(text)) return writer.line(row.keyword, text);
  return writer.note(`${row.keyword} ${text}`);
}

function accessOf(
  store: TraceStore,
  record: number,
  { placeOf, hasAnswer, symbolic = false }: WriteOptions,
): WrittenAccess | undefined {
  const space = SPACE_NAMES[store.space(record)];
  if (space !== 'mmio' && space !== 'aperture' && space !== 'config' && space !== 'io') {
    return undefined;
  }
  const offset = store.offset(record);
  const isSymbolic = symbolic || store.isSymbolic(record);
  const place = isSymbolic && space === 'mmio' ? placeOf?.(offset) : undefined;
  return {
    kind: store.kind(record) === RecordKind.write ? 'write' : 'read',
    space,
    offset,
    size: store.size(record),
    low: store.low(record),
    high: store.high(record),
    known:
      store.valueKnown(record) &&
      (store.kind(record) === RecordKind.write || hasAnswer?.(record) !== false),
    symbolic: isSymbolic,
    ...(place === undefined ? {} : { place }),
  };
}

function outsideText(store: TraceStore, record: number): string {
  const direction = store.direction(record);
  const place = `memory 0x${store.offset(record).toString(16)}`;
  const value = store.valueKnown(record) ? ` = 0x${store.low(record).toString(16)}` : '';
  return `outside the device: ${direction ?? 'access'} ${place}${value}`;
}
