import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkArguments } from './argument-checks.ts';

const path = '/x.vgpu';

test('what is inside of lists and documents is looked at, too', () => {
  const wrong: [string, object, RegExp][] = [
    ['setBreakpoints', { source: { path: 5 } }, /'source\.path' \(string\): got 5/],
    ['setBreakpoints', { source: { path }, breakpoints: 0 }, /'breakpoints' \(array\): got 0/],
    ['setBreakpoints', { source: { path }, breakpoints: [null] }, /'breakpoints\[0\]' \(object\)/],
    ['setBreakpoints', { source: { path }, breakpoints: [[]] }, /'breakpoints\[0\]' \(object\)/],
    [
      'setBreakpoints',
      { source: { path }, breakpoints: [{ line: 1 }, { line: 'x' }] },
      /'breakpoints\[1\]\.line' \(number\): got "x"/,
    ],
    [
      'setBreakpoints',
      { source: { path }, breakpoints: [{ line: 1, condition: 5 }] },
      /'breakpoints\[0\]\.condition' \(string\): got 5/,
    ],
    ['setFunctionBreakpoints', { breakpoints: [{}] }, /'breakpoints\[0\]\.name'.*missing/],
    ['setDataBreakpoints', { breakpoints: [{ dataId: 1 }] }, /'breakpoints\[0\]\.dataId'/],
    ['gotoTargets', { source: { path: [] }, line: 1 }, /'source\.path'/],
    [
      'readMemory',
      { memoryReference: 'mmio:0x0', count: 4, offset: {} },
      /'offset' \(whole number\)/,
    ],
    ['readMemory', { memoryReference: 'mmio:0x0', count: 2.5 }, /'count'.*got 2\.5/],
  ];
  for (const [command, args, message] of wrong) {
    assert.throws(() => checkArguments(command, args), { kind: 'badArguments', message });
  }
});

test('null stands for what is left out', () => {
  const breakpoints = [{ line: 3, condition: null, logMessage: null }];
  assert.deepEqual(
    checkArguments('setBreakpoints', { source: { path, name: null }, breakpoints }),
    { source: { path }, breakpoints: [{ line: 3 }] },
  );
});

test('a long wrong value is not repeated in full', () => {
  const long = { expression: Array.from({ length: 10_000 }, () => 1) };
  assert.throws(
    () => checkArguments('evaluate', long),
    (error) => error instanceof Error && error.message.length < 300,
  );
});
