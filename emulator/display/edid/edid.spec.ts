import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cvtTiming } from './cvt-timing.ts';
import { GVT_RESOLUTIONS, gvtMonitor } from './gvt-monitor.ts';
import { makeEdid } from './make-edid.ts';

/** The preferred timing as a driver decodes it. */
function preferred(edid: Uint8Array) {
  const at = (index: number) => edid[54 + index] ?? 0;
  const width = at(2) | ((at(4) >> 4) << 8);
  const height = at(5) | ((at(7) >> 4) << 8);
  return {
    clockKhz: (at(0) | (at(1) << 8)) * 10,
    width,
    height,
    widthTotal: width + (at(3) | ((at(4) & 15) << 8)),
    heightTotal: height + (at(6) | ((at(7) & 15) << 8)),
    front: at(8) | ((at(11) >> 6) << 8),
    sync: at(9) | (((at(11) >> 4) & 3) << 8),
    lines: [(at(10) >> 4) | (((at(11) >> 2) & 3) << 4), (at(10) & 15) | ((at(11) & 3) << 4)],
  };
}

function isValid(edid: Uint8Array): boolean {
  const header = [0, 255, 255, 255, 255, 255, 255, 0];
  return (
    edid.length === 128 &&
    header.every((byte, index) => edid[index] === byte) &&
    edid.reduce((sum, byte) => sum + byte, 0) % 256 === 0
  );
}

test('§9 two built-in EDIDs of 128 bytes, 1024×768 and 1920×1200 with a clock of 154 MHz', () => {
  assert.deepEqual(GVT_RESOLUTIONS, [
    { width: 1024, height: 768 },
    { width: 1920, height: 1200 },
  ]);
  const [small, large] = GVT_RESOLUTIONS.map(({ width, height }) => {
    const { edid } = gvtMonitor('skl', width, height);
    assert.ok(isValid(edid));
    return preferred(edid);
  });
  assert.deepEqual([small?.width, small?.height, small?.clockKhz], [1024, 768, 65_000]);
  assert.deepEqual([large?.width, large?.height, large?.clockKhz], [1920, 1200, 154_000]);
  assert.deepEqual([large?.widthTotal, large?.heightTotal], [2080, 1235]);
});

test('§9 a DisplayPort monitor on port D of Skylake and Kaby Lake, on port B of Broadwell', () => {
  const monitors = (['skl', 'kbl', 'bdw'] as const).map((platform) => gvtMonitor(platform));
  assert.deepEqual(
    monitors.map(({ connection, port }) => [connection, port]),
    [
      ['dp', 'D'],
      ['dp', 'D'],
      ['dp', 'B'],
    ],
  );
});

test('gvt-facts §9: any size gives a valid EDID that says this size', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 80, max: 480 }),
      fc.integer({ min: 480, max: 2400 }),
      (cells, height) => {
        const { edid } = gvtMonitor('skl', cells * 8, height);
        assert.ok(isValid(edid));
        const timing = preferred(edid);
        assert.deepEqual([timing.width, timing.height], [cells * 8, height]);
        // Clocks come in steps of 250 kHz.
        const wanted = (60 * timing.widthTotal * timing.heightTotal) / 1000;
        assert.ok(timing.clockKhz <= wanted && timing.clockKhz > wanted - 250);
        assert.ok(timing.front > 0 && timing.sync > 0 && timing.lines.every((lines) => lines > 0));
      },
    ),
  );
});

test('a size that no EDID can say is refused', () => {
  assert.throws(() => gvtMonitor('skl', 8192, 4320), /No EDID can describe 8192 by 4320/);
});

test('established timings are those that the monitor can show; the name ends with a line feed', () => {
  const edid = makeEdid({ timing: cvtTiming(800, 600), name: 'Small', connection: 'hdmi' });
  assert.deepEqual([...edid.subarray(35, 38)], [0x21, 0, 0]);
  assert.equal(Buffer.from(edid.subarray(72, 90)).toString('latin1'), '\0\0\0\xfc\0Small\n       ');
  assert.equal(edid[20], 0xa2);
});
