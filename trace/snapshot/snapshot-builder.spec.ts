import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openText, unpack } from '../testing/read.ts';

const HEAD = 'GPU HANG: ecode 9:0:0x00000000\nKernel: 6.1\nPCI ID: 0x1912\n';
const MIB = 2 ** 20;

/** An error state with buffers of one dword each, as base85 of zlib. */
function buffersOf(count: number): string {
  return `${HEAD}${'rcs0 --- batch = 0x00000000 00001000\n:s8W-!\n'.repeat(count)}`;
}

test('of very many buffers some are kept, and unpacked; the rest is counted', async () => {
  let unpacked = 0;
  const { snapshot, diagnostics } = await openText(buffersOf(10_000), {
    unpack: () => {
      unpacked++;
      throw new Error('incorrect header check');
    },
  });
  assert.equal(snapshot?.buffers.length, 4096);
  assert.equal(unpacked, 4096);
  const said = diagnostics.filter(({ message }) => /: 5904 were left out\.$/.test(message));
  assert.equal(said.length, 1);
});

test('buffers become no larger than is allowed in all, however many bytes each may have', async () => {
  const asked: number[] = [];
  const { snapshot, diagnostics } = await openText(buffersOf(5), {
    unpack: (_, most) => {
      asked.push(most / MIB);
      // Only the length counts.
      return Object.defineProperty(new Uint8Array(0), 'length', { value: most });
    },
  });
  assert.deepEqual(asked, [128, 128]);
  assert.deepEqual(
    snapshot?.buffers.map(({ bytes }) => bytes.length / MIB),
    [128, 128, 0, 0, 0],
  );
  assert.equal(
    diagnostics.filter(({ message }) => /are left out: those before/.test(message)).length,
    3,
  );
});

test('streams that grow out of all proportion are refused', async () => {
  const { snapshot, diagnostics } = await openText(buffersOf(1), { unpack });
  assert.equal(snapshot?.buffers[0]?.bytes.length, 0);
  assert.match(diagnostics[0]?.message ?? '', /are damaged, or become longer/);
});
