import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { TraceDocument } from '../../document.ts';
import { placesOf } from './labels.ts';
import { rename } from './rename.ts';

const LINES = [
  'label ring 0x4000000',
  'label page ring+0x1000',
  'label tail 0xffffffff00000000',
  'label ring 7',
  'W64 ggtt[ring+0x1000]+4 page',
  'W32 RCS0.RING_START ring  @ ring < page // ring',
  'W32 RCS0.RING_TIAL ring',
  'W64 0x10 tail',
  'AR32 page+4 = ring',
  'M page+0x10 00112233',
  'M page+10 00',
  'expect mem32[page+4] == ring && "ring" != "page"',
  'expect memory ggtt:page+4 00??',
  'expect no fault ring since note',
  'mark ring',
  '# page',
  'W 4 ring page',
  'AW32 ring page page',
];

function documentOf(text: string): TraceDocument {
  return new TraceDocument('file:///t.vgpu', 'vgpu', 1, text);
}

function meaningOf(document: TraceDocument) {
  const { columns, labels } = document.index;
  const lines = Array.from({ length: columns.length }, (_, line) => columns.at(line));
  return { lines, values: labels.map(({ value, line }) => [value, line]) };
}

test('under another name a label means the same in any text, and none is left of the old one', () => {
  let renamed = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...LINES), { maxLength: 14 }), (lines) => {
      const document = documentOf(lines.join('\n'));
      for (const { name, line } of document.index.labels) {
        const position = { line: line - 1, character: 'label '.length };
        const { changes } = rename(document, position, 'another_name');
        const before = TextDocument.create('x:', 'vgpu', 1, document.getText());
        const edits = changes?.[document.uri] ?? [];
        const after = documentOf(TextDocument.applyEdits(before, edits));
        assert.deepEqual(meaningOf(after), meaningOf(document));
        assert.deepEqual(placesOf(after, name), []);
        renamed++;
      }
    }),
    // Enough for the count below, whatever the seed: about one label is renamed in each.
    { numRuns: 300 },
  );
  assert.ok(renamed > 50, `${renamed} labels were renamed`);
});
