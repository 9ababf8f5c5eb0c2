import type { FieldRow } from './field-row.ts';
import { MMIOTRACE_ROWS } from './mmiotrace-rows.ts';
import { OTHER_ROWS } from './other-rows.ts';
import { QEMU_ROWS } from './qemu-rows.ts';

/** Every file of `shared/traces`, and how it is opened, counted and stepped. One may be opened in several ways. */
export const FIELD_ROWS: readonly FieldRow[] = [...OTHER_ROWS, ...MMIOTRACE_ROWS, ...QEMU_ROWS];

/** What a row is called in tests. */
export function titleOf({ file, launch }: FieldRow): string {
  return launch === undefined ? file : `${file} ${JSON.stringify(launch)}`;
}
