import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openText } from '../testing/read.ts';

/** The message for a wrong line that stands between two right ones. */
async function problem(line: string): Promise<string> {
  const trace = await openText(`T 0\nW 4 0 0\n${line}\nW 4 4 0\n`);
  assert.equal(trace.store.length, 2, `${line} must not become a record`);
  const [only, ...more] = trace.diagnostics;
  assert.deepEqual(more, []);
  assert.equal(only?.line, 3);
  return only?.message ?? '';
}

test('each mistake gets a sentence that names it, and the lines around it load', async () => {
  const mistakes: readonly (readonly [string, RegExp])[] = [
    ['W 4 002230', /A write needs a value/],
    ['W 3 002230 0', /“3” is no access size/],
    ['W 1 002230 1ff', /does not fit into an access of 1 byte/],
    ['W 4 zz 0', /“zz” is no offset/],
    ['W 4 0 0 0', /was not expected after the value/],
    ['W32 RCS0.NOPE 1', /no register named “RCS0.NOPE”/],
    ['W32 0x10 0z', /“0z” is no value/],
    ['W32 0x10 zz', /no label named “zz” above this line/],
    ['W32 zz 1', /no register or label named “zz”/],
    ['CW32 COMMAND 1', /names stand for BAR0 registers/],
    ['CW 4 ffe 0', /outside PCI configuration space/],
    ['W32 ggtt[0x100000000] 1', /no graphics address below 4 GiB/],
    ['W 4 1000000000000 0', /is no offset/],
    ['W 4 100000000000000000000000000078000 0', /is no offset/],
    ['M 1000 abc', /expected: M ADDRESS BYTES/],
    [`M 1000 ${'00'.repeat(4097)}`, /expected: M ADDRESS BYTES/],
    ['IRQ nmi 0 0', /expected: IRQ msi/],
    ['T yesterday', /expected: T SECONDS/],
    ['DW 4 vram:0 0', /expected: DW/],
    ['## bars: 9=0/1M', /header bars is not understood/],
    ['## platfrom: skl', /no header “platfrom”; known are title, platform/],
    ['## monitor: hdmi port=B edid=00ff', /header monitor is not understood/],
    ['hello', /“hello” is no line of a trace/],
    ['X\u0007Y', /“X·Y” is no line/],
  ];
  for (const [line, expected] of mistakes) assert.match(await problem(line), expected, line);
});

test('a time that runs back is reported and the later one kept', async () => {
  const { store, diagnostics } = await openText('T 5\nW 4 0 0\nT 4\nW 4 0 0\nT 9999999\nW 4 0 0\n');
  assert.deepEqual(
    diagnostics.map(({ line, severity }) => [line, severity]),
    [
      [3, 'warning'],
      [5, 'warning'],
    ],
  );
  assert.equal(store.timeNs(2), 5e9);
});

test('without register names a named line says what to write instead', async () => {
  const trace = await openText('W32 RCS0.RING_TAIL 1\nW32 0x2030 1\n', {});
  assert.equal(trace.store.length, 1);
  assert.match(trace.diagnostics[0]?.message ?? '', /write the offset, as in 0x44200/);
});
