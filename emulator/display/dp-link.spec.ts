import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TestVgpu, testVgpu } from '../testing/test-vgpu.ts';
import { gvtMonitor } from './edid/gvt-monitor.ts';

/**
 * The sequence of i915 (Linux 5.15 to 6.1, intel_dp.c, intel_dp_link_training.c, drm_dp_helper.c) with the monitor
 * that GVT-g gives: detect, DPCD, EDID by I2C over AUX, link training, pipe. Each answer is what the driver waits for.
 */
const AUX = 0x64310;
const DDI_BUF_CTL_D = 0x64300;
const DP_TP_CTL_D = 0x64340;
const DP_TP_STATUS_D = 0x64344;

/** intel_dp_aux_xfer: load the data registers, send, poll, clear, take the reply. */
function transfer({ r, w }: TestVgpu, message: readonly number[]): number[] {
  for (let at = 0; at < message.length; at += 4) {
    const bytes = [0, 1, 2, 3].map((i) => message[at + i] ?? 0);
    w(AUX + 4 + at, bytes.reduce((word, byte) => (word << 8) | byte, 0) >>> 0);
  }
  // Send, done, interrupt, time-outs, time-out of 1600 us, error, size, sync pulses.
  w(AUX, (0xfe00023f | (message.length << 20)) >>> 0);
  const status = r(AUX);
  assert.equal(status & 0x80000000, 0, 'not busy');
  assert.notEqual(status & 0x40000000, 0, 'done');
  assert.equal(status & 0x12000000, 0, 'neither timed out nor in error');
  w(AUX, (status | 0x52000000) >>> 0);
  const size = (status >>> 20) & 0x1f;
  assert.ok(size >= 1 && size <= 20);
  return Array.from(
    { length: size },
    (_, at) => (r(AUX + 4 + (at & ~3)) >>> (24 - (at & 3) * 8)) & 0xff,
  );
}

/** A native read of up to 16 bytes: the reply's command, upper half of the first byte, must be an ACK. */
function read(device: TestVgpu, address: number, length: number): number[] {
  const reply = transfer(device, [
    0x90 | (address >>> 16),
    (address >>> 8) & 0xff,
    address & 0xff,
    length - 1,
  ]);
  assert.equal((reply[0] ?? 0) >>> 4, 0);
  assert.equal(reply.length, length + 1);
  return reply.slice(1);
}

function write(device: TestVgpu, address: number, ...data: number[]): void {
  const reply = transfer(device, [
    0x80 | (address >>> 16),
    (address >>> 8) & 0xff,
    address & 0xff,
    data.length - 1,
    ...data,
  ]);
  assert.equal((reply[0] ?? 0) >>> 4, 0);
}

/** drm_dp_i2c_xfer: an address alone begins each message, reads shrink to what comes, an address alone ends all. */
function readEdid(device: TestVgpu, length: number): number[] {
  const [writes, reads, middle] = [0x00, 0x10, 0x40];
  transfer(device, [writes | middle, 0, 0x50]);
  transfer(device, [writes | middle, 0, 0x50, 0, 0]);
  transfer(device, [reads | middle, 0, 0x50]);
  const edid: number[] = [];
  let size = 16;
  while (edid.length < length) {
    const left = Math.min(size, length - edid.length);
    const reply = transfer(device, [reads | middle, 0, 0x50, left - 1]);
    assert.equal((reply[0] ?? 0) >>> 4, 0, 'I2C and AUX acknowledge');
    edid.push(...reply.slice(1));
    size = reply.length - 1;
  }
  transfer(device, [reads, 0, 0x50]);
  return edid;
}

const MONITOR = gvtMonitor('skl');
const withMonitor = () => testVgpu({ monitor: MONITOR });

test('§9 the monitor is found: strap of DDI D, live state in SDEISR', () => {
  const { r } = withMonitor();
  assert.equal(r(0xc2014) & 7, 1);
  assert.equal(r(0xc4000) & 0x03e00000, 1 << 23);
});

test('§8 DPCD: receiver capabilities, sink count, what lies beyond', () => {
  const device = withMonitor();
  assert.deepEqual(read(device, 0, 1), [0x12]);
  assert.deepEqual(read(device, 0, 15), [0x12, 0x14, 0x84, ...new Array(12).fill(0)]);
  assert.deepEqual(read(device, 0x200, 1), [1]);
  assert.deepEqual(read(device, 0x400, 12), new Array(12).fill(0), 'no identification');
  assert.deepEqual(read(device, 0xf0000, 8), new Array(8).fill(0), 'no repeaters');
  assert.deepEqual(
    device.faults.filter(({ check }) => check !== 'event-masked'),
    [],
  );
});

test('§8 a native read as the recorded driver of a real GVT-g guest saw it', () => {
  const { r, w } = withMonitor();
  w(AUX + 4, 0x90000000);
  w(AUX, 0xfe40023f);
  assert.equal(r(AUX), 0x6c20023f);
  w(AUX, 0x7e20023f);
  assert.equal(r(AUX + 4), 0x00120000);
  w(AUX + 4, 0x9000000e);
  w(AUX, 0xfe40023f);
  assert.equal(r(AUX), 0x6d00023f);
  w(AUX, 0x7f00023f);
  assert.equal(r(AUX + 4), 0x00121484);
});

test('§8 EDID by I2C over AUX, again and again', () => {
  const device = withMonitor();
  const expected = [...MONITOR.edid];
  assert.deepEqual(readEdid(device, 8), expected.slice(0, 8));
  assert.deepEqual(readEdid(device, 128), expected);
  assert.deepEqual(readEdid(device, 128), expected);
});

test('§9 an EDID of any size can be read', () => {
  const monitor = gvtMonitor('skl', 1280, 720);
  assert.deepEqual(readEdid(testVgpu({ monitor }), 128), [...monitor.edid]);
});

test('§8 the link is trained: clock recovery, equalisation, normal', () => {
  const device = withMonitor();
  const { r, w } = device;
  // intel_ddi_prepare_link_retrain, and the buffer idle before it is enabled.
  w(DDI_BUF_CTL_D, 0);
  assert.notEqual(r(DDI_BUF_CTL_D) & 0x80, 0, 'DDI_BUF_IS_IDLE');
  w(DP_TP_CTL_D, 0x80040000);
  w(DDI_BUF_CTL_D, 0x80000006);
  assert.equal(r(DDI_BUF_CTL_D) & 0x80, 0);
  write(device, 0x600, 1);
  write(device, 0x107, 0, 1);
  write(device, 0x100, 0x06, 0x84);
  write(device, 0x102, 0x21, 0, 0, 0, 0);
  const recovery = read(device, 0x202, 6);
  assert.deepEqual(recovery.slice(0, 2), [0x11, 0x11], 'clock recovered in four lanes');
  w(DP_TP_CTL_D, 0x80040100);
  write(device, 0x102, 0x22, 0, 0, 0, 0);
  const status = read(device, 0x202, 6);
  assert.deepEqual(status.slice(0, 3), [0x77, 0x77, 1], 'equalised, locked and aligned');
  // intel_ddi_set_idle_link_train, then normal pixels.
  w(DP_TP_CTL_D, 0x80040200);
  assert.notEqual(r(DP_TP_STATUS_D) & (1 << 25), 0, 'idle pattern sent');
  write(device, 0x102, 0);
  w(DP_TP_CTL_D, 0x80040300);
  assert.deepEqual(read(device, 0x205, 1), [3], 'the sink is in sync');
  assert.deepEqual(read(device, 0x100, 2), [0x06, 0x84]);
});

test('§9 the mode of the EDID runs at its rate, with a vblank each frame', () => {
  const device = withMonitor();
  const { r, w, vgpu } = device;
  // Totals of 1920 by 1200; the link as at power-on, 1620 MHz with 154 MHz of pixels.
  w(0x60000, (2079 << 16) | 1919);
  w(0x6000c, (1234 << 16) | 1199);
  w(0x70008, 0);
  w(0x70008, 0x80000000);
  assert.equal(r(0x70008), 0xc0000000);
  const frames = () => r(0x70040);
  const before = frames();
  const second = vgpu.now + 1e9;
  while (!vgpu.advanceTo(second)) vgpu.runWork();
  assert.ok(Math.abs(frames() - before - 59.95) <= 1.05, `${frames() - before} frames`);
});

test('bugs.md §9.8, §8: beyond the table a write is not acknowledged, in the byte that drivers look at, or by choice in another', () => {
  const reply = transfer(withMonitor(), [0x80, 0x07, 0x00, 0, 1]);
  assert.equal((reply[0] ?? 0) >>> 4, 1);
  const quirk = testVgpu({ monitor: MONITOR, quirks: ['aux-nak-wrong-byte'] });
  assert.equal((transfer(quirk, [0x80, 0x07, 0x00, 0, 1])[0] ?? 0) >>> 4, 0);
  assert.equal(quirk.r(AUX + 4), 0x10);
});

test('bugs.md §9.8, §8: the size of an answer has five bits, of which by choice four are cleared', () => {
  const message = [0x80, 0x01, 0x00, 15, ...new Array(16).fill(7)];
  assert.equal(transfer(withMonitor(), message).length, 1);
  const quirk = testVgpu({ monitor: MONITOR, quirks: ['aux-nak-wrong-byte'] });
  assert.equal(transfer(quirk, message).length, 17);
});
