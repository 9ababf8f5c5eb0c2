import { RecordKind, Space } from '../../../trace/index.ts';
import type { RecordSource } from '../../record-source.ts';

/** A record as specs write it; what is left out is 0, empty, or four bytes of BAR0. */
export interface SampleRecord {
  readonly kind: number;
  readonly space?: number;
  readonly size?: number;
  readonly offset?: number;
  readonly low?: number;
  readonly high?: number;
  readonly known?: boolean;
  readonly stack?: readonly string[];
  readonly text?: string;
}

/** Records a microsecond apart. */
export function sourceOf(records: readonly SampleRecord[]): RecordSource {
  const at = (record: number): SampleRecord => {
    const found = records[record];
    if (found === undefined) throw new RangeError(`there is no record ${record}`);
    return found;
  };
  return {
    length: records.length,
    kind: (record) => at(record).kind,
    space: (record) => at(record).space ?? Space.mmio,
    size: (record) => at(record).size ?? 4,
    offset: (record) => at(record).offset ?? 0,
    low: (record) => at(record).low ?? 0,
    high: (record) => at(record).high ?? 0,
    valueKnown: (record) => at(record).known ?? true,
    timeNs: (record) => record * 1000,
    stack: (record) => at(record).stack ?? [],
    text: (record) => at(record).text ?? '',
  };
}

export const read = (offset: number, low = 0): SampleRecord => ({
  kind: RecordKind.read,
  offset,
  low,
});
export const write = (offset: number, low = 0): SampleRecord => ({
  kind: RecordKind.write,
  offset,
  low,
});
export const draw = (offset: number, low = 0): SampleRecord => ({
  ...write(offset, low),
  space: Space.aperture,
});
export const note = (text: string): SampleRecord => ({ kind: RecordKind.note, text });
export const memory = (offset: number): SampleRecord => ({
  kind: RecordKind.memory,
  space: Space.memory,
  size: 64,
  offset,
});

/** `count` writes of GGTT entries, four bytes each, from the entry of a graphics address on. */
export function fill(address: number, count: number, frame = 0x1001): readonly SampleRecord[] {
  const first = 0x800000 + (address / 4096) * 8;
  return Array.from({ length: count }, (_, index) =>
    write(first + index * 4, index % 2 === 0 ? frame : 0),
  );
}

export const repeat = (count: number, record: SampleRecord): readonly SampleRecord[] =>
  Array.from({ length: count }, () => record);
