import type { FieldRow, Platform, RegisterFlag, RegisterRow } from '../mmio/register-row.ts';

/** Broadwell only. */
export const BDW: readonly Platform[] = ['bdw'];
/** What came with Skylake. */
export const GEN9: readonly Platform[] = ['skl', 'kbl'];

export const CMD: readonly RegisterFlag[] = ['cmd'];
export const GMADR: readonly RegisterFlag[] = ['gmadr'];
export const GMADR_CMD: readonly RegisterFlag[] = ['gmadr', 'cmd'];

export const PIPES = ['A', 'B', 'C'] as const;

type ValueNames = Readonly<Record<number, string>>;

/** A field of one bit. */
export function bit(name: string, at: number, values?: ValueNames): FieldRow {
  return bits(name, at, at, values);
}

/** A field from bit `high` down to bit `low`, as manuals write it. */
export function bits(name: string, high: number, low: number, values?: ValueNames): FieldRow {
  return values ? { name, low, high, values } : { name, low, high };
}

/** A field that is part of an address: shown in its place, not shifted down. */
export function address(name: string, high: number, low: number): FieldRow {
  return { name, low, high, shift: low };
}

/** Rows for dwords that have no published name, called after their offset. */
export function unnamed(
  offsets: readonly number[],
  more: Omit<RegisterRow, 'name' | 'offset'> = {},
): RegisterRow[] {
  return offsets.map((offset) => ({ name: unnamedAt(offset), offset, ...more }));
}

/** The name of a dword without one: `reg_002148`. */
export function unnamedAt(offset: number): string {
  return `reg_${offset.toString(16).padStart(6, '0')}`;
}

/**
 * Completes `rows` (ascending) to cover every dword from `first` below `end`: what lies between is called `prefix`
 * and its offset. For areas that are tracked as a whole.
 */
export function fillGaps(
  prefix: string,
  first: number,
  end: number,
  rows: readonly RegisterRow[],
): RegisterRow[] {
  const filled: RegisterRow[] = [];
  let next = first;
  const fillTo = (offset: number) => {
    if (offset <= next) return;
    const name = `${prefix}_${next.toString(16).padStart(6, '0')}`;
    filled.push({ name, offset: next, count: (offset - next) / 4 });
  };
  for (const row of rows) {
    fillTo(row.offset);
    filled.push(row);
    next = row.offset + (row.count ?? 1) * 4;
  }
  fillTo(end);
  return filled;
}
