import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import { inflate, unpack } from './index.ts';

const TEXT = Buffer.from('W 4 002030 00000040\n'.repeat(5000));

async function* pieces(bytes: Uint8Array, size = 100): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What comes before an error, and the error. */
async function taken(source: AsyncIterable<Uint8Array>) {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of source) parts.push(part);
  } catch (error) {
    return { bytes: Buffer.concat(parts), error: String(error) };
  }
  return { bytes: Buffer.concat(parts), error: undefined };
}

test('gzip is unpacked, in whatever pieces it comes', async () => {
  const packed = gzipSync(TEXT);
  for (const size of [1, 100, packed.length]) {
    const { bytes, error } = await taken(inflate(pieces(packed, size)));
    assert.equal(error, undefined);
    assert.deepEqual(bytes, TEXT);
  }
});

test('a file that is cut off gives what came before the cut, and then the error', async () => {
  const noise = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * i * 7919) >>> 3));
  const packed = gzipSync(noise);
  const { bytes, error } = await taken(inflate(pieces(packed.subarray(0, packed.length / 2))));
  assert.ok(bytes.length > 0 && bytes.length < noise.length);
  assert.deepEqual(bytes, noise.subarray(0, bytes.length));
  assert.match(error ?? '', /unexpected end of file/);
});

test('an error of the source reaches whoever reads', async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield gzipSync(TEXT).subarray(0, 20);
    throw new Error('the disk is gone');
  }
  assert.match((await taken(inflate(failing()))).error ?? '', /the disk is gone/);
});

test('zlib that would grow beyond its limit is refused, and what is cut off is not', () => {
  const packed = deflateSync(TEXT);
  assert.deepEqual(Buffer.from(unpack(packed, TEXT.length)), TEXT);
  assert.throws(() => unpack(packed, TEXT.length - 1), RangeError);
  const half = unpack(packed.subarray(0, packed.length - 8), TEXT.length);
  assert.deepEqual(Buffer.from(half), TEXT.subarray(0, half.length));
});
