import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { createGunzip, gzipSync } from 'node:zlib';
import { openTrace } from './index.ts';
import { inflated } from './inflated.ts';

const MIB = 2 ** 20;

/** Gives `most` MiB for every packed byte, as an unpacker would that never ends. */
async function* grow(packed: AsyncIterable<Uint8Array>, most: number) {
  const piece = new Uint8Array(MIB);
  for await (const bytes of packed) for (let n = 0; n < bytes.length * most; n++) yield piece;
}

async function* once(length: number) {
  yield new Uint8Array(length);
}

async function taken(packed: number, most: number): Promise<number> {
  let sum = 0;
  for await (const bytes of inflated(once(packed), (source) => grow(source, most))) {
    sum += bytes.length;
  }
  return sum / MIB;
}

test('a file that grows out of all proportion is given up', async () => {
  await assert.rejects(taken(1000, 1), /more than 400 times as large as packed/);
});

test('what is small unpacked may have grown as it likes', async () => {
  assert.equal(await taken(60, 1), 60);
});

test('a packed trace of one line over and over is cut off, and its end says why', async () => {
  const line = Buffer.from('R 4 002030 1\n');
  const packed = gzipSync(Buffer.alloc(line.length * 8_000_000, line));
  const { store, diagnostics } = await openTrace([packed], {
    name: 'bomb.vgpu.gz',
    inflate: (source) => Readable.from(source).pipe(createGunzip()),
  });
  assert.ok(store.length > 4_000_000 && store.length < 7_000_000);
  assert.match(
    diagnostics.at(-1)?.message ?? '',
    /^bomb\.vgpu\.gz is damaged or cut off .* 400 times/,
  );
});
