import type { Platform, RegisterBlock, RegisterRow } from './register-row.ts';

/** What one part, or its firmware, makes of a register before any driver runs. */
export interface PowerOnValue {
  readonly offset: number;
  /** Unsigned 32-bit. */
  readonly value: number;
  readonly source: string;
}

/** Puts `values` into the platform's rows at their offsets. A value without a row of one dword is a wrong table. */
export function withPowerOnValues(
  platform: Platform,
  blocks: readonly RegisterBlock[],
  values: readonly PowerOnValue[],
): RegisterBlock[] {
  const byOffset = new Map(values.map((row) => [row.offset, row]));
  const used = new Set<number>();
  const filled = blocks.map((block) => ({
    ...block,
    rows: block.rows.map((row): RegisterRow => {
      const here = (row.count ?? 1) === 1 && (row.platforms?.includes(platform) ?? true);
      const found = here ? byOffset.get(row.offset) : undefined;
      if (!found) return row;
      used.add(found.offset);
      return { ...row, reset: { value: found.value, source: found.source } };
    }),
  }));
  const missing = values.find((row) => !used.has(row.offset));
  if (missing) throw new Error(`No register is at 0x${missing.offset.toString(16)}.`);
  return filled;
}
