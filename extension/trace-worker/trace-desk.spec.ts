import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { TraceDesk } from './trace-desk.ts';

const recording = path.resolve(import.meta.dirname, '../../samples/skl-probe-gem-unload.vgpu.gz');
const listing = `vgpu-trace:${recording}`;

describe('the worker that decodes traces', () => {
  const desk = new TraceDesk();

  it('gives the decoded text of a packed recording', async () => {
    const text = await desk.answer({ kind: 'text', uri: listing });
    assert.match(String(text), /^\/\/ Recording of 676,468 records/);
    assert.match(String(text), /R32 {2}VGT_MAGIC/);
  });

  it('finds the line of a record, and the run that the line stands for', async () => {
    const place = await desk.answer({
      kind: 'locate',
      path: recording,
      reading: {},
      record: 100_000,
    });
    assert.deepEqual(place, { uri: listing, line: 1236 });
    const run = await desk.answer({ kind: 'runAt', uri: listing, line: 1236 });
    assert.equal(run, `${listing}/skl-probe-gem-unload%20run%201249.vgpu-listing`);
    assert.equal(await desk.answer({ kind: 'pages', uri: String(run) }), 5);
  });

  it('finds no run on the line of a single access', async () => {
    assert.equal(await desk.answer({ kind: 'runAt', uri: listing, line: 9 }), undefined);
  });

  it('refuses a record that is not there, saying which are', async () => {
    const beyond = desk.answer({ kind: 'locate', path: recording, reading: {}, record: 676_468 });
    await assert.rejects(beyond, /no record 676468; they are numbered from 0 to 676467/);
  });

  it('refuses addresses that are none of a trace', async () => {
    await assert.rejects(desk.answer({ kind: 'text', uri: 'file:/x' }), /not the address/);
  });
});

describe('a file that cannot be shown', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'vgpu-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Opens a file with this content. */
  function load(content: string | Uint8Array, name = 'x.vgpu.gz'): Promise<unknown> {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return new TraceDesk().answer({ kind: 'load', path: file, reading: {} });
  }

  it('is told from one that is missing', async () => {
    const file = path.join(folder, 'lost.vgpu');
    const missing = new TraceDesk().answer({ kind: 'load', path: file, reading: {} });
    await assert.rejects(missing, new Error(`There is no file ${file}.`));
  });

  it('may be a folder', async () => {
    await assert.rejects(
      new TraceDesk().answer({ kind: 'load', path: folder, reading: {} }),
      /is a folder/,
    );
  });

  it('may be empty, packed or not', async () => {
    await assert.rejects(load(''), /x\.vgpu\.gz cannot be shown: .*is empty/);
    await assert.rejects(load(gzipSync('')), /is empty/);
  });

  it('may be no trace', async () => {
    await assert.rejects(load('Dear diary,\n'), /is not a trace of a known format/);
  });

  it('shows what came before the cut where it is cut off', async () => {
    const lines = 'R 4 078000 76544776\n'.repeat(100_000);
    const packed = gzipSync(lines, { level: 0 });
    const counts = await load(packed.subarray(0, packed.length / 2));
    assert.ok(typeof counts === 'object' && counts !== null && 'records' in counts);
    const records = Number(counts.records);
    assert.ok(records > 10_000 && records < 100_000);
  });

  it('is read anew once it has changed', async () => {
    const desk = new TraceDesk();
    const file = path.join(folder, 'growing.vgpu');
    writeFileSync(file, 'R 4 078000 76544776\n');
    assert.deepEqual(await desk.answer({ kind: 'load', path: file, reading: {} }), counts(1));
    writeFileSync(file, 'R 4 078000 76544776\nR 4 078004 47765447\n');
    assert.deepEqual(await desk.answer({ kind: 'load', path: file, reading: {} }), counts(2));
  });
});

const counts = (accesses: number) => ({ records: accesses, accesses });
