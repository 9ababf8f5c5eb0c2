import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coverageText } from './coverage-text.ts';

test('a table of coverage is a row a line, and fields stand where they are said to', () => {
  const { text, rows } = coverageText({
    id: 'registers/RCS0',
    title: 'Registers: RCS0',
    rows: [
      { name: 'RCS0.RING_TAIL', detail: '0x002030 rw', hits: 0, parts: [] },
      {
        name: 'RCS0.RING_CTL',
        detail: '0x00203c rw',
        hits: 3,
        parts: [
          { name: 'bufferLength', exercised: false },
          { name: 'enable', exercised: true },
        ],
      },
    ],
  });
  const lines = text.split('\n');
  assert.equal(lines[0], 'Registers: RCS0: 1 of 2 exercised');
  const [tail, control] = rows;
  assert.equal(tail?.hits, 0);
  assert.match(lines[tail?.line ?? -1] ?? '', /^RCS0\.RING_TAIL +0x002030 rw$/);
  const line = lines[control?.line ?? -1] ?? '';
  assert.match(line, /^RCS0\.RING_CTL +0x00203c rw +3× +bufferLength enable$/);
  assert.deepEqual(
    control?.parts.map(({ start, end }) => line.slice(start, end)),
    ['bufferLength', 'enable'],
  );
});
