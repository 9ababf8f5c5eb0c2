import {
  type CompletionItem,
  type CompletionList,
  InsertTextFormat,
  MarkupKind,
  type Position,
} from 'vscode-languageserver/node';
import type { TraceDocument } from '../../document.ts';
import { ACCESS_WORD } from '../../lines/vgpu-words.ts';
import { findTables } from '../../registers/register-tables.ts';
import { registerText } from '../register-text.ts';
import { expectationItems } from './expect.ts';
import { headerItems } from './headers.ts';
import { keywordItems } from './keywords.ts';
import type { Proposal, TypingPlace } from './proposal.ts';
import { accessItems, commandItems } from './words.ts';

/** Shown at once; typing on narrows the list. */
const MOST_ITEMS = 300;

export function completion(document: TraceDocument, { line, character }: Position): CompletionList {
  const prefix = document.line(line).slice(0, character);
  const typed = /[^ \t]*$/.exec(prefix)?.[0] ?? '';
  const before = prefix
    .slice(0, prefix.length - typed.length)
    .split(/[ \t]+/)
    .filter(Boolean);
  const all =
    document.format === 'vgpu' ? proposals({ document, line, before, typed, prefix }) : [];
  const items = all.slice(0, MOST_ITEMS).map((proposal, rank) => {
    const start = { line, character: character - (proposal.replaces ?? typed.length) };
    return itemOf(proposal, rank, { start, end: { line, character } }, document);
  });
  return { isIncomplete: all.length > MOST_ITEMS, items };
}

function proposals(place: TypingPlace): readonly Proposal[] {
  const { before, prefix } = place;
  if (/^\s*##/.test(prefix)) return headerItems(place);
  if (/^\s*(?:#|\/\/)/.test(prefix) || /(?:^|\s)(?:\/\/|@)/.test(prefix)) return [];
  const [keyword] = before;
  if (keyword === undefined) return keywordItems();
  if (keyword === 'expect') return expectationItems(place);
  const access = ACCESS_WORD.exec(keyword);
  return access === null ? commandItems(keyword, place) : accessItems(access, place);
}

function itemOf(
  proposal: Proposal,
  rank: number,
  range: { start: Position; end: Position },
  document: TraceDocument,
): CompletionItem {
  const { label, kind, detail, filter, insert, isSnippet, documentation, register } = proposal;
  return {
    label,
    kind,
    sortText: String(rank).padStart(4, '0'),
    textEdit: { range, newText: insert ?? label },
    ...(detail === undefined ? {} : { detail }),
    ...(filter === undefined ? {} : { filterText: filter }),
    ...(isSnippet === true ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(documentation === undefined
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    ...(register === undefined ? {} : { data: { tables: document.tables.id, register } }),
  };
}

/** Adds what a register is, which a list of hundreds does not carry. */
export function resolveCompletion(item: CompletionItem): CompletionItem {
  const data: unknown = item.data;
  if (typeof data !== 'object' || data === null) return item;
  const tables = findTables(String(Reflect.get(data, 'tables')));
  const info = tables?.directory.named(String(Reflect.get(data, 'register')));
  if (info === undefined) return item;
  const value = registerText(info, info.offset);
  return { ...item, documentation: { kind: MarkupKind.Markdown, value } };
}
