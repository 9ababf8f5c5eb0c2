import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { TraceStore } from '../../trace/index.ts';
import { isAccess, openTrace } from '../../trace/index.ts';
import { sampleDirectory } from '../patterns/testing/directory.ts';
import { HEADER_LINES } from './document.ts';
import { createListing, type Listing } from './listing.ts';

let store: TraceStore;
let listing: Listing;

before(async () => {
  const file = new URL('../../samples/skl-probe-gem-unload.vgpu.gz', import.meta.url);
  store = (await openTrace([gunzipSync(readFileSync(file))])).store;
  listing = createListing(store, sampleDirectory);
});

test('most of a genuine recording folds away', () => {
  assert.ok(store.length > 600_000);
  assert.ok(listing.rows < 6_000, `${listing.rows} rows`);
  assert.equal(listing.windows, 1);
});

test('each access of a genuine recording lies in one row or one run', () => {
  let accesses = 0;
  for (let row = 0; row < listing.rows; row++) {
    const fold = listing.foldOfRow(row);
    if (fold) accesses += fold.accesses;
    else if (isAccess(store.kind(listing.recordOfRow(row)))) accesses++;
  }
  let recorded = 0;
  for (let record = 0; record < store.length; record++) {
    if (isAccess(store.kind(record))) recorded++;
  }
  assert.equal(accesses, recorded);
});

test("the driver's probe reads well", () => {
  const text = listing.windowText(0);
  assert.match(text, /R32 +VGT_MAGIC\[0\] +0x76544776/);
  assert.match(text, /▸ W32 +ggtt\[0x04001000–0x\w+\] +×229,376 +page table fill: 114,688 entries/);
  assert.match(text, /▸ R\/W +GPIO_CTL_D +×\d\d,\d{3} +bit-banging/);
  assert.match(text, /# dmesg: .*Virtual GPU for Intel GVT-g detected/);
  const longest = text.split('\n').reduce((most, line) => Math.max(most, line.length), 0);
  assert.ok(longest < 800, `a line has ${longest} characters`);
});

test('every row of the text begins with the number of its record', () => {
  const lines = listing.windowText(0).split('\n');
  for (let row = 0; row < listing.rows; row++) {
    assert.equal(Number.parseInt(lines[row + HEADER_LINES] ?? '', 10), listing.recordOfRow(row));
  }
});
