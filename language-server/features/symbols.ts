import {
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  SymbolKind,
  type WorkspaceSymbol,
} from 'vscode-languageserver/node';
import type { TraceDocument } from '../document.ts';
import { LineKind } from '../index/line-columns.ts';
import type { RegisterDocuments } from '../registers/register-documents.ts';
import type { RegisterTables } from '../registers/register-tables.ts';
import { flatOutline, outlineOf } from './outline.ts';
import type { OutlineEntry } from './outline-entry.ts';

const KINDS: Readonly<Record<OutlineEntry['kind'], SymbolKind>> = {
  section: SymbolKind.Namespace,
  phase: SymbolKind.Event,
  mark: SymbolKind.Key,
  label: SymbolKind.Constant,
  run: SymbolKind.Array,
};

export function documentSymbols(document: TraceDocument): DocumentSymbol[] {
  return outlineOf(document).map((entry) => symbolOf(document, entry));
}

function symbolOf(document: TraceDocument, entry: OutlineEntry): DocumentSymbol {
  const { first, last, name, detail, kind } = entry;
  const start = { line: first, character: 0 };
  const end = { line: last, character: document.line(last).length };
  return {
    name,
    detail,
    kind: KINDS[kind],
    range: { start, end },
    selectionRange: { start, end: { line: first, character: document.line(first).length } },
    children: entry.children.map((child) => symbolOf(document, child)),
  };
}

/** Most ranges that editors ask for. */
const MOST_RANGES = 5000;

/** Headers, sections, and runs of like accesses. */
export function foldingRanges(document: TraceDocument): FoldingRange[] {
  const ranges: FoldingRange[] = headerBlocks(document);
  for (const { kind, first, last } of flatOutline(outlineOf(document))) {
    if (kind === 'mark' || kind === 'label' || last <= first) continue;
    ranges.push({ startLine: first, endLine: last, kind: FoldingRangeKind.Region });
  }
  return ranges.slice(0, MOST_RANGES);
}

function headerBlocks(document: TraceDocument): FoldingRange[] {
  const { columns } = document.index;
  const ranges: FoldingRange[] = [];
  for (let line = 0; line < columns.length && ranges.length < 100; line++) {
    if (columns.kind[line] !== LineKind.header) continue;
    const first = line;
    while (columns.kind[line + 1] === LineKind.header) line++;
    if (line > first) {
      ranges.push({ startLine: first, endLine: line, kind: FoldingRangeKind.Comment });
    }
  }
  return ranges;
}

const MOST_SYMBOLS = 300;

/** Registers, and what open documents have in their outlines, whose names contain what was typed. */
export function workspaceSymbols(
  query: string,
  documents: readonly TraceDocument[],
  tables: RegisterTables,
  tableDocuments: RegisterDocuments,
): WorkspaceSymbol[] {
  const wanted = query.trim().toLowerCase();
  const matches = (name: string) => name.toLowerCase().includes(wanted);
  const found: WorkspaceSymbol[] = [];
  for (const document of documents) {
    for (const { name, kind, first } of flatOutline(outlineOf(document))) {
      if (kind === 'run' || !matches(name)) continue;
      const start = { line: first, character: 0 };
      const range = { start, end: { line: first, character: document.line(first).length } };
      found.push({ name, kind: KINDS[kind], location: { uri: document.uri, range } });
    }
  }
  // Thousands of registers say nothing before a letter has been typed.
  if (wanted === '') return found.slice(0, MOST_SYMBOLS);
  for (const info of tables.registers) {
    if (found.length >= MOST_SYMBOLS) break;
    if (!matches(info.name)) continue;
    const location = tableDocuments.locationOf(tables, info);
    found.push({ name: info.name, kind: SymbolKind.Variable, containerName: info.block, location });
  }
  return found.slice(0, MOST_SYMBOLS);
}
