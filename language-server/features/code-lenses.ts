import type { CodeLens, Command } from 'vscode-languageserver/node';
import type { TraceDocument } from '../document.ts';
import { flatOutline, outlineOf } from './outline.ts';

/** More would slow the editor down, and nobody looks for the thousandth. */
const MOST_LENSES = 500;

/** Above the first line: run and debug; at sections, phases and marks: debug from there. The editor has the commands. */
export function codeLenses(document: TraceDocument): CodeLens[] {
  if (document.derived.records.length === 0) return [];
  const { uri } = document;
  const lenses = [
    lens(0, { title: '$(debug-alt) Debug', command: 'vgpu.debugTrace', arguments: [uri] }),
    lens(0, { title: '$(play) Run', command: 'vgpu.runTrace', arguments: [uri] }),
  ];
  for (const { kind, first } of flatOutline(outlineOf(document)).slice(0, MOST_LENSES)) {
    if (kind === 'run') continue;
    const title = '$(debug-continue-small) Debug from here';
    lenses.push(lens(first, { title, command: 'vgpu.debugFrom', arguments: [uri, first] }));
  }
  return lenses;
}

function lens(line: number, command: Command): CodeLens {
  const at = { line, character: 0 };
  return { range: { start: at, end: at }, command };
}
