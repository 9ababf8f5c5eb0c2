import type { FieldRow } from '../mmio/register-row.ts';
import { configRows } from './capabilities.ts';
import type { CapabilityPlace } from './capability-rows.ts';

/** A register of configuration space as debuggers name it. Plain data. */
export interface ConfigInfo {
  readonly name: string;
  readonly offset: number;
  /** Bytes: 1, 2 or 4. */
  readonly size: number;
  readonly fields: readonly FieldRow[];
  readonly access: 'config';
}

/** All that have a name where these are the capabilities, by offset. */
export function configInfos(places: readonly CapabilityPlace[]): readonly ConfigInfo[] {
  return configRows(places).map(({ name, offset, size, fields = [] }) => ({
    name,
    offset,
    size,
    fields,
    access: 'config',
  }));
}
