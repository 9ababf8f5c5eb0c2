import type { CodeLens, Command } from 'vscode-languageserver/node';
import { RecordKind } from '../../trace/index.ts';
import type { TraceDocument } from '../document.ts';
import { flatOutline, outlineOf } from './outline.ts';

/** More would slow the editor down, and nobody looks for the thousandth. */
const MOST_LENSES = 500;

/**
 * Above the first line: run and debug (of a dump debug alone: it opens as a session that has stopped); at sections, phases and marks: debug from
 * there. The editor has the commands.
 */
export function codeLenses(document: TraceDocument): CodeLens[] {
  const { uri } = document;
  // What is debugged is a file.
  if (!uri.startsWith('file:')) return [];
  const debug = lens(0, {
    title: '$(debug-alt) Debug',
    command: 'vgpu.debugTrace',
    arguments: [uri],
  });
  if (document.index.isDump) return [debug];
  if (document.derived.records.length === 0) return [];
  const lenses = [
    debug,
    lens(0, { title: '$(play) Run', command: 'vgpu.runTrace', arguments: [uri] }),
  ];
  let stop = -1;
  for (const { kind, first } of flatOutline(outlineOf(document))) {
    // A section and the phase that begins with its first access would stop at the same place.
    const there = accessFrom(document, first);
    if (kind === 'run' || kind === 'label' || there === undefined || there === stop) continue;
    stop = there;
    const title = '$(debug-continue-small) Debug from here';
    lenses.push(lens(first, { title, command: 'vgpu.debugFrom', arguments: [uri, first] }));
    if (lenses.length >= MOST_LENSES) break;
  }
  return lenses;
}

/** The first access on a line or below it. */
function accessFrom({ derived: { records } }: TraceDocument, line: number): number | undefined {
  for (let record = records.recordFrom(line); record < records.length; record++) {
    const kind = records.kind(record);
    if (kind === RecordKind.read || kind === RecordKind.write) return record;
  }
  return undefined;
}

function lens(line: number, command: Command): CodeLens {
  const at = { line, character: 0 };
  return { range: { start: at, end: at }, command };
}
