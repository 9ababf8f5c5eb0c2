import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RegisterRow } from '../mmio/register-row.ts';
import { play } from '../testing/play.ts';
import { type TestCore, testCore } from '../testing/test-core.ts';
import { AUX_MESSAGE_BYTES } from './aux-message.ts';

const ROWS: readonly RegisterRow[] = [
  ...[0x64010, 0x64110, 0x64210, 0x64310, 0x64410, 0xe4310].map((offset) => ({
    name: `DP_AUX_CH_${offset.toString(16)}`,
    offset,
    count: 6,
    onWrite: 'aux-control' as const,
  })),
  { name: 'DE_PORT', offset: 0x44440, count: 4 },
  { name: 'SDE', offset: 0xc4000, count: 4 },
];
const EDID = Uint8Array.from({ length: 128 }, (_, i) => 0x80 + i);
const DP_D = { connection: 'dp', port: 'D', edid: EDID } as const;

const AUX_D = 0x64310;
const SEND = 0x80000000;
const DONE = 0x40000000;
const TIMEOUT = 0x10000000;
const INTERRUPT = 0x20000000;

interface Reply {
  readonly control: number;
  /** Bytes that the control register says have come. */
  readonly size: number;
  readonly bytes: number[];
}

/** Sends a message of bytes and collects the reply. */
function send({ r, w }: TestCore, message: number[], flags = 0, control = AUX_D): Reply {
  for (let word = 0; word * 4 < message.length; word++) {
    let value = 0;
    for (let i = 0; i < 4; i++) value = (value << 8) | (message[word * 4 + i] ?? 0);
    w(control + 4 + word * 4, value >>> 0);
  }
  w(control, (SEND | flags | (message.length << 20)) >>> 0);
  const result = r(control);
  const bytes: number[] = [];
  for (let i = 0; i < AUX_MESSAGE_BYTES; i++) {
    bytes.push((r(control + 4 + (i & ~3)) >>> (24 - (i & 3) * 8)) & 0xff);
  }
  return { control: result, size: (result >>> 20) & 0x1f, bytes };
}

function nativeRead(device: TestCore, address: number, length: number): Reply {
  return send(device, [
    0x90 | (address >>> 16),
    (address >>> 8) & 0xff,
    address & 0xff,
    length - 1,
  ]);
}

function nativeWrite(device: TestCore, address: number, data: number[]): Reply {
  const header = [0x80 | (address >>> 16), (address >>> 8) & 0xff, address & 0xff, data.length - 1];
  return send(device, [...header, ...data]);
}

test('§8 a port without a monitor times out as the recorded driver saw it', () => {
  const device = testCore(ROWS, { monitor: DP_D });
  play(
    device,
    `R 64010 00000000
     W 64014 90000000
     W 64010 fe40023f
     R 64010 7c40023f
     W 64010 7e40023f  clear done, time-out and error
     R 64010 2c40023f
     W 64014 90000000
     W 64010 fe40023f
     R 64010 7c40023f`,
  );
  assert.deepEqual(
    device.faults.map((fault) => fault.check),
    ['aux-no-monitor', 'aux-no-monitor'],
  );
  assert.equal(device.interrupts.length, 0);
});

test('§8 a DisplayPort monitor tells its revision, rate and lanes, and that it is one sink', () => {
  const device = testCore(ROWS, { monitor: DP_D });
  const reply = nativeRead(device, 0, 4);
  assert.equal(reply.control >>> 28, 4, 'done, neither busy nor timed out');
  assert.equal(reply.size, 5);
  assert.deepEqual(reply.bytes.slice(0, 5), [0, 0x12, 0x14, 0x84, 0]);
  assert.deepEqual(nativeRead(device, 0x200, 1).bytes.slice(0, 2), [0, 1]);
});

test('§8 what is written to DPCD is read back, up to 16 bytes at a time', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0x300, max: 0x6f0 }),
      fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 16 }),
      (address, data) => {
        const device = testCore(ROWS, { monitor: DP_D });
        const written = nativeWrite(device, address, data);
        assert.equal(written.bytes[0], 0);
        assert.equal(written.size & 0xf, 1);
        const read = nativeRead(device, address, data.length);
        assert.deepEqual(read.bytes.slice(1, 1 + data.length), data);
      },
    ),
    { numRuns: 25 },
  );
});

test('§8 link training succeeds pattern by pattern', () => {
  const device = testCore(ROWS, { monitor: DP_D });
  const status = () => nativeRead(device, 0x202, 4).bytes.slice(1, 5);
  assert.deepEqual(status(), [0, 0, 0, 0]);
  nativeWrite(device, 0x102, [0x21]);
  assert.deepEqual(status(), [0x11, 0x11, 0, 0]);
  nativeWrite(device, 0x102, [0x22]);
  assert.deepEqual(status(), [0x77, 0x77, 1, 0]);
  nativeWrite(device, 0x102, [0]);
  assert.deepEqual(status(), [0x77, 0x77, 1, 3]);
});

test('§8 beyond the table a write is not acknowledged and a read gives zeros', () => {
  const device = testCore(ROWS, { monitor: DP_D });
  const refused = nativeWrite(device, 0x6ff, [1, 2]);
  assert.deepEqual(refused.bytes.slice(0, 4), [0x10, 0, 0, 0]);
  assert.deepEqual(nativeRead(device, 0x6ff, 1).bytes.slice(0, 2), [0, 0], 'nothing was stored');
  const zeros = nativeRead(device, 0xf0000, 16);
  assert.equal(zeros.size, 17);
  assert.deepEqual(zeros.bytes, new Array(20).fill(0));
});

test('§8 more than 16 bytes at a time get no answer', () => {
  const device = testCore(ROWS, { monitor: DP_D });
  assert.notEqual(nativeRead(device, 0, 17).control & TIMEOUT, 0);
});

test('§8 a write without the send bit clears the control register', () => {
  const device = testCore(ROWS, { monitor: DP_D });
  nativeRead(device, 0, 1);
  device.w(AUX_D, 0x7e40023f);
  assert.equal(device.r(AUX_D), 0);
});

test('§8 EDID is read over AUX byte by byte after it was addressed', () => {
  const device = testCore(ROWS, { monitor: DP_D });
  assert.equal(send(device, [0x50, 0, 0x50, 0]).bytes[1], 0xff, 'not addressed yet');
  assert.equal(send(device, [0x40, 0, 0x50]).size, 1);
  assert.equal(send(device, [0x40, 0, 0x50, 0, 0]).size, 1, 'the offset is accepted');
  assert.equal(send(device, [0x50, 0, 0x50]).size, 2);
  const first = send(device, [0x50, 0, 0x50, 15]);
  assert.deepEqual([first.size, first.bytes[0], first.bytes[1]], [2, 0, 0x80]);
  assert.equal(send(device, [0x50, 0, 0x50, 15]).bytes[1], 0x81);
  send(device, [0x10, 0, 0x50]);
  assert.equal(send(device, [0x50, 0, 0x50, 0]).bytes[1], 0xff, 'after the stop');
});

test('§8 an I2C read of another form gets no answer', () => {
  const device = testCore(ROWS, { monitor: DP_D });
  assert.notEqual(send(device, [0x50, 0, 0x50, 0, 0]).control & TIMEOUT, 0);
});

test('§8 a finished message interrupts if that was asked for', () => {
  const device = testCore(ROWS, { monitor: DP_D });
  send(device, [0x90, 0, 0, 0]);
  assert.equal(device.interrupts.length, 0);
  send(device, [0x90, 0, 0, 0], INTERRUPT);
  assert.deepEqual(
    device.interrupts.map((event) => event.name),
    ['AUX channel D done'],
  );
  assert.equal(device.r(0x44448), 1 << 27);
});

test('§8 Broadwell has channel D in the south display', () => {
  const device = testCore(ROWS, { monitor: DP_D }, 'bdw');
  const reply = send(device, [0x90, 0, 0, 0], 0, 0xe4310);
  assert.notEqual(reply.control & DONE, 0);
  assert.equal(reply.bytes[1], 0x12);
});

test('§8 no message makes the channel throw or stay busy', () => {
  const word = fc.integer({ min: 0, max: 0xffffffff });
  fc.assert(
    fc.property(fc.array(word, { minLength: 5, maxLength: 5 }), word, (data, control) => {
      const { r, w } = testCore(ROWS, { monitor: DP_D });
      for (const [i, value] of data.entries()) w(AUX_D + 4 + i * 4, value);
      w(AUX_D, control);
      assert.equal(r(AUX_D) & SEND, 0);
    }),
    { numRuns: 60 },
  );
});

test('a native read without a monitor leaves zeros in the data registers, as in the real GVT-g', () => {
  const device = testCore(ROWS, { quirks: ['aux-answers-everywhere'] });
  const reply = send(device, [0x90, 0, 0, 0], INTERRUPT, 0x64010);
  assert.notEqual(reply.control & TIMEOUT, 0);
  assert.deepEqual(reply.bytes.slice(0, 1), [0]);
  assert.equal(device.r(0x64014), 0);
});
