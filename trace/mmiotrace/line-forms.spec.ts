import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordKind, Space } from '../record.ts';
import { openText } from '../testing/read.ts';

const { read, write, note, mapping, unknownAccess } = RecordKind;
const HEADER = [
  'VERSION 20070824',
  'PCIDEV 0010 80861912 a fd000004 0 e000000c 0 c001 0 c0002 1000000 0 10000000 0 40 0 20000 i915',
  'MAP 1.000001 1 0xfd000000 0xffffd111c1000000 0x1000000 0x0 0',
];

/** gvt-facts §13.5 and §13.7: a line, what kind of record it becomes, with its offset. */
const LINES: readonly (readonly [line: string, kind: number, offset?: number, size?: number])[] = [
  ['R 1 1.000002 1 0xfd078001 0x47 0x0 0', read, 0x78001, 1],
  ['R 2 1.000003 1 0xfd078002 0x4776 0x0 0', read, 0x78002, 2],
  ['R 4 1.000004 1 0xfd002035 0x0 0x0 0', read, 0x2035, 4],
  ['R 8 1.000005 1 0xfd078000 0x4776544776544776 0x0 0', read, 0x78000, 8],
  ['W 8 1.000006 1 0xfd800008 0x1001 0x0 0', write, 0x800008, 8],
  ['W 2 1.000007 1 0xfdfffffe 0x1 0x0 0', write, 0xfffffe, 2],
  ['UNKNOWN 1.000008 1 0xfd002030 0x66,0x0f,0x6f 0x0 0', unknownAccess, 0x2030],
  ['MARK 1.000009 loading i915', note],
  ['MARK 0.000000 Lost 12 events.', note],
  ['UNMAP 1.000010 1 0x0 0', mapping],
  // Map ids repeat: this one is another place.
  ['MAP 1.000011 1 0xe0000000 0xffffd111c1000000 0x10000000 0x0 0', mapping],
  ['W 4 1.000012 1 0xe8000000 0x5 0x0 0', write, 0x8000000, 4],
  ['R 4 1.000013 9 0xfee00300 0x5 0x0 0', unknownAccess, 0xfee00300, 4],
];

test('gvt-facts §13.5: every line of mmiotrace is read; §13.7: accesses of any size at any place', async () => {
  const { store, diagnostics } = await openText(
    `${[...HEADER, ...LINES.map(([line]) => line), 'LSPCI 00:02.0 VGA'].join('\n')}\n`,
  );
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error'),
    [],
  );
  const rows = Array.from({ length: store.length }, (_, i) => i).slice(1);
  assert.deepEqual(
    rows.map((i) => store.kind(i)),
    LINES.map(([, kind]) => kind),
  );
  LINES.forEach(([line, , offset, size], at) => {
    if (offset === undefined) return;
    assert.deepEqual([store.offset(at + 1), store.size(at + 1)], [offset, size ?? 0], line);
  });
  const aperture = rows.filter((i) => store.space(i) === Space.aperture && store.kind(i) === write);
  assert.equal(aperture.length, 1, 'the second mapping is BAR2');
});
