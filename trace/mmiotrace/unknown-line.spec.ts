import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordKind } from '../record.ts';
import { openText } from '../testing/read.ts';

const HEAD = 'VERSION 20070824\nMAP 1.000000 1 0xc0000 0xffffcd42c06e0000 0x20000 0x0 0\n';

/** Address, bytes of the instruction and nanoseconds of the line's record; undefined where it is not understood. */
async function read(line: string): Promise<readonly number[] | undefined> {
  const { store, diagnostics } = await openText(`${HEAD}${line}\n`);
  if (diagnostics.some(({ severity }) => severity === 'error')) return undefined;
  assert.equal(store.kind(1), RecordKind.unknownAccess);
  assert.ok(!store.valueKnown(1));
  return [store.offset(1), store.low(1), store.timeNs(1)];
}

test('a line is read alike whether it looks as the kernel writes it or not', async () => {
  const usual = [0xc0010, 0xf3a5f6, 8_522_870_000];
  const lines: readonly (readonly [string, readonly number[] | undefined])[] = [
    ['UNKNOWN 8.522870 3 0xc0010 f3,a5,f6 0x0 0', usual],
    ['UNKNOWN  8.522870\t3  0xc0010  f3,a5,f6', usual],
    ['UNKNOWN 8.522870 3 c0010 f3,a5,f6 0x0 0', usual],
    ['UNKNOWN 8.5228709 3 0xc0010 f3,a5,f6 0x0 0', usual],
    ['UNKNOWN 8 3 0xc0010 f3,a5,f6 0x0 0', [0xc0010, 0xf3a5f6, 8_000_000_000]],
    ['UNKNOWN 0.000000 3 0xc0010 f3,a5,f6 0x0 0', [0xc0010, 0xf3a5f6, 1_000_000_000]],
    ['UNKNOWN 8.522870 3 0xc0010 f3,a5,f6,00,11,22,33 0x0 0', [0xc0010, 0x00112233, 8_522_870_000]],
    ['UNKNOWN 8.522870 3 0xc0010', [0xc0010, 0, 8_522_870_000]],
    ['UNKNOWN 8.522870 3 0xc0010 mov 0x0 0', [0xc0010, 0, 8_522_870_000]],
    ['UNKNOWN 12345678.000000 3 0xc0010 f3 0x0 0', undefined],
    ['UNKNOWN 8.522870 3 0x1000000000000 f3 0x0 0', undefined],
    ['UNKNOWN 8.522870 x 0xc0010 f3 0x0 0', undefined],
    ['UNKNOWN 8.522870 3 0x f3 0x0 0', undefined],
    ['UNKNOWNS 8.522870 3 0xc0010 f3 0x0 0', undefined],
  ];
  for (const [line, expected] of lines) assert.deepEqual(await read(line), expected, line);
});
