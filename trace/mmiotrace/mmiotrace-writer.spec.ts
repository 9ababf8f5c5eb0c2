import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAccess, RecordKind, Space } from '../record.ts';
import { openText } from '../testing/read.ts';
import { MmiotraceWriter } from './mmiotrace-writer.ts';

const TEXT = [
  '## pci: 8086:1916 rev 07',
  '## bars: 0=fd000000/16M 2=e0000000/256M',
  'T 0.5',
  'R 4 002030 00000040',
  'W 8 800008 0000000101234001',
  'AW 2 04000000 beef',
  '# loaded',
  'T 1.000001',
  'R 1 078008 01',
  'R 4 002034',
  'CR 4 00 19168086',
  'M 1000 00112233',
  '',
].join('\n');

test('what is written is read as the same accesses, and what has no line is told', async () => {
  const { store, device } = await openText(TEXT);
  let text = '';
  const writer = new MmiotraceWriter(device, (line) => {
    text += line;
  });
  const written = Array.from({ length: store.length }, (_, i) => writer.record(store, i));
  assert.deepEqual(written, [true, true, true, true, true, false, false, false]);
  const again = await openText(text);
  assert.equal(again.format?.id, 'mmiotrace');
  assert.deepEqual(again.diagnostics, []);
  assert.equal(again.device.deviceId, 0x1916);
  const rows = (of: typeof store) =>
    Array.from({ length: of.length }, (_, i) => i)
      .filter((i) => isAccess(of.kind(i)) && of.space(i) !== Space.config && of.valueKnown(i))
      .map((i) => [
        of.kind(i),
        of.space(i),
        of.size(i),
        of.offset(i),
        of.low(i),
        of.high(i),
        of.timeNs(i),
      ]);
  assert.equal(rows(store).length, 4);
  assert.deepEqual(rows(again.store), rows(store));
  const notes = Array.from({ length: again.store.length }, (_, i) => i).filter(
    (i) => again.store.kind(i) === RecordKind.note,
  );
  assert.deepEqual(
    notes.map((i) => again.store.text(i)),
    ['loaded'],
  );
});
