import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTrace } from '../../trace/index.ts';
import { lastAnswer } from './last-answer.ts';

test('the last answer of a dword, whichever way it was read', async () => {
  const lines = ['R 4 002358 1', 'R 4 002358 2', 'W 4 002358 3', 'R 4 002358 ?', 'R 2 002358 4'];
  const text = `${lines.join('\n')}\nR 8 022358 0000000600000005\n`;
  const { store, diagnostics } = await openTrace([new TextEncoder().encode(text)]);
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(
    [0x2358, 0x22358, 0x2235c, 0x12358].map((offset) => lastAnswer(store, offset)),
    [2, 5, 6, undefined],
  );
});
