import { CHECKS, eventNames } from '../../emulator/index.ts';
import {
  compileCommandPattern,
  compileInterruptPattern,
  expressionWord,
  fieldText,
  fieldValue,
  globTest,
  hex,
  type RegisterField,
} from '../../timeline/index.ts';
import { type EventExpectation, Space } from '../../trace/index.ts';
import type { TraceDocument } from '../document.ts';
import { accessOn, lastWrite } from '../index/access.ts';
import type { ExpectationPart } from './expectation-parts.ts';
import { entryText } from './hover-access.ts';
import { code, paragraphs, plain } from './markdown.ts';
import { registerText } from './register-text.ts';

/** Checks that a pattern names and a hover lists. */
const MOST_CHECKS = 12;

/** What an expectation names, in Markdown. */
export function expectationHover(
  document: TraceDocument,
  line: number,
  part: ExpectationPart,
): string | undefined {
  switch (part.kind) {
    case 'register':
      return registerHover(document, line, part);
    case 'entry':
      return entryHover(document, line, part);
    case 'event':
      return eventHover(document, part.event);
    case 'word': {
      const description = expressionWord(part.name);
      return description && `**${plain(part.name)}** — ${plain(description)}`;
    }
    default:
      return undefined;
  }
}

function registerHover(
  document: TraceDocument,
  line: number,
  { info, field, place }: Extract<ExpectationPart, { kind: 'register' }>,
): string {
  const { records, histories } = document.derived;
  const { value, known } = histories.at(records.recordFrom(line)).at(Space.mmio, place.first);
  const isKnown = (bits: number) => (known & bits) >>> 0 === bits;
  const above = isKnown(0xffffffff) ? `By the lines above: ${code(hex(value, 8))}.` : undefined;
  if (field === undefined) return paragraphs(registerText(info, place.first), above);
  const mask = (2 ** (field.high + 1) - 2 ** field.low) >>> 0;
  const now = isKnown(mask)
    ? `By the lines above: ${code(fieldText(field, fieldValue(field, value)))}.`
    : undefined;
  return paragraphs(
    `**${plain(field.name)}** — ${bitsText(field)} of ${plain(info.name)}`,
    valuesText(field),
    now,
    registerText(info, place.first),
  );
}

function bitsText({ low, high }: RegisterField): string {
  return low === high ? `bit ${low}` : `bits ${high}:${low}`;
}

function valuesText({ values }: RegisterField): string | undefined {
  const rows = Object.entries(values ?? {}).slice(0, 32);
  return rows.length === 0
    ? undefined
    : rows.map(([value, text]) => `${code(value)} ${plain(text)}`).join(', ');
}

function entryHover(
  document: TraceDocument,
  line: number,
  { address, place }: Extract<ExpectationPart, { kind: 'entry' }>,
): string {
  const { columns } = document.index;
  const written = lastWrite(columns, line, place);
  const access = written === undefined ? undefined : accessOn(columns, written);
  return paragraphs(
    `**GGTT entry** of graphics address ${code(hex(address, 8))}`,
    written === undefined || access === undefined
      ? 'No line above writes it.'
      : `Last written on line ${written + 1}, it ${entryText(document, access, address)}.`,
  );
}

function eventHover(
  { tables: { platform } }: TraceDocument,
  { what, pattern }: EventExpectation,
): string | undefined {
  if (what === 'fault') {
    const found = CHECKS.filter(({ id }) => globTest(pattern)(id)).slice(0, MOST_CHECKS);
    return paragraphs(...found.map(({ id, title }) => `**${plain(id)}** — ${plain(title)}`));
  }
  const compile = what === 'command' ? compileCommandPattern : compileInterruptPattern;
  const compiled = compile(pattern, eventNames(platform));
  return compiled.ok ? plain(compiled.explanation) : undefined;
}
