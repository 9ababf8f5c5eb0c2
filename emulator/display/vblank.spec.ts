import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RegisterRow } from '../mmio/register-row.ts';
import { play } from '../testing/play.ts';
import { type TestCore, testCore } from '../testing/test-core.ts';
import { testVgpu } from '../testing/test-vgpu.ts';
import { gvtMonitor } from './edid/gvt-monitor.ts';
import { refreshPeriod } from './refresh-rate.ts';

const STORED: readonly RegisterRow[] = [
  0x60000, 0x60004, 0x60008, 0x6000c, 0x60010, 0x60014, 0x60040, 0x60044, 0x60400, 0x6c040, 0x6c044,
  0x6c058, 0x6c05c, 0x6f400, 0x70044, 0x70180, 0x701ac, 0x70280, 0x702ac, 0x71180, 0x711ac, 0x46020,
  0x46040, 0x46060, 0x46100, 0x46104,
].map((offset) => ({ name: `reg_${offset.toString(16)}`, offset }));

const ROWS: readonly RegisterRow[] = [
  ...STORED,
  ...[0x70000, 0x71000, 0x72000].flatMap((base): RegisterRow[] => [
    { name: `PIPEDSL_${base.toString(16)}`, offset: base, access: 'ro', onRead: 'scan-line' },
    { name: `PIPECONF_${base.toString(16)}`, offset: base + 8, onWrite: 'pipe-config' },
    { name: `FRMCOUNT_${base.toString(16)}`, offset: base + 0x40, onRead: 'frame-counter' },
    { name: `PLANE1_SURF_${base.toString(16)}`, offset: base + 0x19c, onWrite: 'plane-surface' },
    { name: `PLANE2_SURF_${base.toString(16)}`, offset: base + 0x29c, onWrite: 'plane-surface' },
  ]),
  { name: 'PIPECONF_EDP', offset: 0x7f008, onWrite: 'pipe-config' },
  { name: 'FLIP_PLANE1_A', offset: 0x50080, onWrite: 'plane-surface' },
  { name: 'FLIP_PLANE2_B', offset: 0x50098, onWrite: 'plane-surface' },
  { name: 'DE_PIPE_A', offset: 0x44400, count: 4 },
  { name: 'DE_PIPE_B', offset: 0x44410, count: 4 },
];

const MS = 1e6;
/** 60.000 Hz. */
const FRAME = 16_666_667;

/** The mode of a recording: 1024 x 768 over HDMI on port B, DPLL 1 at five times 65 MHz. */
const HDMI_MODE = `
  W 6c058 00000845
  W 6c040 802aab7b
  W 6c044 000007a4
  W 6c05c 00060018
  W 60000 053f03ff
  W 6000c 032502ff
  W 60010 032502ff
  W 60400 91000000`;

function names(device: TestCore): string[] {
  return device.interrupts.map((event) => event.name);
}

test('§9 a pipe is active as soon as it is enabled, and counts frames until it is disabled', () => {
  const device = testCore(ROWS);
  play(
    device,
    `W 70008 00000000
     R 70008 00000000
     W 70008 80000000
     R 70008 c0000000
     R 70040 00000000`,
  );
  device.advanceTo(FRAME - 1);
  assert.equal(device.r(0x70040), 0);
  device.advanceTo(1000 * MS);
  assert.equal(device.r(0x70040), 59);
  device.w(0x70008, 0x40000000);
  assert.equal(device.r(0x70008), 0);
  device.advanceTo(2000 * MS);
  assert.equal(device.r(0x70040), 59);
  assert.deepEqual(device.core.state.alarms, []);
});

test('§9 every vblank is an event of its own pipe', () => {
  const device = testCore(ROWS);
  device.w(0x71008, 0x80000000);
  device.advanceTo(FRAME * 2);
  assert.deepEqual(names(device), ['pipe B vblank', 'pipe B vblank']);
  assert.equal(device.r(0x44418), 1);
  assert.equal(device.r(0x71040), 2);
  assert.equal(device.r(0x70040), 0);
});

test('§9 enabling a pipe that runs does not move its next vblank', () => {
  const device = testCore(ROWS);
  device.w(0x70008, 0x80000000);
  device.advanceTo(10 * MS);
  device.w(0x70008, 0x80000000);
  device.advanceTo(FRAME);
  assert.equal(device.r(0x70040), 1);
  assert.equal(device.core.state.alarms.length, 1);
});

test('§9 the refresh rate of an HDMI mode follows from the PLL and the totals', () => {
  const device = testCore(ROWS);
  play(device, HDMI_MODE);
  const hertz = 65e6 / (1344 * 806);
  assert.ok(Math.abs(1e9 / refreshPeriod(device.core, 0x60000) - hertz) < 0.001);
});

test('§9 the refresh rate of a DisplayPort mode follows from the link and the totals', () => {
  const device = testCore(ROWS);
  play(
    device,
    `W 6c058 00000007  1620 MHz
     W 6c05c 00000200
     W 60040 0003cd6e
     W 60044 00080000
     W 60000 081f077f  2080 x 1235
     W 6000c 04d204af
     W 60400 b2000000`,
  );
  const hertz = 154e6 / (2080 * 1235);
  assert.ok(Math.abs(1e9 / refreshPeriod(device.core, 0x60000) - hertz) < 0.001);
});

test('§9 Broadwell takes the DisplayPort link rate from PORT_CLK_SEL', () => {
  const device = testCore(ROWS, {}, 'bdw');
  play(
    device,
    `W 46100 20000000  1350 MHz
     W 60040 00080000
     W 60044 00080000
     W 60000 0bb70000  3000 x 1500
     W 6000c 05db0000
     W 60400 82000000`,
  );
  assert.equal(refreshPeriod(device.core, 0x60000), Math.round(1e9 / 60));
  device.w(0x60040, 0x40000);
  assert.equal(refreshPeriod(device.core, 0x60000), Math.round(1e9 / 30));
});

test('§9 Broadwell’s SPLL gives a link rate too', () => {
  const device = testCore(ROWS, {}, 'bdw');
  play(
    device,
    `W 46020 84000000  1350 MHz
     W 46100 60000000
     W 60040 00080000
     W 60044 00080000
     W 60000 0bb70000  3000 x 1500
     W 6000c 05db0000
     W 60400 82000000`,
  );
  assert.equal(refreshPeriod(device.core, 0x60000), Math.round(1e9 / 60));
});

test('§9 Broadwell’s WRPLL gives HDMI its pixel clock: 1024 x 768 as a driver sets it', () => {
  const device = testCore(ROWS, {}, 'bdw');
  play(
    device,
    `W 46040 b0200e13  2700 MHz * 32 / (14 * 19) / 5 = 64.96 MHz
     W 46104 80000000  WRPLL 1
     W 60000 053f03ff
     W 6000c 032502ff
     W 60400 91000000`,
  );
  const hertz = 64.9624e6 / (1344 * 806);
  assert.ok(Math.abs(1e9 / refreshPeriod(device.core, 0x60000) - hertz) < 0.001);
  device.w(0x46104, 0xa0000000);
  assert.equal(refreshPeriod(device.core, 0x60000), FRAME, 'WRPLL 2 is off: 60 Hz');
});

test('§9 whatever the timing registers hold, a frame lasts between a millisecond and a second', () => {
  const timings = [0x60000, 0x6000c, 0x60040, 0x60044, 0x60400];
  const skylake = [...timings, 0x6c040, 0x6c044, 0x6c058, 0x6c05c];
  const broadwell = [...timings, 0x46020, 0x46040, 0x46060, 0x46104];
  const word = fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(0, 0xffffffff));
  fc.assert(
    fc.property(fc.array(word, { minLength: 9, maxLength: 9 }), (values) => {
      for (const [platform, offsets] of [
        ['skl', skylake],
        ['bdw', broadwell],
      ] as const) {
        const { core, w } = testCore(ROWS, {}, platform);
        for (const [i, offset] of offsets.entries()) w(offset, values[i] ?? 0);
        const period = refreshPeriod(core, 0x60000);
        assert.ok(Number.isSafeInteger(period) && period >= MS && period <= 1000 * MS);
      }
    }),
    { numRuns: 60 },
  );
});

test('§9 the scan line of the pipe that runs at power-on moves, though its timings are not programmed', () => {
  const { vgpu, r } = testVgpu({ monitor: gvtMonitor('skl') });
  const seen = new Set<number>();
  for (let step = 0; step < 20; step++) {
    vgpu.advanceTo(vgpu.now + 1e6);
    seen.add(r(0x70000));
  }
  assert.ok(seen.size > 10, `${seen.size} lines in 20 ms`);
  assert.ok(Math.max(...seen) < 1235, 'of GVT-g’s 1920 by 1200');
});

test('§9 the scan line runs from the start of blanking through the frame', () => {
  const device = testCore(ROWS);
  play(device, HDMI_MODE);
  assert.equal(device.r(0x70000), 0);
  device.w(0x70008, 0x80000000);
  assert.equal(device.r(0x70000), 768);
  const period = refreshPeriod(device.core, 0x60000);
  device.advanceTo(Math.ceil((period * 38) / 806));
  assert.equal(device.r(0x70000), 0, 'the 38 lines of blanking are over');
  device.advanceTo(Math.ceil((period * (38 + 500)) / 806));
  assert.equal(device.r(0x70000), 500);
  device.advanceTo(period);
  assert.equal(device.r(0x70000), 768);
});

test('§9 the eDP transcoder makes its pipe tick', () => {
  const device = testCore(ROWS);
  device.w(0x6f400, 0x80005000);
  device.w(0x7f008, 0x80000000);
  assert.equal(device.r(0x7f008), 0xc0000000);
  device.advanceTo(FRAME);
  assert.deepEqual(names(device), ['pipe B vblank']);
  device.w(0x7f008, 0);
  assert.deepEqual(device.core.state.alarms, []);
});

test('§9 a flip shows its surface at once and is done with the next vblank', () => {
  const device = testCore(ROWS);
  device.w(0x70008, 0x80000000);
  device.w(0x7019c, 0x04340000);
  assert.equal(device.r(0x701ac), 0x04340000);
  assert.equal(device.r(0x70044), 1);
  device.w(0x7029c, 0x04640000);
  device.w(0x7029c, 0x04650000);
  assert.equal(device.r(0x702ac), 0x04650000);
  assert.equal(device.r(0x70044), 1, 'flips of the primary plane only, as in the real GVT-g');
  assert.deepEqual(names(device), []);
  device.advanceTo(FRAME * 2);
  assert.deepEqual(names(device), [
    'pipe A plane 1 flip done',
    'pipe A plane 2 flip done',
    'pipe A vblank',
    'pipe A vblank',
  ]);
});

test('§9 an asynchronous flip is done at once', () => {
  const device = testCore(ROWS);
  device.w(0x70180, 0x80000200);
  device.w(0x7019c, 0x1000);
  assert.deepEqual(names(device), ['pipe A plane 1 flip done']);
  assert.deepEqual(device.core.state.display.pendingFlips, []);
});

test('§9 flips through the older registers do the same', () => {
  const device = testCore(ROWS);
  device.w(0x50080, 0x1000);
  assert.equal(device.r(0x701ac), 0x1000);
  device.w(0x50098, 0x2000);
  assert.equal(device.core.registers.get(0x712ac), 0x2000);
  assert.deepEqual(
    device.core.state.display.pendingFlips.map((flip) => flip.event),
    ['pipe-a-plane1-flip', 'pipe-b-plane2-flip'],
  );
});

test('§9 each flip register has its pipe and plane, and each of those its event', () => {
  const LEGACY = [0x50080, 0x50090, 0x50088, 0x50098, 0x5008c, 0x5009c];
  const EVENTS = ['a', 'b', 'c'].flatMap((pipe) =>
    [1, 2].map((plane) => `pipe-${pipe}-plane${plane}-flip`),
  );
  const { vgpu, w } = testVgpu();
  const flipped = (offset: number) => {
    vgpu.core.state.display.pendingFlips = [];
    w(offset, 0x1000);
    return vgpu.core.state.display.pendingFlips.map(({ event }) => event);
  };
  assert.deepEqual(LEGACY.flatMap(flipped), EVENTS);
  const surfaces = [0x7019c, 0x7029c, 0x7119c, 0x7129c, 0x7219c, 0x7229c];
  assert.deepEqual(surfaces.flatMap(flipped), EVENTS);
});

test('§9 the flip of a pipe that is off is lost, and that of another pipe waits for its own vblank', () => {
  const device = testCore(ROWS);
  device.w(0x70008, 0x80000000);
  device.advanceTo(5 * MS);
  device.w(0x71008, 0x80000000);
  device.w(0x7119c, 0x1000);
  device.w(0x7219c, 0x1000);
  device.advanceTo(FRAME);
  assert.deepEqual(names(device), ['pipe A vblank']);
  assert.deepEqual(
    device.faults.filter(({ check }) => check === 'flip-lost').map(({ message }) => message),
    ['pipe-c-plane1-flip: the pipe is off'],
  );
  device.advanceTo(FRAME + 5 * MS);
  assert.deepEqual(names(device).slice(1), ['pipe B plane 1 flip done', 'pipe B vblank']);
});
