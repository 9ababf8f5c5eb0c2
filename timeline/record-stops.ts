import { RecordKind } from '../trace/index.ts';
import type { RecordSource } from './record-source.ts';

type Kinds = Pick<RecordSource, 'length' | 'kind'>;

/**
 * Tells of a record whether one can stop before it: before accesses of the device. In a recording that has none, such
 * as a log of what a device model did, before every record.
 */
export function stopsIn(source: Kinds): (record: number) => boolean {
  return hasAccess(source) ? (record) => isAccessOf(source, record) : () => true;
}

function hasAccess(source: Kinds): boolean {
  for (let record = 0; record < source.length; record++)
    if (isAccessOf(source, record)) return true;
  return false;
}

function isAccessOf(source: Kinds, record: number): boolean {
  const kind = source.kind(record);
  return kind === RecordKind.read || kind === RecordKind.write;
}
