import assert from 'node:assert/strict';
import { test } from 'node:test';
import { play } from '../testing/play.ts';
import { type TestVgpu, testBroadwell, testVgpu } from '../testing/test-vgpu.ts';
import { gvtMonitor } from './edid/gvt-monitor.ts';

/** The monitor that GVT-g gives, against the real tables (gvt-facts §8, §9). */
const skylake = () => testVgpu({ monitor: gvtMonitor('skl') });
const broadwell = () => testBroadwell({ monitor: gvtMonitor('bdw') });

function untracked({ faults }: TestVgpu): string[] {
  return faults.filter(({ check }) => check === 'untracked-register').map(({ message }) => message);
}

test('gvt-facts §9: display registers at power-on and after a full reset, Skylake with port D', () => {
  const device = skylake();
  const expected = `
    R 6c058 00000007
    R 46010 c0000000
    R 6c060 00000001
    R 60030 7e5b425e
    R 60034 00800000
    R 60040 0003cd6e
    R 60044 00080000
    R 60400 b2000000
    R 64300 80000000
    R c4000 00800000
    R c2014 00000001
    R 70180 00000000
    R 70280 00000000
    R 70080 00000000`;
  play(device, expected);
  assert.equal(device.r(0x70008) & 0x80000000, 0x80000000 | 0);
  assert.equal(device.r(0x6c05c) & (1 << 18), 0, 'DPLL_CTRL2 bit 18: the clock is not off');
  assert.equal((device.r(0x6c05c) >>> 9) & 7, 1, 'bit 9 overrides, bits 11:10 select DPLL 0');
  for (const offset of [0x70180, 0x7019c, 0x6c058, 0x64300, 0xc2014]) device.w(offset, 0);
  device.vgpu.reset();
  play(device, expected);
  assert.deepEqual(untracked(device), []);
});

test('gvt-facts §9: Broadwell: port B, SDEISR bit 21, SFUSE bit 2, PORT_CLK_SEL at LCPLL 810', () => {
  const device = broadwell();
  play(
    device,
    `R 60400 92000000
     R 64100 80000000
     R c4000 00200000
     R c2014 00000004
     R 46104 40000000
     R 60030 7e5b425e`,
  );
  assert.equal(device.r(0x70008) & 0x80000000, 0x80000000 | 0);
  assert.deepEqual(untracked(device), []);
});

test('gvt-facts §8: AUX of port B of Broadwell is in the south; its event comes through the PCH', () => {
  const device = broadwell();
  const { r, w } = device;
  w(0xc4004, 0);
  w(0xe4114, 0x90000000);
  w(0xe4110, 0xfe40023f);
  assert.equal(r(0xe4110) >>> 28, 6, 'done, no time-out');
  assert.equal(r(0xe4114), 0x00120000);
  assert.equal(r(0xc4008), 1 << 25);
});

/** An AUX channel of port D: sends bytes, gives the reply's bytes as many as the control register says. */
function aux({ r, w }: TestVgpu, bytes: readonly number[], flags = 0) {
  const AUX = 0x64310;
  for (let at = 0; at < bytes.length; at += 4) {
    const word = [0, 1, 2, 3].reduce((value, n) => (value << 8) | (bytes[at + n] ?? 0), 0);
    w(AUX + 4 + at, word >>> 0);
  }
  w(AUX, (0x80000000 | flags | (bytes.length << 20)) >>> 0);
  const control = r(AUX);
  const size = (control >>> 20) & 0x1f;
  const reply = Array.from(
    { length: size },
    (_, at) => (r(AUX + 4 + (at & ~3)) >>> (24 - (at & 3) * 8)) & 0xff,
  );
  return { control, reply, timedOut: ((control >>> 28) & 1) === 1 };
}

const ACK = 0x00;
const NAK = 0x10;

/** gvt-facts §8, AUX: a message, and what comes back; undefined is a time-out. */
const MESSAGES: readonly (readonly [name: string, bytes: number[], reply: number[] | undefined])[] =
  [
    ['native read', [0x90, 0, 0, 2], [ACK, 0x12, 0x14, 0x84]],
    ['native read of the sink count', [0x90, 0x02, 0x00, 0], [ACK, 1]],
    [
      'native read of 16 bytes',
      [0x90, 0, 0, 15],
      [ACK, 0x12, 0x14, 0x84, ...new Array(13).fill(0)],
    ],
    ['native read beyond the table', [0x90, 0x07, 0x00, 3], [ACK, 0, 0, 0, 0]],
    ['native read far beyond', [0x9f, 0xff, 0xff, 0], [ACK, 0]],
    ['native write', [0x80, 0x03, 0x00, 0, 0x55], [ACK]],
    ['native write beyond the table', [0x80, 0x07, 0x00, 0, 0x55], [NAK, 0]],
    ['native write over its end', [0x80, 0x06, 0xff, 1, 0x55, 0x66], [NAK, 0]],
    ['I2C start, write', [0x40, 0, 0x50], [ACK]],
    ['I2C start, read', [0x50, 0, 0x50], [ACK, 0]],
    ['I2C stop', [0x00, 0, 0x50], [ACK]],
    ['I2C write of data', [0x40, 0, 0x50, 0, 0x10], [ACK]],
    ['I2C read where no EDID is selected', [0x50, 0, 0x50, 0], [ACK, 0xff]],
    ['I2C read of another size', [0x50, 0, 0x50, 0, 0], undefined],
  ];

for (const [name, bytes, reply] of MESSAGES) {
  test(`gvt-facts §8: AUX: ${name}`, () => {
    const answer = aux(skylake(), bytes);
    assert.equal(answer.timedOut, reply === undefined);
    if (reply !== undefined) assert.deepEqual(answer.reply, reply);
  });
}

test('gvt-facts §8: AUX: address 0x50 selects EDID, 0 and a stop let it go, others select nothing', () => {
  const device = skylake();
  const [first, second] = gvtMonitor('skl').edid;
  const read = () => aux(device, [0x50, 0, 0x50, 15]).reply[1];
  aux(device, [0x40, 0, 0x37]);
  assert.equal(read(), 0xff, 'another address');
  aux(device, [0x40, 0, 0x50]);
  assert.deepEqual([read(), read()], [first, second]);
  aux(device, [0x40, 0, 0x00]);
  assert.equal(read(), 0xff, 'address 0');
  aux(device, [0x40, 0, 0x50]);
  assert.equal(read(), first, 'from the start again');
  aux(device, [0x10, 0, 0x50]);
  assert.equal(read(), 0xff, 'stop');
});

test('gvt-facts §8: AUX: the event comes only if bit 29 was set; a control without bit 31 is 0 afterwards', () => {
  const device = skylake();
  const { r, w } = device;
  w(0x44444, 0);
  aux(device, [0x90, 0, 0, 0]);
  assert.equal(r(0x44448), 0);
  aux(device, [0x90, 0, 0, 0], 1 << 29);
  assert.equal(r(0x44448), 1 << 27);
  w(0x64310, 0x7e40023f);
  assert.equal(r(0x64310), 0);
});

test('gvt-facts §8: DPCD: pattern 1 recovers clocks, 2 equalises, locks and aligns, off ends with 3', () => {
  const device = skylake();
  const status = () => aux(device, [0x90, 0x02, 0x02, 3]).reply.slice(1);
  for (const [pattern, expected] of [
    [1, [0x11, 0x11, 0, 0]],
    [2, [0x77, 0x77, 1, 0]],
    [0, [0x77, 0x77, 1, 3]],
  ] as const) {
    aux(device, [0x80, 0x01, 0x02, 0, pattern]);
    assert.deepEqual(status(), expected);
  }
});

test('gvt-facts §8: GMBUS: the DP monitor does not answer on any pin; pin 0 leaves the status', () => {
  for (let pin = 1; pin < 8; pin++) {
    const { r, w } = skylake();
    w(0xc5100, pin);
    assert.equal(r(0xc5108), 0x4c00, 'wait phase, ready, NAK');
    w(0xc5104, (1 << 30) | (1 << 25) | (4 << 16) | (0x50 << 1) | 1);
    assert.equal(r(0xc5108) & 0x400, 0x400, 'EDID over GMBUS always NAKs');
    w(0xc5100, 0);
    assert.equal(r(0xc5108) & 0x400, 0x400);
  }
});

test('gvt-facts §9: each vblank counts its own pipe’s frames, from the device clock', () => {
  const { vgpu, r, w } = skylake();
  for (const pipe of [1, 2]) w(0x70008 + pipe * 0x1000, 0x80000000);
  const frames = () => [0, 1, 2].map((pipe) => r(0x70040 + pipe * 0x1000));
  const before = frames();
  while (!vgpu.advanceTo(1e9)) vgpu.runWork();
  const passed = frames().map((count, pipe) => count - (before[pipe] ?? 0));
  for (const count of passed) assert.ok(count >= 59 && count <= 60, `${passed}`);
  w(0x71008, 0);
  const stopped = r(0x71040);
  while (!vgpu.advanceTo(2e9)) vgpu.runWork();
  assert.equal(r(0x71040), stopped);
  assert.ok(r(0x70040) > stopped);
});
