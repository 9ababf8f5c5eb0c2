import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missed, type Results, resultsMarkdown, resultsTable } from './results.ts';

const results: Results[] = [
  {
    bench: 'opening',
    figures: [
      { what: 'rate', measured: '100 MB/s', baseline: 'a | b', target: '≥ 200 MB/s', met: false },
      { what: 'memory', measured: '18 bytes', target: '≤ 24 bytes', met: true },
      { what: 'unpacking', measured: '3 ms' },
    ],
  },
  { bench: 'dap', figures: [], failure: 'there is no adapter.' },
];

test('the table has a row per figure and says what could not be measured', () => {
  const lines = resultsTable(results).trimEnd().split('\n');
  assert.equal(lines.length, 5);
  assert.match(lines[1] ?? '', /^rate .*100 MB\/s .*≥ 200 MB\/s +NO$/);
  assert.match(lines[4] ?? '', /dap could not be measured: there is no adapter/);
});

test('in Markdown a bar in a cell does not end the cell', () => {
  assert.match(resultsMarkdown(results), /a \\\| b/);
});

test('what missed its target is told, what has none is not', () => {
  assert.deepEqual(missed(results), [
    'rate: 100 MB/s, where the target is ≥ 200 MB/s.',
    'dap could not be measured: there is no adapter.',
  ]);
});
