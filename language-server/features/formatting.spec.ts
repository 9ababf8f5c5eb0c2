import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TraceDocument } from '../document.ts';
import { formatLine } from './formatting.ts';

const blanks = fc.constantFrom(' ', '  ', '\t', '    ');
const words = fc.constantFrom(
  ...['R32', 'W64', 'R', 'W', 'AR', 'CW16', 'T', 'M', 'IRQ', 'CMD', 'CSR', 'DW', 'mark', 'expect'],
  ...['0x44200', 'RCS0.RING_TAIL', 'ggtt[0x1000]', '4', '002030', '=', '?', '0', '0.5', 'msi'],
  ...['rcs0', 'ring@0', '04000001', '@', 'f0', '<', '//', '// why', '#', '##', '00112233'],
);
const anyLine = fc
  .array(fc.tuple(blanks, words), { minLength: 1, maxLength: 7 })
  .map((parts) => parts.flat().join(''));

/** All that the index knows of the one line of a document. */
function facts(text: string) {
  const { index } = new TraceDocument('file:///x', 'vgpu', 1, text);
  return index.columns.at(0);
}

test('a line that is understood says the same when it has been formatted, and is formatted then', () => {
  fc.assert(
    fc.property(anyLine, (line) => {
      const before = facts(line);
      const formatted = formatLine(line);
      fc.pre(before.problem === 0);
      assert.deepEqual(facts(formatted), before);
      assert.equal(formatLine(formatted), formatted);
    }),
    { numRuns: 3000 },
  );
});
