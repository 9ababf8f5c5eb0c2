import type { AttributeRow } from '../../debug-adapter/launch/attribute-row.ts';
import { LAUNCH } from '../../debug-adapter/launch/launch-table.ts';
import { ENTRY } from '../../debug-adapter/launch/traces-attribute.ts';
import { markdown } from './markdown.ts';

type Rows = Readonly<Record<string, AttributeRow<unknown>>>;
export const ROWS: Rows = LAUNCH;

/** `configurationAttributes` of package.json, by which VS Code completes and checks launch.json. */
export function configurationAttributes(): object {
  const oneOf = [{ required: ['trace'] }, { required: ['traces'] }];
  const properties = propertiesOf(ROWS);
  const traces = { ...properties['traces'], items: entrySchema() };
  return { launch: { oneOf, properties: { ...properties, traces } } };
}

/** What holds in VS Code where launch.json leaves an attribute out; undefined: it depends, or nothing does. */
export function defaultInVsCode({ facts, standard }: AttributeRow<unknown>): unknown {
  return facts.inVsCode ?? standard;
}

/** The table of docs/editors.md. */
export function attributeTable(): string {
  const rows = Object.values(ROWS).map(({ name, kind, standard, facts }) => [
    `\`${name}\``,
    valuesText(kind.schema),
    standard === undefined ? '' : `\`${JSON.stringify(standard)}\``,
    meaningText(kind.schema, facts.meaning, facts.choices),
  ]);
  return markdown(['attribute', 'values', 'default', 'meaning'], rows);
}

function propertiesOf(rows: Rows): Record<string, object> {
  return Object.fromEntries(Object.values(rows).map((each) => [each.name, propertyOf(each)]));
}

function propertyOf(row: AttributeRow<unknown>): object {
  const { meaning, choices, example, isFile } = row.facts;
  const standard = defaultInVsCode(row);
  return {
    ...row.kind.schema,
    ...(choices === undefined ? {} : { enumDescriptions: choices }),
    description: isFile ? `${meaning} Relative paths start at the workspace folder.` : meaning,
    ...(standard === undefined ? {} : { default: standard }),
    ...(example === undefined ? {} : { examples: [example] }),
  };
}

/** A path, or an object that names one. */
function entrySchema(): object {
  const named = {
    type: 'object',
    required: ['trace'],
    properties: propertiesOf(ENTRY),
    additionalProperties: false,
  };
  return { anyOf: [{ ...ENTRY.trace.kind.schema }, named] };
}

function valuesText({ type, enum: choices, minimum, maximum, pattern }: Record<string, unknown>) {
  if (Array.isArray(choices)) return choices.map((each) => `\`${each}\``).join(', ');
  if (pattern === '^time$') return '`"time"`, or an integer from 1';
  const range = minimum === undefined ? '' : ` from ${minimum}`;
  const names = Array.isArray(type) ? type.join(' or ') : String(type);
  return names.replace(
    'integer',
    `integer${range}${maximum === undefined ? '' : ` to ${maximum}`}`,
  );
}

function meaningText(
  schema: Readonly<Record<string, unknown>>,
  meaning: string,
  choices: readonly string[] = [],
): string {
  const names: readonly unknown[] = Array.isArray(schema['enum']) ? schema['enum'] : [];
  const each = choices.map((sentence, index) => `\`${names[index]}\`: ${sentence}`);
  return [meaning, ...each].join(' ');
}
