import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testVgpu } from '../testing/test-vgpu.ts';
import { gvtMonitor } from './edid/gvt-monitor.ts';

const SDEIMR = 0xc4004;
const SDEIIR = 0xc4008;
const PORT_D = 1 << 23;

test('§9 hotplug: SDEISR bit 23 and SFUSE bit 0 follow the connected state', () => {
  const { vgpu, r } = testVgpu({ monitor: gvtMonitor('skl') });
  vgpu.plugMonitor(false);
  assert.deepEqual([r(0xc4000) & PORT_D, r(0xc2014) & 1], [0, 0]);
  vgpu.plugMonitor(true);
  assert.deepEqual([r(0xc4000) & PORT_D, r(0xc2014) & 1], [PORT_D, 1]);
});

test('§9 hotplug: SDEIIR bit 23 is set without looking at IMR, and the status field of port D', () => {
  const { vgpu, r, w, interrupts } = testVgpu({ monitor: gvtMonitor('skl') });
  w(SDEIMR, 0xffffffff);
  vgpu.plugMonitor(false);
  assert.equal(r(SDEIIR), PORT_D);
  assert.equal(r(0xc4030) & 0x30000, 0x30000);
  assert.deepEqual(
    interrupts.map(({ name, delivered }) => [name, delivered]),
    [['DP D hotplug', false]],
  );
});

test('§9 hotplug: then the DP D hotplug event is raised', () => {
  const { vgpu, w, interrupts } = testVgpu({ monitor: gvtMonitor('skl') });
  w(SDEIMR, 0);
  vgpu.plugMonitor(true);
  assert.deepEqual(
    interrupts.map(({ name, delivered }) => [name, delivered]),
    [['DP D hotplug', true]],
  );
});

test('what cannot be plugged is named, and nothing changes', () => {
  for (const monitor of [undefined, { ...gvtMonitor('skl'), connection: 'hdmi' as const }]) {
    const { vgpu, faults } = testVgpu(monitor ? { monitor } : {});
    const before = vgpu.hash();
    vgpu.plugMonitor(true);
    assert.equal(vgpu.hash(), before);
    assert.deepEqual(
      faults.map(({ check }) => check),
      ['hotplug-unsupported'],
    );
  }
});
