import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../default-config.ts';
import type { Platform } from '../mmio/register-row.ts';
import { EngineGuest } from '../testing/engine-guest.ts';
import { testVgpu } from '../testing/test-vgpu.ts';
import type { VgpuConfig } from '../vgpu-config.ts';
import { INTERRUPT_EVENTS, interruptEvents } from './interrupt-tables.ts';

/** MI_USER_INTERRUPT, and what asks for a notification of each engine. */
const USER = 0x01000000;
const NOTIFY = { render: [0x7a000004, 0x100, 0, 0, 0, 0], others: [0x13000102, 0, 0, 0] } as const;
const MONITOR_PORTS = ['A', 'B', 'C', 'D'] as const;

/** Names of the events that a vGPU has after all that guests and hosts can do to cause some. */
function caused(config: Partial<VgpuConfig>): Set<string> {
  const names = new Set<string>();
  const { core } = testVgpu(config).vgpu;
  const { engines, platform } = core.registers.map.tables;
  for (const { name, base } of engines) {
    const guest = new EngineGuest({ ...config, base });
    guest.run(guest.context(), [USER, ...(name === 'RCS0' ? NOTIFY.render : NOTIFY.others)]);
    for (const event of guest.interrupts) names.add(event.name);
  }
  for (const [number, port] of MONITOR_PORTS.entries()) {
    const monitor = { connection: 'dp', port, edid: new Uint8Array(128) } as const;
    const { vgpu, w, interrupts } = testVgpu({ ...config, monitor });
    for (const pipe of [0, 0x1000, 0x2000]) {
      w(0x70008 + pipe, 0x80000000);
      // Flips of both planes: on Broadwell the sprite has registers of its own.
      for (const plane of [0, 0x100]) {
        w(0x70180 + pipe + plane, 0x80000200);
        w(0x7019c + pipe + plane, 0x8000000);
      }
    }
    vgpu.advanceTo(50e6);
    const pch = platform === 'bdw' && number > 0;
    w(pch ? 0xe4110 + 0x100 * (number - 1) : 0x64010 + 0x100 * number, 0xa0400000);
    w(0xc5110, 0x1f);
    w(0xc5100, 5);
    w(0xc5104, 0x480100a1);
    vgpu.plugMonitor(false);
    for (const event of interrupts) names.add(event.name);
  }
  return names;
}

test('gvt-facts §7.2: each event has a cause in a vGPU, or a reason why it has none', () => {
  const parts: readonly (readonly [Platform, number])[] = [
    ['bdw', 0x1626],
    ['skl', 0x1926],
    ['kbl', 0x5926],
  ];
  for (const [platform, deviceId] of parts) {
    const config = { ...defaultConfig(platform), deviceId };
    const names = caused(config);
    const tables = testVgpu(config).vgpu.core.registers.map.tables;
    for (const { id, name, silent } of interruptEvents(tables).values()) {
      // Broadwell has no hotplug emulation (§9).
      const isSilent = silent !== undefined || (platform === 'bdw' && id.startsWith('hotplug'));
      assert.equal(names.has(name), !isSilent, `${platform}: ${name}`);
    }
  }
});

test('gvt-facts §7.2: reasons are few, and each names its section', () => {
  const silent = INTERRUPT_EVENTS.filter((row) => row.silent !== undefined);
  assert.deepEqual(
    silent.map(({ id }) => id),
    ['hotplug-a', 'gse', 'hotplug-crt', 'thermal', 'pcode-mailbox'],
  );
  for (const row of silent) assert.match(row.silent ?? '', /\(gvt-facts §\d/);
});
