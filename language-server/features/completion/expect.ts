import { CompletionItemKind } from 'vscode-languageserver/node';
import { CHECKS, eventNames } from '../../../emulator/index.ts';
import { complete, withLabels } from '../../../timeline/index.ts';
import { labelsAbove } from '../labels/labels.ts';
import type { Proposal, TypingPlace } from './proposal.ts';

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
    if (words.at(-1) === 'since') return ['access', 'note', 'start'].map((each) => word(each, ''));
    return words.length === 1 ? [...names, word('since', 'access, note or start')] : SINCE;
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
  return words.length === 0 ? [...BEGINNINGS, ...expression] : expression;
}

const SINCE = [word('since', 'access, note or start')];

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
