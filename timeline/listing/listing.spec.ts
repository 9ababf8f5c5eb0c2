import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RecordKind, Space } from '../../trace/index.ts';
import {
  draw,
  fill,
  memory,
  note,
  read,
  repeat,
  type SampleRecord,
  sourceOf,
  write,
} from '../fold/testing/records.ts';
import { sampleDirectory } from '../patterns/testing/directory.ts';
import { HEADER_LINES, type ListingDocument, WINDOW_ROWS } from './document.ts';
import { createListing, type Listing } from './listing.ts';

const WINDOW: ListingDocument = { kind: 'window', n: 0 };

function listingOf(records: readonly SampleRecord[]): Listing {
  return createListing(sourceOf(records), sampleDirectory);
}

/** The rows without record number, time and the blanks that align columns. */
function rows(records: readonly SampleRecord[]): readonly string[] {
  const lines = listingOf(records).windowText(0).trimEnd().split('\n');
  return lines
    .slice(HEADER_LINES, -1)
    .map((line) => line.replace(/^ *\d+ +[\d.]+ +/, '').replace(/ {2,}/g, ' '));
}

test('offsets beyond BAR0 are neither registers nor entries, and are not shortened to such', () => {
  assert.deepEqual(
    rows([
      write(0xfffffffffff0, 0x1),
      write(0x10000000203c, 0x3001),
      read(0x203c, 0x3001),
      write(0x203c, 0x3001),
    ]),
    [
      'W32 mmio 0xfffffffffff0 0x00000001',
      'W32 mmio 0x10000000203c 0x00003001',
      'R32 RCS0.RING_CTL 0x00003001 enable=enabled, bufferLength=0x3000',
      'W32 RCS0.RING_CTL 0x00003001 unchanged',
    ],
  );
});

test('an access of the GGTT that is no entry and no half of one says where it begins', () => {
  const at = (offset: number, size: number) => ({ ...write(offset, 1), size });
  const all = [at(0x800008, 8), at(0x80000c, 4), at(0x80000c, 8), at(0x80000a, 2)];
  const names = all.flatMap((record) => rows([record]));
  assert.deepEqual(
    names.map((row) => row.split(' ').slice(0, 2).join(' ')),
    [
      'W64 ggtt[0x00001000]',
      'W32 ggtt[0x00001000].high',
      'W64 ggtt[0x00001000]+4',
      'W16 ggtt[0x00001000]+2',
    ],
  );
});

test('accesses are shown with name, value and fields', () => {
  assert.deepEqual(
    rows([
      read(0x203c, 0x3001),
      write(0x203c, 0x1000),
      write(0x203c, 0x1000),
      write(0x2030, 0x40),
      write(0x2030, 0x48),
      read(0x78004, 5),
      read(0x77777c, 5),
    ]),
    [
      'R32 RCS0.RING_CTL 0x00003001 enable=enabled, bufferLength=0x3000',
      'W32 RCS0.RING_CTL 0x00001000 enable enabled→disabled, bufferLength 0x3000→0x1000',
      'W32 RCS0.RING_CTL 0x00001000 unchanged',
      'W32 RCS0.RING_TAIL 0x00000040',
      'W32 RCS0.RING_TAIL 0x00000048 was 0x00000040',
      'R32 VGT_MAGIC[1] 0x00000005',
      'R32 mmio 0x77777c 0x00000005',
    ],
  );
});

test('a masked register changes only in the bits that the upper half selects', () => {
  assert.deepEqual(
    rows([write(0x229c, 0x80008000), write(0x229c, 0x02000200), write(0x229c, 0x80000000)]),
    [
      'W32 RCS0.RING_MODE 0x80008000 runListEnable=1',
      'W32 RCS0.RING_MODE 0x02000200 ppgttEnable=1',
      'W32 RCS0.RING_MODE 0x80000000 runListEnable 1→0',
    ],
  );
});

test('writing ones to clear says what is cleared', () => {
  assert.deepEqual(rows([write(0x44408, 1), read(0x44408, 9), write(0x44408, 8)]), [
    'W32 GEN8_DE_PIPE_IIR_A 0x00000001 clears vblank',
    'R32 GEN8_DE_PIPE_IIR_A 0x00000009 vblank, flipDone',
    'W32 GEN8_DE_PIPE_IIR_A 0x00000008 flipDone 1→0',
  ]);
});

test('an answer that was not recorded is no zero', () => {
  assert.deepEqual(rows([{ ...read(0x2030), known: false }, write(0x2030, 1)]), [
    'R32 RCS0.RING_TAIL ? answer not recorded',
    'W32 RCS0.RING_TAIL 0x00000001',
  ]);
});

test('page-table entries, the aperture and configuration registers have their own form', () => {
  const config = { kind: RecordKind.write, space: Space.config, offset: 0x04, size: 2, low: 0x506 };
  assert.deepEqual(
    rows([
      ...fill(0x1000, 2, 0x29cb001),
      write(0x800010, 0),
      { ...write(0x800018, 0x2001), size: 8, high: 1 },
      draw(0x4000, 7),
      { ...config, kind: RecordKind.read, low: 0x106 },
      config,
      { ...config, offset: 0x0d, size: 1, low: 0 },
      { ...config, offset: 0x0d, size: 1, low: 0x40 },
    ]).slice(-5),
    [
      'W32 aperture 0x00004000 0x00000007',
      'R16 config 0x04 COMMAND 0x0106 memorySpace, busMaster, serrEnable',
      'W16 config 0x04 COMMAND 0x0506 interruptDisable 0→1',
      'W8 config 0x0d LATENCY_TIMER 0x00',
      'W8 config 0x0d LATENCY_TIMER 0x40 was 0x00',
    ],
  );
  assert.deepEqual(rows([write(0x800008, 0x29cb001), write(0x80000c, 1), write(0x800008, 0)]), [
    'W32 ggtt[0x00001000].low 0x029cb001 → 0x029cb000',
    'W32 ggtt[0x00001000].high 0x00000001 frame bits 45:32 = 0x1',
    'W32 ggtt[0x00001000].low 0x00000000 not present',
  ]);
});

test('folds say how many accesses of what they are', () => {
  assert.deepEqual(
    rows([
      ...fill(0x1000, 8),
      ...repeat(5, draw(0x4000)),
      ...[0, 0, 0, 1].map((low) => read(0x44200, low)),
      ...repeat(2, read(0xc501c)),
      ...repeat(3, write(0xc501c)),
    ]),
    [
      '▸ W32 ggtt[0x00001000–0x00004000] ×8 page table fill: 4 entries, all → 0x00001000, 7 µs',
      '▸ W32 aperture 0x00004000–0x00004000 ×5 drawing through the aperture: all 0x00000000, 4 µs',
      '▸ R32 GEN8_MASTER_IRQ ×4 poll: 0x00000000 until 0x00000001, 3 µs',
      '▸ R/W GPIO_CTL_D ×5 bit-banging: 2 reads, 3 writes, 4 µs',
    ],
  );
});

test('notes, memory and what the device did stand between the accesses', () => {
  assert.deepEqual(
    rows([
      note('1.0 DMESG [ 64.8] i915: hello'),
      note('1.0 GDRST 00000001'),
      memory(0x1000),
      memory(0x1040),
      memory(0x5000),
      write(0x2230),
      { kind: RecordKind.interrupt, text: 'msi fee01004 0026' },
      { kind: RecordKind.command, text: 'rcs0 ring@00000 04000001' },
      { kind: RecordKind.commandWrite, text: 'rcs0', offset: 0x2090, low: 3 },
      { kind: RecordKind.deviceWrite, space: Space.ggtt, offset: 0x40, low: 1 },
    ]),
    [
      '# dmesg: [ 64.8] i915: hello',
      '# GDRST 00000001',
      'memory 0x00001000 and on: 192 bytes shown in 2 pages',
      'W32 RCS0.ELSP 0x00000000',
      '↳ interrupt MSI, address 0xfee01004, data 0x0026',
      '↳ command rcs0 ring@00000 04000001',
      '↳ command on rcs0 wrote _3D_CHICKEN3 = 0x00000003',
      '↳ device wrote ggtt 0x00000040 = 0x00000001',
    ],
  );
});

test('the function that made an access ends its line; accessors that all share are passed over', () => {
  const stack = ['vgpu_read32', 'intel_read_rawclk.isra.0', 'i915_driver_probe'];
  assert.match(rows([{ ...read(0x2030), stack }])[0] ?? '', / @ intel_read_rawclk$/);
  const poll = (first: string) => ({ ...read(0x2030), stack: [first, 'wait_for_idle', 'probe'] });
  const run = [poll('get_a'), poll('get_b'), poll('get_a'), poll('get_b')];
  assert.match(rows(run)[0] ?? '', / @ wait_for_idle$/);
});

test('long recordings are cut into windows, and long runs too', () => {
  const many = Array.from({ length: WINDOW_ROWS + 10 }, (_, at) => write(0x2030, at));
  const listing = listingOf(many);
  assert.equal(listing.windows, 2);
  assert.match(listing.windowText(0), /part 1 of 2[\s\S]*\/\/ Goes on in part 2\.\n$/);
  assert.equal(listing.windowText(1).trimEnd().split('\n').length, HEADER_LINES + 10 + 1);
  assert.match(listing.windowText(1), /0x0000c350 was 0x0000c34f/);
  assert.deepEqual(listing.locate(WINDOW_ROWS + 3), {
    document: { kind: 'window', n: 1 },
    line: HEADER_LINES + 3,
  });
  const run = listingOf(repeat(WINDOW_ROWS + 10, draw(0)));
  assert.equal(run.runPages(0), 2);
  assert.match(run.runText(0, 1), /part 2 of 2/);
  assert.deepEqual(run.locateInRun(WINDOW_ROWS), {
    document: { kind: 'run', first: 0, n: 1 },
    line: HEADER_LINES,
  });
});

test('windows come out the same in whatever order they are asked for', () => {
  const records = Array.from({ length: WINDOW_ROWS + 50 }, (_, at) => write(0x2030, at * 3));
  const listing = listingOf(records);
  const last = listing.windowText(1);
  const first = listing.windowText(0);
  assert.equal(listing.windowText(1), last);
  assert.equal(listingOf(records).windowText(0), first);
});

test('an empty recording and pages that are not there are documents too', () => {
  const empty = listingOf([]);
  assert.equal(empty.windows, 1);
  assert.match(empty.windowText(0), /0 records in 0 rows/);
  assert.equal(empty.recordAt(WINDOW, HEADER_LINES), undefined);
  assert.equal(empty.stopAt(WINDOW, 0), undefined);
  assert.match(empty.runText(3), /No run of accesses begins at record 3/);
  assert.match(listingOf(fill(0, 6)).windowText(7), /There is no part 8/);
});

test('a breakpoint on a comment slides to the next access', () => {
  const listing = listingOf([note('a'), memory(0), write(0x2030), note('b')]);
  assert.equal(listing.stopAt(WINDOW, 0), 2);
  assert.equal(listing.stopAt(WINDOW, HEADER_LINES + 1), 2);
  assert.equal(listing.stopAt(WINDOW, HEADER_LINES + 3), undefined);
});

const anyRecord = fc.constantFrom(
  ...[read(0x44200), write(0x2030), read(0xc501c), draw(0), memory(0), note('x'), ...fill(0, 2)],
);

test('every line of a page stands for one record, and the text has just these lines', () => {
  const parts = fc.array(fc.tuple(anyRecord, fc.integer({ min: 1, max: 7 })), { maxLength: 20 });
  fc.assert(
    fc.property(parts, (list) => {
      const records = list.flatMap(([record, count]) => repeat(count, record));
      const listing = listingOf(records);
      const lines = listing.windowText(0).split('\n');
      assert.equal(lines.length, HEADER_LINES + listing.rows + 2);
      for (let row = 0; row < listing.rows; row++) {
        const record = listing.recordOfRow(row);
        assert.equal(listing.rowOfRecord(record), row);
        const place = listing.locate(record);
        assert.equal(listing.recordAt(place.document, place.line), record);
        assert.match(lines[place.line] ?? '', new RegExp(`^ *${record} `));
      }
      for (let record = 0; record < records.length; record++) {
        const inRun = listing.locateInRun(record);
        if (inRun) assert.equal(listing.recordAt(inRun.document, inRun.line), record);
      }
    }),
  );
});
