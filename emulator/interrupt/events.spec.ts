import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../default-config.ts';
import type { Platform } from '../mmio/register-row.ts';
import { DEVICE_IDS } from '../pci/device-ids.ts';
import { tablesOf } from '../platforms.ts';
import { testVgpu } from '../testing/test-vgpu.ts';
import { raiseEvent } from './events.ts';
import { type InterruptEventId, interruptEvents } from './interrupt-tables.ts';

const MASTER = 0x44200;
const GT0 = 0x44300;

function ready() {
  const t = testVgpu();
  t.vgpu.write('config', 0xae, 2, 1, 0);
  t.w(GT0 + 4, ~0x101 >>> 0);
  t.w(GT0 + 12, 0x101);
  t.w(MASTER, 0x80000000);
  t.interrupts.length = 0;
  return t;
}

test('an event sets IIR and master status and sends the MSI', () => {
  const { vgpu, r, interrupts } = ready();
  vgpu.write('config', 0xb0, 4, 0xfee01004, 0);
  vgpu.write('config', 0xb4, 2, 0x26, 0);
  raiseEvent(vgpu.core, 'rcs0-context-switch');
  assert.equal(r(GT0 + 8), 0x100);
  assert.equal(r(MASTER), 0x80000001);
  const msi = interrupts.find((event) => event.kind === 'msi');
  assert.deepEqual(msi, {
    kind: 'msi',
    name: 'MSI',
    delivered: true,
    address: 0xfee01004,
    data: 0x26,
  });
});

test('gvt-facts §7.3 rule 1: a masked event is dropped, not remembered', () => {
  const { vgpu, r, w, faults } = ready();
  raiseEvent(vgpu.core, 'rcs0-notify');
  w(GT0 + 4, 0);
  assert.equal(r(GT0 + 8), 0);
  assert.ok(faults.some((fault) => fault.check === 'event-masked'));
});

test('gvt-facts §7.3 rule 2: with the master off, events wait in IIR and are sent when it comes on', () => {
  const { vgpu, r, w, interrupts } = ready();
  w(MASTER, 0);
  raiseEvent(vgpu.core, 'rcs0-user');
  assert.equal(r(MASTER), 0);
  assert.ok(!interrupts.some((event) => event.kind === 'msi'));
  w(MASTER, 0x80000000);
  assert.equal(r(MASTER), 0x80000001);
  assert.ok(interrupts.some((event) => event.kind === 'msi'));
});

test('gvt-facts §7.3 rule 3: clearing IIR clears the master bit and sends nothing', () => {
  const { vgpu, r, w, interrupts } = ready();
  raiseEvent(vgpu.core, 'rcs0-user');
  interrupts.length = 0;
  w(GT0 + 8, 1);
  assert.equal(r(MASTER), 0x80000000);
  assert.deepEqual(interrupts, []);
});

test('gvt-facts §7.3 rule 5: the guest changes only bit 31 of the master', () => {
  const { r, w } = ready();
  w(MASTER, 0xffffffff);
  assert.equal(r(MASTER), 0x80000000);
});

test('gvt-facts §7.1: each half of GT0 has its master bit', () => {
  const { vgpu, r, w } = ready();
  w(GT0 + 4, 0);
  w(GT0 + 12, 0xffffffff);
  raiseEvent(vgpu.core, 'bcs0-user');
  assert.equal(r(MASTER), 0x80000002);
});

test('gvt-facts §7.3 rule 6: a refused MSI says why', () => {
  const { vgpu, interrupts, faults } = ready();
  vgpu.write('config', 0xae, 2, 0x11, 0);
  raiseEvent(vgpu.core, 'rcs0-user');
  const msi = interrupts.find((event) => event.kind === 'msi');
  assert.equal(msi?.delivered, false);
  assert.match(msi?.why ?? '', /more than one/);
  assert.ok(faults.some((fault) => fault.check === 'msi-refused'));
});

test('§7.2: flips and AUX channels B to D have other bits on Broadwell', () => {
  const placeOf = (platform: Platform, id: InterruptEventId) => {
    const row = interruptEvents(tablesOf(platform)).get(id);
    return `${row?.group} ${row?.bit}`;
  };
  const rows = [
    ['pipe-a-plane1-flip', 'pipe-a 4', 'pipe-a 3'],
    ['pipe-c-plane2-flip', 'pipe-c 5', 'pipe-c 4'],
    ['aux-a', 'de-port 0', 'de-port 0'],
    ['aux-b', 'pch 25', 'de-port 25'],
    ['aux-d', 'pch 27', 'de-port 27'],
  ] as const;
  for (const [id, gen8, gen9] of rows) {
    assert.deepEqual(
      (['bdw', 'skl', 'kbl'] as const).map((platform) => placeOf(platform, id)),
      [gen8, gen9, gen9],
      id,
    );
  }
});

test('§7.2: each event stands at one bit of its platform, and VCS1 has some where it is', () => {
  for (const { platform, ids } of DEVICE_IDS) {
    if (platform === 'bxt') continue;
    const tables = tablesOf(platform, ids[0]);
    const places = [...interruptEvents(tables).values()].map(({ group, bit }) => `${group} ${bit}`);
    assert.equal(new Set(places).size, places.length, tables.title);
    const second = tables.engines.some(({ name }) => name === 'VCS1');
    assert.equal(interruptEvents(tables).has('vcs1-user'), second, tables.title);
  }
});

test('§7.2: on Broadwell an AUX transfer interrupts through the PCH, a flip with bit 4', () => {
  const { vgpu, r, w } = testVgpu(defaultConfig('bdw'));
  for (const base of [0xc4000, 0x44400]) {
    w(base + 4, 0);
    w(base + 12, 0xffffffff);
  }
  w(MASTER, 0x80000000);
  raiseEvent(vgpu.core, 'aux-b');
  assert.equal(r(0xc4008), 1 << 25);
  raiseEvent(vgpu.core, 'pipe-a-plane1-flip');
  assert.equal(r(0x44408), 1 << 4);
  assert.equal(r(MASTER), 0x80810000);
});
