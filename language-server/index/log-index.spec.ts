import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TraceDocument } from '../document.ts';
import type { TraceIndex } from './trace-index.ts';

const HEAD =
  'VERSION 20070824\nPCIDEV 0010 80861912 a fd000004 0 e000000c 0 0 0 c0002 1000000 0 10000000 0 0 0 20000 \n';
const anyLine = fc.constantFrom(
  'R 4 11.808575 1 0xfd078010 0x1c 0x0 0',
  'W 4 12.808575 1 0xfd002030 0x40 0x0 0',
  'MAP 11.796091 1 0xfd078000 0xffffd111c0055000 0x1000 0x0 0',
  'MARK 13.168242 here',
  'nonsense',
  '',
);
const anyEnd = fc.constantFrom('\n', '\r\n', '\r');
const anyText = fc
  .array(fc.tuple(anyLine, anyEnd), { maxLength: 8 })
  .map((parts) => HEAD + parts.flat().join(''));
const anyEdit = fc.record({
  line: fc.nat({ max: 10 }),
  lines: fc.nat({ max: 3 }),
  character: fc.nat({ max: 20 }),
  text: fc.oneof(anyLine, fc.constantFrom('\n', '\r', 'x', '')),
});

/** All that an index knows, as plain data. */
function stateOf(index: TraceIndex) {
  const { columns, device, tables, format, isDump } = index;
  const lines = Array.from({ length: columns.length }, (_, line) => columns.at(line));
  return { format, isDump, lines, device, tables: tables.id, problems: index.problems(1000) };
}

test('after edits a log has as many lines as its text, and read anew it is what it would be from the start', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, fc.array(anyEdit, { maxLength: 4 }), async (text, edits) => {
      const document = new TraceDocument('file:///x', 'vgpu-log', 1, text);
      await document.ready();
      for (const { line, lines, character, text: added } of edits) {
        const start = { line, character };
        const range = { start, end: { line: line + lines, character } };
        document.update([{ range, text: added }], document.version + 1);
        assert.equal(document.index.columns.length, document.lineCount);
      }
      await document.upToDate();
      const fresh = new TraceDocument('file:///x', 'vgpu-log', 1, document.getText());
      await fresh.ready();
      // What the text looks like is told when it is opened.
      if (fresh.format === document.format) {
        assert.deepEqual(stateOf(document.index), stateOf(fresh.index));
      }
    }),
    { numRuns: 150 },
  );
});
