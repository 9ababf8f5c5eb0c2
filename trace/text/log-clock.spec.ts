import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openText } from '../testing/read.ts';

test('a time that runs back is reported once, at its first line, and the later one kept', async () => {
  const at = (seconds: string) =>
    `1@${seconds}:vfio_region_write  (0000:00:02.0:region0+0x2030, 0x40, 4)`;
  const { store, diagnostics } = await openText(
    [at('2.000000'), at('1.000000'), at('3.000000'), at('2.500000'), ''].join('\n'),
  );
  assert.deepEqual(
    diagnostics.map(({ line, message }) => [line, message]),
    [[2, 'The time runs back 2 times, first here; the later time was kept.']],
  );
  const times = Array.from({ length: store.length }, (_, record) => store.timeNs(record) / 1e9);
  assert.deepEqual(times, [2, 2, 3, 3]);
});
