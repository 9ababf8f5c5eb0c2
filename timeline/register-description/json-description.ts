import type { RegisterField, RegisterInfo } from '../register-directory.ts';
import { DescriptionBuilder, type RegisterDescription } from './register-description.ts';

/**
 * The project's own form (docs/register-files.md): `{"name": …, "registers": [{"name": "CRTC_CNTL", "offset": "0x50",
 * "fields": [{"name": "ENABLE", "bits": "25", "values": {"1": "on"}}]}]}`.
 * @throws SyntaxError where it is no JSON; TypeError where it is JSON of another shape
 */
export function parseJsonDescription(text: string): RegisterDescription {
  const root: unknown = JSON.parse(text);
  const rows = isObject(root) ? root['registers'] : undefined;
  if (!isObject(root) || !Array.isArray(rows))
    throw new TypeError('it has no list "registers" of registers');
  const builder = new DescriptionBuilder();
  for (const [index, row] of rows.entries()) {
    if (isObject(row)) builder.add(registerOf(row));
    else builder.problem(`registers[${index}] is no object.`);
  }
  return builder.build(textOf(root['name']));
}

function registerOf(row: Record<string, unknown>): RegisterInfo {
  const fields = Array.isArray(row['fields']) ? row['fields'].filter(isObject) : [];
  const block = textOf(row['block']);
  const description = textOf(row['description']);
  return {
    name: textOf(row['name']) ?? '',
    offset: numberOf(row['offset']),
    size: row['count'] === undefined ? 4 : numberOf(row['count']) * 4,
    fields: fields.map(fieldOf),
    access: textOf(row['access']) ?? 'rw',
    ...(block === undefined ? {} : { block }),
    ...(description === undefined ? {} : { description }),
  };
}

/** `bits` is `"7:4"`, `"4"` or a number. */
function fieldOf(field: Record<string, unknown>): RegisterField {
  const [first = Number.NaN, last = first] = String(field['bits']).split(':').map(Number);
  const values = isObject(field['values']) ? Object.entries(field['values']) : [];
  const named = values.map(([value, name]) => [Number(value), String(name)] as const);
  return {
    name: textOf(field['name']) ?? '?',
    low: last,
    high: first,
    ...(named.length === 0 ? {} : { values: Object.fromEntries(named) }),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A number, or text in JavaScript's notation: `0x50`. */
function numberOf(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}
