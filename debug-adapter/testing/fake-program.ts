import type { Program } from '../program.ts';
import type { SourceDocument, SourceMap } from '../sources/source-map.ts';
import { FakeSession } from './fake-session.ts';

export interface FakeProgram extends Program {
  readonly session: FakeSession;
}

const DOCUMENT: SourceDocument = { key: '/fake/trace.vgpu', name: 'trace.vgpu' };

/** One document, in which record n stands on line n + 1. */
function fakeSources(records: number): SourceMap {
  const place = (record: number) => ({ document: DOCUMENT, line: Math.min(record, records) + 1 });
  return {
    locate: place,
    locateInRun: () => undefined,
    stopAt: (_document, line) =>
      line >= 1 && line <= records ? { record: line - 1, line } : undefined,
    find: (source) => (source.path === DOCUMENT.key ? DOCUMENT : undefined),
    firstStop: () => (records > 0 ? 0 : undefined),
    owns: (document) => document.key === DOCUMENT.key,
    toSource: ({ key, name }) => ({ path: key, name }),
    documents: () => [DOCUMENT],
    text: async () => 'a trace\n',
  };
}

export function fakeProgram(records = 100): FakeProgram {
  const session = new FakeSession(records);
  return { session, sources: fakeSources(records), onHost: false, model: 'vgpu', notes: [] };
}
