import { decodeGroup, type FieldValue } from './decode-group.ts';
import type { FieldCatalog } from './field-catalog.ts';
import { meaningOf, plainText } from './value-text.ts';

/** Fields that one line shows. */
const MOST_FIELDS = 6;
const LENGTH = 'DWord Length';

/**
 * The fields of a command that are not 0, on one line: `CC Viewport Pointer 0xfffef080`. Undefined for one that the
 * catalog does not have.
 */
export function fieldsLine(
  catalog: FieldCatalog,
  words: readonly number[],
  engine: string,
): string | undefined {
  const plan = catalog.instruction(words[0] ?? 0, engine);
  if (plan === undefined) return undefined;
  const set = [...leaves(decodeGroup(plan, words))].filter(
    ({ name, low, high }) => name !== LENGTH && (low !== 0 || high !== 0),
  );
  const shown = set.slice(0, MOST_FIELDS).map(fieldText);
  return [...shown, ...(set.length > MOST_FIELDS ? ['…'] : [])].join(', ');
}

function* leaves(fields: readonly FieldValue[]): Iterable<FieldValue> {
  for (const field of fields) {
    if (field.fields.length > 0) yield* leaves(field.fields);
    else yield field;
  }
}

function fieldText(field: FieldValue): string {
  if (field.plan.row.type === 'bool') return field.name;
  return `${field.name} ${meaningOf(field) ?? plainText(field)}`;
}
