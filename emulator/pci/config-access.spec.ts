import assert from 'node:assert/strict';
import { test } from 'node:test';
import { raiseEvent } from '../interrupt/events.ts';
import { testVgpu } from '../testing/test-vgpu.ts';

function config(firmware = true) {
  const { vgpu, faults } = testVgpu(
    firmware
      ? { firmware: { bar0: 0xd0000000, bar2: 0xc0000000, command: 0x107, interruptLine: 10 } }
      : {},
  );
  return {
    faults,
    r: (at: number, size = 4) => vgpu.read('config', at, size).low,
    w: (at: number, value: number, size = 4) => vgpu.write('config', at, size, value, 0),
  };
}

test('the device is an Intel VGA controller with its ids', () => {
  const { r } = config();
  assert.equal(r(0x00), 0x19128086);
  assert.equal(r(0x08), 0x03000006);
  assert.equal(r(0x2c), 0x19128086);
  assert.equal(r(0x50), 0xc0);
});

test('BARs answer a probe with their size and keep their attributes', () => {
  const { r, w } = config();
  assert.equal(r(0x10), 0xd0000004);
  w(0x10, 0xffffffff);
  assert.equal(r(0x10), 0xff000004);
  w(0x14, 0xffffffff);
  assert.equal(r(0x14), 0xffffffff);
  w(0x18, 0xffffffff);
  assert.equal(r(0x18), 0xf000000c);
  w(0x10, 0xe1234567);
  assert.equal(r(0x10), 0xe1234564, 'a plain write is not masked with the size');
});

test('BAR4 and ROM are not there', () => {
  const { r, w } = config();
  for (const at of [0x20, 0x30]) {
    w(at, 0xffffffff);
    assert.equal(r(at), 0);
  }
});

test('COMMAND takes its writable bits, STATUS clears where 1 is written', () => {
  const { r, w } = config(false);
  assert.equal(r(0x04), 0x00100000);
  w(0x04, 0xffff, 2);
  assert.equal(r(0x04), 0x001007ff);
  w(0x06, 0xffff, 2);
  assert.equal(r(0x06, 2), 0x0010);
});

test('header registers that are not writable keep their value', () => {
  const { r, w } = config();
  w(0x0d, 0x40, 1);
  w(0x00, 0xffff, 2);
  assert.equal(r(0x0c), 0);
  assert.equal(r(0x00, 2), 0x8086);
});

test('MSI control is stored', () => {
  const { r, w } = config();
  assert.equal(r(0xac), 0xd005);
  w(0xae, 1, 2);
  assert.equal(r(0xac), 0x0001d005);
});

test('accesses that do not fit are rejected with a fault', () => {
  const { r, w, faults } = config();
  assert.equal(r(4096, 4), 0xffffffff);
  assert.equal(r(4094, 4), 0xffffffff);
  w(0x12, 0, 2);
  assert.equal(r(0x10), 0xd0000004);
  assert.deepEqual(new Set(faults.map((fault) => fault.check)), new Set(['config-access']));
  assert.equal(faults.length, 3);
});

test('§1.2: D3hot is noticed only where the write starts at PMCSR', () => {
  const { vgpu } = testVgpu();
  vgpu.write('config', 0xd2, 4, 0x0003_0022, 0);
  assert.equal(vgpu.core.state.config.d3Entered, false);
  vgpu.write('config', 0xd4, 2, 3, 0);
  assert.equal(vgpu.core.state.config.d3Entered, true);
});

test('§12.3: the first ELSP write clears the D3 flag', () => {
  const { vgpu, w } = testVgpu();
  vgpu.write('config', 0xd4, 2, 3, 0);
  w(0x2230, 0);
  assert.equal(vgpu.core.state.config.d3Entered, false);
});

test('§1.2: writes of BAR, ROM, SWSCI and ASLS must start at a dword', () => {
  const { r, w, faults } = config();
  for (const at of [0x11, 0x1a, 0x31, 0xe9, 0xfe]) w(at, 0xff, 1);
  assert.deepEqual(new Set(faults.map(({ check }) => check)), new Set(['config-access']));
  assert.equal(faults.length, 5);
  assert.equal(r(0xfc), 0);
});

test('§1.2: a vGPU that is not primary shows 0x80 as subclass and programming interface', () => {
  const { vgpu } = testVgpu({ secondary: true });
  assert.equal(vgpu.read('config', 0x08, 4).low, 0x03808006);
});

test('§1.2: where MSI and power management stand is the host’s: a guest that breaks their list keeps both', () => {
  const { vgpu, interrupts, w } = testVgpu();
  const c = (at: number, value: number, size: number) => vgpu.write('config', at, size, value, 0);
  w(0x44304, 0);
  w(0x4430c, 1);
  w(0x44200, 0x80000000);
  c(0xae, 1, 2);
  for (const [at, value] of [
    [0xd1, 0],
    [0xd0, 0xff],
    [0xac, 0],
  ] as const) {
    c(at, value, 1);
  }
  raiseEvent(vgpu.core, 'rcs0-user');
  assert.equal(interrupts.at(-1)?.delivered, true);
  c(0xd4, 3, 2);
  assert.equal(vgpu.core.state.config.d3Entered, true);
});
