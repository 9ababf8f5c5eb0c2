import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../emulator/index.ts';
import type { DeviceDescription } from '../trace/index.ts';
import { deviceConfigFor, isForeign } from './device-from-trace.ts';

const nothing: DeviceDescription = { bars: [], notes: [] };

/** A header as the recordings have it. */
const recorded: DeviceDescription = {
  platform: 'skl',
  vendorId: 0x8086,
  deviceId: 0x1912,
  revisionId: 6,
  bars: [
    { index: 0, base: 0xd0000000, size: 0x1000000 },
    { index: 2, base: 0xc0000000, size: 0x8000000 },
  ],
  partition: {
    mappableBase: 0x4000000,
    mappableSize: 0x4000000,
    hiddenBase: 0x20000000,
    hiddenSize: 0x18000000,
    fences: 4,
  },
  pvinfoCaps: 0x1c,
  monitor: { connection: 'hdmi', port: 'B', edid: new Uint8Array(128) },
  notes: [],
};

function config(description: DeviceDescription) {
  const made = deviceConfigFor(description);
  assert.ok(!('problem' in made), JSON.stringify(made));
  return made;
}

function problem(description: DeviceDescription): string {
  const made = deviceConfigFor(description);
  assert.ok('problem' in made, 'the description should be refused');
  return made.problem;
}

test('a header that says nothing about the device gets the vGPU that GVT-g makes', () => {
  assert.deepEqual(config(nothing), defaultConfig());
});

test('partition, capabilities, aperture and monitor come from the header', () => {
  const made = config(recorded);
  assert.deepEqual(made.partition, recorded.partition);
  assert.equal(made.pvinfoCaps, 0x1c);
  assert.equal(made.apertureSize, 0x8000000);
  assert.equal(made.monitor?.port, 'B');
});

test('given BARs are found placed by firmware, with decoding switched on', () => {
  assert.deepEqual(config(recorded).firmware, {
    bar0: 0xd0000000,
    bar2: 0xc0000000,
    command: 0x107,
    interruptLine: 0x0a,
  });
  assert.equal(config({ ...recorded, bars: [] }).firmware, undefined);
});

test('overrides win over the header', () => {
  const made = deviceConfigFor({ ...recorded, platform: 'tgl' }, { platform: 'skl', id: 3 });
  assert.ok(!('problem' in made));
  assert.equal(made.platform, 'skl');
  assert.equal(made.id, 3);
});

test('the platform alone gets its usual device', () => {
  for (const [platform, deviceId] of [
    ['bdw', 0x1616],
    ['skl', 0x1912],
    ['kbl', 0x5912],
  ] as const) {
    assert.deepEqual(config({ ...nothing, platform }), defaultConfig(platform));
    assert.equal(defaultConfig(platform).deviceId, deviceId);
  }
});

test('a platform and an id that are not of one device are refused', () => {
  assert.match(problem({ ...recorded, platform: 'bdw' }), /"bdw", but 8086:1912 is of "skl"/);
});

test('an unknown platform is refused with the names of those that are emulated', () => {
  assert.match(problem({ ...recorded, platform: 'tgl' }), /"tgl".*emulated are: .*skl/);
  assert.match(problem({ ...recorded, platform: 'toString' }), /"toString"/);
});

test('a device of unknown platform or of another maker is refused with its PCI id', () => {
  const unknown = { bars: [], notes: [], vendorId: 0x8086, deviceId: 0xffff };
  assert.match(problem(unknown), /8086:ffff, whose platform is not known/);
  assert.match(
    problem({ bars: [], notes: [], vendorId: 0x10de, deviceId: 0x1 }),
    /10de:0001, which/,
  );
});

test('a slice, an aperture or a monitor that cannot be is refused with what is wrong', () => {
  const slice = { mappableBase: 0, mappableSize: 1, hiddenBase: 0, hiddenSize: 0, fences: 4 };
  assert.match(problem({ ...nothing, partition: slice }), /slice.*multiples of 4 KiB/);
  assert.match(
    problem({ ...nothing, bars: [{ index: 2, base: 0, size: 0x3000 }] }),
    /BAR2 has 0x3000 bytes/,
  );
  const edid = new Uint8Array(127);
  assert.match(
    problem({ ...nothing, monitor: { connection: 'dp', port: 'D', edid } }),
    /127 bytes; an EDID/,
  );
  const whole = new Uint8Array(128);
  assert.match(
    problem({ ...nothing, monitor: { connection: 'dp', port: 'Z', edid: whole } }),
    /port Z/,
  );
});

test('a header that contradicts itself is a mistake, and no recording of another device', () => {
  assert.equal(isForeign({ ...recorded, platform: 'bdw' }), false);
  assert.equal(isForeign(recorded), false);
  assert.equal(isForeign(nothing), false);
  assert.equal(isForeign({ ...nothing, vendorId: 0x1002, deviceId: 0x5159 }), true);
  assert.equal(
    isForeign({ ...nothing, platform: 'tgl', vendorId: 0x8086, deviceId: 0x9a49 }),
    true,
  );
});
