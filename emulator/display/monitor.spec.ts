import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Platform } from '../mmio/register-row.ts';
import { play } from '../testing/play.ts';
import { type TestCore, testCore } from '../testing/test-core.ts';
import type { Monitor } from '../vgpu-config.ts';
import { connectMonitor } from './monitor.ts';

function connected(monitor: Monitor | undefined, platform: Platform = 'skl'): TestCore {
  const device = testCore([], monitor ? { monitor } : {}, platform);
  connectMonitor(device.core);
  return device;
}

function peek(device: TestCore): Pick<TestCore, 'r' | 'w'> {
  return { r: (offset) => device.core.registers.get(offset), w: () => {} };
}

const edid = new Uint8Array(128);

test('§9 a DisplayPort monitor on port D is preset as GVT-g presets it', () => {
  play(
    peek(connected({ connection: 'dp', port: 'D', edid })),
    `R 6c058 00000007
     R 46010 c0000000
     R 6c060 00000001
     R 6c05c 00000200
     R 60030 7e5b425e
     R 60034 00800000
     R 60040 0003cd6e
     R 60044 00080000
     R 60400 b2000000
     R 64300 80000000
     R c4000 00800000
     R c2014 00000001
     R 70008 80000000`,
  );
});

test('the preset pipe has its vblank at once, but for the quirk', () => {
  const monitor = { connection: 'dp', port: 'D', edid } as const;
  const first = { name: 'vblank', at: 16_666_667, argument: 0 };
  assert.deepEqual(connected(monitor).core.state.alarms, [first]);
  const { core } = testCore([], { monitor, quirks: ['preset-pipe-no-vblank'] });
  connectMonitor(core);
  assert.deepEqual(core.state.alarms, []);
});

test('§9 another port has its own bits', () => {
  play(
    peek(connected({ connection: 'dp', port: 'B', edid })),
    `R 6c05c 00000008
     R 60400 92000000
     R 64100 80000000
     R c4000 00200000
     R c2014 00000004`,
  );
});

test('§9 connecting again changes nothing, and switches bits of a disconnected port off', () => {
  const device = connected({ connection: 'dp', port: 'C', edid });
  device.core.registers.update(0xc4000, 0x03a00000, 0);
  device.core.registers.update(0xc2014, 5, 0);
  connectMonitor(device.core);
  assert.equal(device.core.registers.get(0xc4000), 0x00400000);
  assert.equal(device.core.registers.get(0xc2014), 2);
});

test('§9 an HDMI monitor is strapped but raises no hotplug line, and no pipe runs', () => {
  play(
    peek(connected({ connection: 'hdmi', port: 'B', edid })),
    `R c4000 00000000
     R c2014 00000004
     R 60400 00000000
     R 64100 00000000
     R 70008 00000000`,
  );
});

test('§9 without a monitor nothing is preset', () => {
  play(
    peek(connected(undefined)),
    `R c4000 00000000
     R c2014 00000000
     R 70008 00000000`,
  );
});

test('§9 Broadwell clocks port B from its LCPLL and shows port A in the north', () => {
  play(
    peek(connected({ connection: 'dp', port: 'B', edid }, 'bdw')),
    `R 46104 40000000
     R 6c058 00000000
     R c4000 00200000`,
  );
  play(
    peek(connected({ connection: 'dp', port: 'A', edid }, 'bdw')),
    `R 44440 00000008
     R c4000 00000000`,
  );
});
