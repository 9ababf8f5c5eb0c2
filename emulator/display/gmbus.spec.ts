import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RegisterRow } from '../mmio/register-row.ts';
import { play } from '../testing/play.ts';
import { type TestCore, testCore } from '../testing/test-core.ts';

const ROWS: readonly RegisterRow[] = [
  { name: 'GMBUS', offset: 0xc5100, count: 4, onWrite: 'gmbus', onRead: 'gmbus-data' },
  { name: 'GMBUS4', offset: 0xc5110 },
  { name: 'SDE', offset: 0xc4000, count: 4 },
];

/** Two blocks whose bytes tell where they come from. */
const EDID = Uint8Array.from({ length: 512 }, (_, i) => (i < 256 ? i : 0xf0 | (i & 15)));

function withMonitor(port: 'B' | 'C' | 'D' = 'B'): TestCore {
  return testCore(ROWS, { monitor: { connection: 'hdmi', port, edid: EDID } });
}

/** Reads `count` bytes at `index` as i915 does, polling GMBUS2 between dwords. */
function readEdid({ r, w }: TestCore, index: number, count: number): number[] {
  const bytes: number[] = [];
  w(0xc5104, (0x46000000 | (count << 16) | (index << 8) | 0xa1) >>> 0);
  for (let left = count; left > 0; left -= 4) {
    assert.equal(r(0xc5108), 0x4800);
    const word = r(0xc510c);
    for (let i = 0; i < Math.min(4, left); i++) bytes.push((word >>> (i * 8)) & 0xff);
  }
  assert.equal(r(0xc5108), 0x4800);
  return bytes;
}

test('§8 an EDID is probed, read and ended as the recorded driver does it', () => {
  const device = withMonitor();
  play(
    device,
    `W c5100 00000000
     W c5110 00000000
     W c5100 00000005
     W c5104 460100a1  one byte
     W c5110 00000001
     R c5108 00004800
     W c5110 00000000
     R c510c 00000000
     W c5110 00000002
     R c5108 00004800
     W c5110 00000000
     W c5104 48000000  stop
     W c5110 00000004
     R c5108 00000800
     W c5110 00000000
     W c5100 00000000
     W c5100 00000005
     W c5104 468000a1  a block
     R c5108 00004800
     R c510c 03020100
     R c5108 00004800
     R c510c 07060504`,
  );
  assert.equal(device.interrupts.length, 0);
});

test('§8 an address that nobody has is not acknowledged, and software clears that', () => {
  play(
    withMonitor(),
    `W c5100 00000005
     W c5104 46100081  a dual-mode adaptor
     R c5108 00000c00
     R c5108 00000c00
     W c5104 80000000
     W c5104 00000000
     W c5100 00000000
     R c5108 00000800`,
  );
});

test('§8 a port without a monitor does not acknowledge EDID', () => {
  for (const device of [testCore(ROWS), withMonitor('C')]) {
    play(
      device,
      `W c5100 00000005
       R c5108 00004c00
       W c5104 460100a1
       R c5108 00000c00`,
    );
  }
});

test('§8 a DisplayPort monitor does not answer over GMBUS', () => {
  const monitor = { connection: 'dp', port: 'D', edid: EDID } as const;
  play(
    testCore(ROWS, { monitor }),
    `W c5100 00000006
     W c5104 460100a1
     R c5108 00000c00`,
  );
});

test('§8 each port has its pin pair', () => {
  const pins = { B: 5, C: 4, D: 6 } as const;
  for (const port of ['B', 'C', 'D'] as const) {
    for (const pin of [1, 2, 3, 4, 5, 6, 7]) {
      const { r, w } = withMonitor(port);
      w(0xc5100, pin);
      w(0xc5104, 0x460100a1);
      assert.equal(r(0xc5108), pin === pins[port] ? 0x4800 : 0xc00, `${port} pin ${pin}`);
    }
  }
});

test('§8 any part of a segment is read, byte for byte', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 255 }),
      fc.integer({ min: 1, max: 511 }),
      (index, count) => {
        const device = withMonitor();
        device.w(0xc5100, 5);
        const expected = Array.from({ length: count }, (_, i) => (index + i) & 0xff);
        assert.deepEqual(readEdid(device, index, count), expected);
      },
    ),
    { numRuns: 40 },
  );
});

test('§8 a segment pointer reaches the blocks beyond 256 bytes until the stop', () => {
  const device = withMonitor();
  play(
    device,
    `W c5100 00000005
     W c510c 00000001  segment 1
     W c5104 42010060  one byte to 0x30, bus held
     R c5108 00004800`,
  );
  assert.deepEqual(readEdid(device, 2, 3), [0xf2, 0xf3, 0xf4]);
  device.w(0xc5104, 0x48000000);
  assert.deepEqual(readEdid(device, 2, 3), [2, 3, 4]);
});

test('§8 the first byte written to EDID says where reading goes on; the others are ignored', () => {
  play(
    withMonitor(),
    `W c5100 00000005
     W c510c ddccbb10  five bytes, the first four
     W c5104 420500a0
     R c5108 00004800
     W c510c 000000ee
     W c5104 420400a1  read without an index
     R c510c 13121110`,
  );
});

test('§8 a transfer that ends with a stop leaves the bus idle', () => {
  play(
    withMonitor(),
    `W c5100 00000005
     W c5104 4e0200a1  index, two bytes, stop
     R c5108 00004800
     R c510c 00000100
     R c5108 00000800
     R c510c 00000100  nothing more comes`,
  );
});

test('§8 beyond its end an EDID reads as an idle bus', () => {
  const monitor = { connection: 'hdmi', port: 'B', edid: EDID.slice(0, 128) } as const;
  play(
    testCore(ROWS, { monitor }),
    `W c5100 00000005
     W c5104 46047ea1  index 0x7e
     R c510c ffff7f7e`,
  );
});

test('§8 software ready is never read back', () => {
  const { r, w } = withMonitor();
  w(0xc5104, 0x40000000);
  assert.equal(r(0xc5104), 0);
});

test('§8 a guest that lets GMBUS events through is interrupted', () => {
  const device = withMonitor();
  play(
    device,
    `W c5110 00000001  ready
     W c5100 00000005
     W c5104 460100a1
     R c5108 00005800`,
  );
  assert.deepEqual(
    device.interrupts.map((event) => event.name),
    ['GMBUS'],
  );
  play(
    device,
    `R c4008 00020000
     W c5104 80000000
     R c5108 00004800`,
  );
});

test('§8 no sequence of accesses makes the machine throw or lose count', () => {
  const access = fc.tuple(
    fc.constantFrom(0xc5100, 0xc5104, 0xc5108, 0xc510c, 0xc5110),
    fc.option(fc.integer({ min: 0, max: 0xffffffff }), { nil: undefined }),
  );
  fc.assert(
    fc.property(fc.array(access, { maxLength: 60 }), (accesses) => {
      const { core, r, w } = withMonitor();
      w(0xc5100, 5);
      for (const [offset, value] of accesses) {
        if (value === undefined) r(offset);
        else w(offset, value);
        const { remaining, offset: next } = core.state.display.gmbus;
        assert.ok(remaining >= 0 && remaining <= 511 && next >= 0 && next <= 255);
      }
    }),
    { numRuns: 60 },
  );
});
