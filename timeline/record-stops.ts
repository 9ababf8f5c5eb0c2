import { RecordKind } from '../trace/index.ts';
import type { RecordSource } from './record-source.ts';

type Kinds = Pick<RecordSource, 'length' | 'kind'>;

/**
 * Tells of a record whether one can stop before it: before accesses of the device, and before what
 * a scenario expects of it. In a recording that has neither, such
 * as a log of what a device model did, before every record.
 */
export function stopsIn(source: Kinds): (record: number) => boolean {
  return hasStop(source) ? (record) => isStopOf(source, record) : () => true;
}

function hasStop(source: Kinds): boolean {
  for (let record = 0; record < source.length; record++) if (isStopOf(source, record)) return true;
  return false;
}

function isStopOf(source: Kinds, record: number): boolean {
  const kind = source.kind(record);
  return kind === RecordKind.read || kind === RecordKind.write || kind === RecordKind.expectation;
}
