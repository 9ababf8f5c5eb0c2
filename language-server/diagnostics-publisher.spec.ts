import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Emitter, type TextDocumentChangeEvent } from 'vscode-languageserver/node';
import { DiagnosticsPublisher } from './diagnostics-publisher.ts';
import { TraceDocument } from './document.ts';

test('a document that cannot be read is told of, and looked through again after the next edit', async () => {
  const changed = new Emitter<TextDocumentChangeEvent<TraceDocument>>();
  const closed = new Emitter<TextDocumentChangeEvent<TraceDocument>>();
  const document = new TraceDocument('file:///a.vgpu', 'vgpu', 1, 'W32 NO_SUCH_REGISTER 0x1\n');
  const readable = document.upToDate.bind(document);
  document.upToDate = () => Promise.reject(new Error('the disk is gone'));
  const told: string[] = [];
  const published: number[] = [];
  let heard = () => {};
  new DiagnosticsPublisher({
    documents: {
      get: () => document,
      onDidChangeContent: changed.event,
      onDidClose: closed.event,
    },
    connection: {
      sendDiagnostics: async ({ diagnostics }) => {
        published.push(diagnostics.length);
        heard();
      },
      console: {
        error: (text) => {
          told.push(text);
          heard();
        },
      },
    },
  }).listen();
  const edit = () =>
    new Promise<void>((resolve) => {
      heard = resolve;
      changed.fire({ document });
    });
  await edit();
  assert.deepEqual(told, [
    'file:///a.vgpu could not be looked through for mistakes: the disk is gone',
  ]);
  document.upToDate = readable;
  await edit();
  assert.deepEqual(published, [1]);
});
