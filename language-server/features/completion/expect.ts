import { CompletionItemKind } from 'vscode-languageserver/node';
import { CHECKS, eventNames } from '../../../emulator/index.ts';
import { complete, withLabels } from '../../../timeline/index.ts';
import { labelsAbove } from '../labels/labels.ts';
import { marksAbove } from '../labels/marks.ts';
import type { Proposal, TypingPlace } from './proposal.ts';
import { fieldValueItems, valueItems } from './values.ts';

const KINDS = {
  register: CompletionItemKind.Variable,
  engine: CompletionItemKind.Class,
  field: CompletionItemKind.Field,
  space: CompletionItemKind.Module,
  function: CompletionItemKind.Function,
  variable: CompletionItemKind.Variable,
} as const;

const BEGINNINGS: readonly Proposal[] = [
  word('no', 'no EVENT may have happened'),
  word('fault', 'a check must have found something'),
  word('interrupt', 'the guest must have got one'),
  word('command', 'an engine must have executed one'),
  word('memory', '[ggtt:]ADDRESS BYTES'),
];

/** What a line `expect` can go on with: events and their names, or an expression of the debugger's. */
export function expectationItems(place: TypingPlace): readonly Proposal[] {
  const { before, typed, document } = place;
  const words = before.slice(1).filter((each, at) => at > 0 || !/^(?:no|\d+)$/.test(each));
  const [event] = words;
  const names = event === undefined ? undefined : namesOf(event, place);
  if (names !== undefined) {
    const since = words.lastIndexOf('since');
    if (since >= 0 && words[since + 1] === 'mark') return markItems(words.slice(since + 2), place);
    if (words.at(-1) === 'since') return BEGINNINGS_OF_TIME;
    return [...namesFrom(names, words.slice(1), place), ...SINCE];
  }
  const directory = withLabels(document.tables.directory, labelsAbove(document, place.line));
  const expression = complete(typed, typed.length, directory).map(
    ({ label, kind, detail, length }): Proposal => ({
      label,
      kind: KINDS[kind],
      replaces: length,
      ...(detail === undefined ? {} : { detail }),
    }),
  );
  if (words.length === 0) return [...BEGINNINGS, ...expression];
  return [...comparedItems(place), ...expression];
}

/** Names of interrupts have blanks in them: what is typed of one is replaced as a whole. */
function namesFrom(
  names: readonly Proposal[],
  before: readonly string[],
  { typed, prefix }: TypingPlace,
): readonly Proposal[] {
  const [first] = before;
  if (first === undefined) return names;
  const start = prefix.length - typed.length;
  const from = prefix
    .slice(0, start)
    .search(new RegExp(`${before.map(escaped).join('\\s+')}\\s+$`));
  if (from < 0) return [];
  const said = [...before, typed].join(' ').toLowerCase();
  return names
    .filter(({ label }) => label.toLowerCase().startsWith(said))
    .map((name) => ({ ...name, replaces: prefix.length - from }));
}

function escaped(text: string): string {
  return text.replaceAll(/[^\w]/g, '\\$&');
}

/** Values of the register or field that stands before a comparison. */
function comparedItems(place: TypingPlace): readonly Proposal[] {
  const { before, document } = place;
  if (!/^(?:[=!]=|[<>]=?)$/.test(before.at(-1) ?? '')) return [];
  const name = (before.at(-2) ?? '').replace(/^\(+/, '');
  const { directory } = document.tables;
  if (directory.named(name) !== undefined) return valueItems(name, 4, place);
  const dot = name.lastIndexOf('.');
  const wanted = name.slice(dot + 1).toLowerCase();
  const fields = directory.named(name.slice(0, Math.max(0, dot)))?.fields ?? [];
  const field = fields.find((each) => each.name.toLowerCase() === wanted);
  return field === undefined ? [] : fieldValueItems(field);
}

const SINCE = [word('since', 'access, note, mark or start')];
const BEGINNINGS_OF_TIME = ['access', 'note', 'mark', 'start'].map((each) => word(each, ''));

/** Texts of marks, which may have blanks in them. */
function markItems(before: readonly string[], place: TypingPlace): readonly Proposal[] {
  return namesFrom(
    marksAbove(place.document, place.line).map((each) => word(each, 'mark')),
    before,
    place,
  );
}

/** Undefined for what is no event. */
function namesOf(event: string, { document }: TypingPlace): readonly Proposal[] | undefined {
  const { platform } = document.tables;
  const named = (names: readonly string[]) => names.map((each) => word(each, ''));
  if (/^faults?$/.test(event)) return CHECKS.map(({ id, title }) => word(id, title));
  if (/^interrupts?$/.test(event)) return named(eventNames(platform).interrupts);
  return /^commands?$/.test(event) ? named(eventNames(platform).commands) : undefined;
}

function word(label: string, detail: string): Proposal {
  return { label, kind: CompletionItemKind.Keyword, ...(detail === '' ? {} : { detail }) };
}
