import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ResponseError } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { TraceDocument } from './document.ts';
import { codeActions } from './features/code-actions.ts';
import { codeLenses } from './features/code-lenses.ts';
import { completion } from './features/completion/completion.ts';
import { diagnose } from './features/diagnostics/diagnostics.ts';
import { format } from './features/formatting.ts';
import { hover } from './features/hover.ts';
import { inlayHints } from './features/inlay-hints.ts';
import { documentHighlights } from './features/labels/highlights.ts';
import { prepareRename, rename } from './features/labels/rename.ts';
import { definition, references } from './features/navigation.ts';
import { semanticTokens } from './features/semantic-tokens.ts';
import { documentSymbols, foldingRanges } from './features/symbols.ts';
import { RegisterDocuments } from './registers/register-documents.ts';

const tables = new RegisterDocuments(() => false);
const pieces = fc.constantFrom(
  ...[
    'R32',
    'W64',
    'R',
    'W',
    'AR',
    'CW16',
    'IR8',
    'T',
    'M',
    'IRQ',
    'CMD',
    'CSR',
    'CSW',
    'DW',
    'mark',
    'label',
  ],
  ...['expect', '#', '##', '//', '@', '<', '=', '?', '+', '(', 'RCS0.RING_TAIL', 'RCS0.RING_MODE'],
  ...['ring', 'ring+0x10', 'ggtt[ring]', 'label ring 0x1000', 'memory', 'ggtt:ring', 'mem32[ring]'],
  ...['ggtt[0x1000]', 'ggtt[', 'ffffffffffffffff', '0xffffffffffff', '4', '8', '3', '002030', '-1'],
  ...[
    '800000',
    '0x7ffffe',
    '00112233',
    'rcs0',
    'ring@0',
    'msi',
    'platform:',
    'skl',
    'vgpu:',
    '0.5',
  ],
  ...[
    'VERSION 20070824',
    'MARK 1.5 x',
    'GPU HANG: ecode 9:1:85dffffb',
    'rcs0 command stream:',
    'HEAD:',
  ],
  ...[
    'Offset   HW       vGPU     Diff',
    '00002030 000002a0 000000d8 3-6,9',
    '\ud800',
    '\u0000',
    '“',
  ],
);
const anyLine = fc.array(fc.tuple(pieces, fc.constantFrom(' ', '  ', '\t', '')), { maxLength: 7 });
const anyText = fc
  .array(fc.tuple(anyLine, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 8 })
  .map((lines) => lines.flat(3).join(''));

/** Everything that an editor can ask about a position of a document. */
async function askAll(document: TraceDocument, line: number, character: number): Promise<void> {
  await document.ready();
  const position = { line, character };
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  hover(document, position);
  completion(document, position);
  definition(document, position, tables);
  documentHighlights(document, position);
  renames(document, position);
  references(document, position, true, tables);
  diagnose(document);
  codeActions(document, range);
  inlayHints(document, range);
  documentSymbols(document);
  foldingRanges(document);
  codeLenses(document);
  format(document);
  checkTokens(document);
}

/** What cannot be renamed is refused with a sentence; after a renaming the text means the same. */
function renames(document: TraceDocument, position: { line: number; character: number }): void {
  try {
    assert.ok(prepareRename(document, position).placeholder !== '');
  } catch (error) {
    assert.ok(error instanceof ResponseError && /^.{20,}\.$/.test(error.message));
    return;
  }
  const { changes } = rename(document, position, 'quite_another_name');
  const text = document.getText();
  const before = TextDocument.create('file:///x', 'vgpu', 1, text);
  const renamed = TextDocument.applyEdits(before, changes?.[document.uri] ?? []);
  const after = new TraceDocument('file:///x', 'vgpu', 1, renamed);
  const lines = (of: TraceDocument) =>
    Array.from({ length: of.lineCount }, (_, line) => of.index.columns.at(line));
  assert.deepEqual(lines(after), lines(document));
}

/** Tokens stand in order, each on a line of the document and inside of it, and never overlap. */
function checkTokens(document: TraceDocument): void {
  const { data } = semanticTokens(document);
  let [line, end, start] = [0, 0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0] = data.slice(at, at + 3);
    if (down > 0) [start, end] = [0, 0];
    line += down;
    start += right;
    assert.ok(start >= end && length > 0, 'tokens do not overlap');
    end = start + length;
    assert.ok(end <= document.line(line).length, 'a token ends with its line');
  }
}

for (const language of ['vgpu', 'vgpu-log']) {
  test(`nothing that can be in a ${language} document makes an answer fail`, async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.nat({ max: 9 }), fc.nat({ max: 40 }), async (text, line, at) => {
        const document = new TraceDocument('file:///x', language, 1, text);
        await askAll(document, Math.min(line, document.lineCount - 1), at);
        const start = { line: Math.min(line, document.lineCount - 1), character: 0 };
        document.update([{ range: { start, end: start }, text: 'W32 0x2030 1\n' }], 2);
        await askAll(document, start.line, at);
      }),
      { numRuns: 200 },
    );
  });
}
