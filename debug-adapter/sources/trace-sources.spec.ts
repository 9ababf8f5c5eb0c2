import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { registerDirectory } from '../../emulator/index.ts';
import { createListing, listingUri } from '../../timeline/index.ts';
import { openTrace } from '../../trace/index.ts';
import { Client } from '../client.ts';
import { TraceSources } from './trace-sources.ts';

const PATH = path.resolve('/traces/boot.vgpu');
const TEXT = [
  '## platform: skl',
  '// a comment',
  'W32 0x2030 0x40',
  '# a note',
  'R32 0x2030 = 0x40',
  ...Array.from({ length: 10 }, () => 'R32 0x44200 = 0'),
  '# the end',
  '',
].join('\n');

async function sources(plain: boolean): Promise<TraceSources> {
  const { store } = await openTrace([new TextEncoder().encode(TEXT)]);
  const listing = createListing(store, registerDirectory('skl'));
  return new TraceSources({
    path: PATH,
    reading: {},
    store,
    listing,
    plain,
    readText: async () => TEXT,
  });
}

const vsCode = new Client({ adapterID: 'vgpu', clientID: 'vscode' });

describe('the documents of a recording', () => {
  test('begin with the file itself where it is plain text', async () => {
    const map = await sources(true);
    const [file] = map.documents();
    assert.equal(file?.key, PATH);
    assert.deepEqual(map.locate(0), { document: file, line: 3 });
    assert.equal(map.locateInRun(8), undefined);
  });

  test('are pages of the decoded view where it is not', async () => {
    const map = await sources(false);
    const place = map.locate(0);
    assert.equal(place.document.key, listingUri(PATH));
    assert.equal(
      (await map.text(place.document)).split('\n')[place.line - 1]?.includes('RING_TAIL'),
      true,
    );
  });

  test('show a folded access on its own line in the page of its run', async () => {
    const map = await sources(false);
    const inRun = map.locateInRun(8);
    assert.ok(inRun);
    assert.notEqual(inRun.document.key, map.locate(8).document.key);
    assert.deepEqual(map.stopAt(inRun.document, inRun.line), { record: 8, line: inRun.line });
  });

  test('let a breakpoint on a comment slide to the next access', async () => {
    const map = await sources(true);
    const file = map.find({ path: PATH }, vsCode);
    assert.ok(file);
    assert.deepEqual(map.stopAt(file, 1), { record: 0, line: 3 });
    assert.deepEqual(map.stopAt(file, 4), { record: 2, line: 5 });
    assert.equal(map.stopAt(file, 16), undefined);
  });

  test('take breakpoints in the decoded view of a plain file, too', async () => {
    const map = await sources(true);
    const page = map.find({ path: listingUri(PATH) }, vsCode);
    assert.ok(page);
    assert.equal(map.stopAt(page, 1)?.record, 0);
  });

  test('do not take those of another recording', async () => {
    const map = await sources(true);
    assert.equal(map.find({ path: '/traces/other.vgpu' }, vsCode), undefined);
    assert.equal(map.find({ path: listingUri('/traces/other.vgpu') }, vsCode), undefined);
    assert.equal(map.find({ sourceReference: 99 }, vsCode), undefined);
  });

  test('have a reference for clients that cannot open our URIs', async () => {
    const map = await sources(false);
    const { document } = map.locate(0);
    assert.equal(map.toSource(document, vsCode).sourceReference, undefined);
    const other = new Client({ adapterID: 'vgpu', clientID: 'vim' });
    const source = map.toSource(document, other);
    assert.ok((source.sourceReference ?? 0) > 0);
    assert.equal(map.find(source, other)?.key, document.key);
  });

  test('of records past the end are where the last one stands', async () => {
    const map = await sources(true);
    assert.equal(map.locate(10_000).line, 16);
  });
});
