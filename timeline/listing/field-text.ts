import type { RegisterField } from '../register-directory.ts';
import { hex } from '../register-directory.ts';
import type { ShownValue } from './register-history.ts';

/** The named bits of a value that are set: `enable, size=0x3, state=running`. Only bits in `mask` count. */
export function setFieldsText(
  fields: readonly RegisterField[],
  value: number,
  mask = 0xffffffff,
): string {
  const parts: string[] = [];
  for (const field of fields) {
    if ((maskOf(field) & mask) === 0) continue;
    const bits = fieldValue(field, value);
    const meaning = field.values?.[bits];
    if (bits === 0) continue;
    if (isFlag(field) && meaning === undefined) parts.push(field.name);
    else parts.push(`${field.name}=${fieldText(field, bits)}`);
  }
  return joinLimited(parts);
}

/**
 * What a write changed: `enable 0→1, size 0x3→0x0`; fields of which nobody knows what they were as `enable=1`.
 * Empty where nothing is known to have changed.
 */
export function changedFieldsText(
  fields: readonly RegisterField[],
  before: ShownValue,
  after: ShownValue,
): string {
  const parts: string[] = [];
  for (const field of fields) {
    const mask = maskOf(field);
    const next = fieldValue(field, after.value);
    if ((after.known & mask) >>> 0 !== mask) continue;
    if ((before.known & mask) >>> 0 !== mask) {
      if (next !== 0) parts.push(`${field.name}=${fieldText(field, next)}`);
      continue;
    }
    const previous = fieldValue(field, before.value);
    if (previous === next) continue;
    parts.push(`${field.name} ${fieldText(field, previous)}→${fieldText(field, next)}`);
  }
  return joinLimited(parts);
}

/** Bits of a field, moved down to bit 0. */
export function fieldValue(field: RegisterField, value: number): number {
  return ((value & maskOf(field)) >>> field.low) >>> 0;
}

/** A field's value: by name where it has one, shifted to the address it stands for where it is one. */
export function fieldText(field: RegisterField, bits: number): string {
  const meaning = field.values?.[bits];
  if (meaning !== undefined) return meaning;
  if (isFlag(field)) return String(bits);
  return hex(bits * 2 ** (field.shift ?? 0));
}

/** More than this many names make a line that nobody reads. */
const FIELDS_PER_LINE = 8;

function joinLimited(parts: readonly string[]): string {
  if (parts.length <= FIELDS_PER_LINE) return parts.join(', ');
  const shown = parts.slice(0, FIELDS_PER_LINE - 1);
  return `${shown.join(', ')}, … ${parts.length - shown.length} more`;
}

function isFlag(field: RegisterField): boolean {
  return field.low === field.high;
}

function maskOf(field: RegisterField): number {
  const width = field.high - field.low + 1;
  return (width >= 32 ? 0xffffffff : (2 ** width - 1) * 2 ** field.low) >>> 0;
}
