import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { openTrace } from '../../trace/index.ts';
import { TraceDocument } from '../document.ts';
import type { TraceIndex } from './trace-index.ts';

const samples = new URL('../../samples/', import.meta.url);

function documentOf(text: string): TraceDocument {
  return new TraceDocument('file:///t.vgpu', 'vgpu', 1, text);
}

/** All that an index knows, as plain data. */
function stateOf(index: TraceIndex) {
  const { columns, device, tables, format, labels } = index;
  const lines = Array.from({ length: columns.length }, (_, line) => columns.at(line));
  const problems = index.problems(10_000);
  return { format, lines, device, labels, tables: tables.id, problems };
}

const LINES = [
  'R 4 044200 80000000',
  'W 4 002230 37fe651d',
  'W64 ggtt[0x04000000] 0x01234001',
  'W32 RCS0.RING_TAIL 0x40 // comment',
  'R32 NO_SUCH = 1',
  '## platform: skl',
  '## pci: 8086:1932 rev 06',
  '## platform: xyz',
  '## nonsense: 1',
  'T 0.5',
  'T 0.25',
  '# 12.469571 text',
  '# a note',
  'M 1000 00112233',
  'M 1000 0',
  'IRQ msi fee01004 0026',
  'CMD rcs0 ring@0 04000001',
  '',
  '  // äöü 😀',
  'mark here',
  'expect RCS0.RING_HEAD == 0x40',
  'expect nothing of',
  'expect 2 commands RCS0:MI_*',
  'W 3 x',
  'W64 VCS1.RING_TAIL 1',
  'label ring 0x4000000',
  'label ring 0x5000000',
  'label tail ring+0x40 // behind',
  'label rcs0 1',
  'label face 1',
  'W64 ggtt[ring+0x1000] tail',
  'AW32 tail+4 ring',
  'M ring+0x10 00112233',
  'expect mem32[tail] == ring',
  'expect memory ggtt:ring 00',
];
const anyLine = fc.oneof(fc.constantFrom(...LINES), fc.string({ maxLength: 12 }));
const anyEnd = fc.constantFrom('\n', '\n', '\r\n', '\r');
const anyText = fc
  .array(fc.tuple(anyLine, anyEnd), { maxLength: 12 })
  .map((parts) => parts.flat().join(''));
const anyEdit = fc.record({
  from: fc.tuple(fc.nat({ max: 15 }), fc.nat({ max: 30 })),
  to: fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 30 })),
  text: fc.oneof(anyText, fc.constantFrom('', '\n', '\r', ' ', '#', '/', 'W', '0'), anyLine),
});

test('after any edits the index is that of the text read anew', () => {
  fc.assert(
    fc.property(anyText, fc.array(anyEdit, { minLength: 1, maxLength: 8 }), (text, edits) => {
      const document = documentOf(text);
      assert.ok(document.index);
      for (const [number, { from, to, text: added }] of edits.entries()) {
        const start = { line: from[0], character: from[1] };
        const end = { line: from[0] + to[0], character: to[1] };
        document.update([{ range: { start, end }, text: added }], number + 2);
        const fresh = documentOf(document.getText());
        assert.deepEqual(stateOf(document.index), stateOf(fresh.index));
        assert.equal(document.index.columns.length, document.lineCount);
      }
    }),
    { numRuns: 300 },
  );
});

for (const name of readdirSync(samples).filter((each) => /\.vgpu(\.gz)?$/.test(each))) {
  test(`${name}: the index has the records that the reader of files finds, and says the same`, async () => {
    const packed = readFileSync(new URL(name, samples));
    const bytes = name.endsWith('.gz') ? gunzipSync(packed) : packed;
    const part = bytes.subarray(0, bytes.lastIndexOf(10, 2_000_000) + 1);
    const document = documentOf(part.toString('utf8'));
    const { columns, tables, device } = document.index;
    const trace = await openTrace([part], { registers: tables.resolver });
    assert.equal(document.derived.records.length, trace.store.length);
    for (let record = 0; record < trace.store.length; record++) {
      const line = document.derived.records.lineOf(record);
      if (line + 1 !== trace.store.line(record)) assert.fail(`record ${record} is on line ${line}`);
    }
    assert.equal(device.platform, trace.device.platform);
    assert.deepEqual(document.index.problems(1001), trace.diagnostics);
    const last = trace.store.length - 1;
    const upToLast = columns.micros.subarray(0, trace.store.line(last));
    assert.equal(latest(upToLast), trace.store.timeNs(last) / 1000);
  });
}

/** The latest time that a line sets. */
function latest(column: Float64Array): number {
  return column.reduce((sofar, each) => (each > sofar ? each : sofar), 0);
}
