import type { FieldView, RegisterView, Value64 } from '../../timeline/index.ts';

/** How numbers are written: as suits them, or all in hex (DAP's ValueFormat). */
export interface NumberFormat {
  readonly hex: boolean;
}

/** `0x` and at least `digits` digits. */
export function hex(value: number, digits = 1): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

/** A value of `size` bytes in hex, or `unknown`: never a number that nobody has seen. */
export function formatValue(value: Value64, size: number): string {
  if (!value.known) return 'unknown';
  if (size <= 4) return hex(value.low, size * 2);
  return hex(value.high, size * 2 - 8) + value.low.toString(16).padStart(8, '0');
}

/** A field's value with its name, where the table has one. */
export function formatField(field: FieldView, format: NumberFormat): string {
  const number = formatNumber(field, format, field.value);
  return field.meaning === undefined ? number : `${number} (${field.meaning})`;
}

/** Small fields in decimal, wide ones in hex. */
export function formatNumber(
  { low, high }: FieldView,
  format: NumberFormat,
  value: number,
): string {
  return format.hex || high - low >= 4 ? hex(value) : String(value);
}

/** A register: its value, and the names of the fields that are not zero. */
export function formatRegister(register: RegisterView, format: NumberFormat): string {
  const value = formatValue(register.value, register.size);
  if (!register.value.known) return value;
  const names = fieldSummary(register.fields, format);
  return names === '' ? value : `${value} ${names}`;
}

/** Zeros are left out even where they have a name: most fields of most registers are zero. */
function fieldSummary(fields: readonly FieldView[], format: NumberFormat): string {
  const set = fields.filter(({ value }) => value !== 0);
  return set.map((field) => summarise(field, format)).join(' ');
}

function summarise(field: FieldView, format: NumberFormat): string {
  if (field.meaning !== undefined) return `${field.name}=${field.meaning}`;
  return field.low === field.high ? field.name : `${field.name}=${formatField(field, format)}`;
}
