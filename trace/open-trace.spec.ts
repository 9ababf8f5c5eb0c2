import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { createGunzip, gzipSync } from 'node:zlib';
import { openTrace } from './index.ts';
import { describeAll, openText, sample } from './testing/read.ts';
import { encodeUtf8 } from './text/utf8.ts';

async function* inflate(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const source = Readable.from(packed);
  source.on('error', (error) => gunzip.destroy(error));
  yield* source.pipe(gunzip);
}

test('a packed file reads like the plain one', async () => {
  const plain = sample('first-steps.vgpu');
  const packed = gzipSync(plain);
  const pieces = [packed.subarray(0, 1), packed.subarray(1, 1), packed.subarray(1)];
  assert.deepEqual(
    describeAll(await openTrace(pieces, { inflate })),
    describeAll(await openTrace([plain])),
  );
});

test('a packed file that is cut off gives what could be read, and says so', async () => {
  const whole = sample('skl_vgpu.mmiotrace.gz');
  const packed = gzipSync(whole);
  const { store, format, diagnostics } = await openTrace([packed.subarray(0, packed.length >> 1)], {
    inflate,
    name: 'half.gz',
  });
  assert.equal(format?.id, 'mmiotrace');
  assert.ok(store.length > 100);
  const last = diagnostics.find(({ line }) => line === 0);
  assert.match(last?.message ?? '', /^half.gz is damaged or cut off after [0-9]+ bytes: /);
});

test('without something to unpack it, a packed file is refused in a sentence', async () => {
  const { format, diagnostics } = await openTrace([gzipSync('x')], { name: 'a.gz' });
  assert.equal(format, undefined);
  assert.match(
    diagnostics[0]?.message ?? '',
    /a.gz .*packed with gzip, which cannot be unpacked here/,
  );
});

test('an empty file says that it is empty', async () => {
  for (const pieces of [[], [new Uint8Array(0)], [encodeUtf8(' \n\n')]]) {
    const { store, diagnostics, format } = await openTrace(pieces, { name: 'nothing.vgpu' });
    assert.equal(store.length, 0);
    assert.equal(format, undefined);
    assert.deepEqual(diagnostics, [
      { severity: 'error', line: 0, message: 'nothing.vgpu is empty: there is no trace in it.' },
    ]);
  }
});

test('zeros are contents, though not of a trace', async () => {
  const { format, diagnostics } = await openTrace([new Uint8Array(100_000)], { name: 'zeros' });
  assert.equal(format, undefined);
  assert.match(diagnostics[0]?.message ?? '', /^zeros is not a trace .*\(it is not text\)/);
});

test('a file of another kind is told which formats are known', async () => {
  const texts = [
    'Dear diary,\ntoday R was fine.\n',
    '<html></html>',
    '{"a": 1}\n',
    '# tracer: nop\n#\n',
  ];
  for (const text of texts) {
    const { format, diagnostics } = await openText(text, { name: 'x' });
    assert.equal(format, undefined, text);
    assert.match(diagnostics[0]?.message ?? '', /Known formats: vgpu trace, Linux mmiotrace log/);
  }
  const { diagnostics } = await openTrace([new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0])]);
  assert.match(diagnostics[0]?.message ?? '', /it is not text/);
});

test('prose is of no format, however long it is', async () => {
  for (let lines = 1; lines <= 120; lines++) {
    const { format } = await openText('A debugger for *virtual GPUs*, with words.\n'.repeat(lines));
    assert.equal(format, undefined, `${lines} lines`);
  }
});

test('the format is told by content alone', async () => {
  const examples: readonly (readonly [string, string])[] = [
    ['W 4 002230 0\n', 'vgpu'],
    ['W32 RCS0.RING_TAIL 1\n', 'vgpu'],
    ['## platform: skl\n// nothing yet\n', 'vgpu'],
    ['# first a note\n// a comment\nW32 0x2030 1\n', 'vgpu'],
    ['R 4 8.908261 1 0xfd078000 0x0 0x0 0\n', 'mmiotrace'],
    ['VERSION 20070824\n', 'mmiotrace'],
  ];
  for (const [text, id] of examples) assert.equal((await openText(text)).format?.id, id, text);
});

test('a source that fails is reported, what it gave before is kept', async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield encodeUtf8('W 4 2030 1\n');
    throw new Error('the disk is gone');
  }
  const { store, diagnostics } = await openTrace(failing(), { name: 'x.vgpu' });
  assert.equal(store.length, 1);
  assert.match(
    diagnostics[0]?.message ?? '',
    /x.vgpu is damaged or cut off after 11 bytes: the disk is gone/,
  );
});

test('reading can be stopped', async () => {
  let given = 0;
  function* endless(): Generator<Uint8Array> {
    for (;;) {
      given++;
      yield encodeUtf8('W 4 2030 1\n'.repeat(1000));
    }
  }
  const { diagnostics } = await openTrace(endless(), { progress: (bytes) => bytes < 100_000 });
  assert.equal(given, 10);
  assert.match(diagnostics.at(-1)?.message ?? '', /stopped/);
});

test('a file that is wrong throughout keeps a thousand complaints and counts the rest', async () => {
  const { diagnostics } = await openText(`${'W 4 0 0\n'.repeat(2000)}${'W 4 zz 0\n'.repeat(5000)}`);
  assert.equal(diagnostics.length, 1001);
  assert.match(diagnostics.at(-1)?.message ?? '', /^4000 more problems/);
});
