import assert from 'node:assert/strict';
import { test } from 'node:test';
import { raiseEvent } from '../interrupt/events.ts';
import { testVgpu } from '../testing/test-vgpu.ts';
import type { VgpuConfig } from '../vgpu-config.ts';

const MSI = 0xac;

/** GT0 lets the render engine's user interrupt through. */
function device(change: Partial<VgpuConfig> = {}) {
  const test = testVgpu(change);
  const { vgpu, w } = test;
  w(0x44304, 0);
  w(0x4430c, 1);
  w(0x44200, 0x80000000);
  const c = (at: number, value: number, size = 4) => vgpu.write('config', at, size, value, 0);
  return { ...test, c, event: () => raiseEvent(vgpu.core, 'rcs0-user') };
}

test('§1.4: address at cap+4, data at cap+8, enable is bit 0 of the word at cap+2', () => {
  const { c, event, interrupts } = device();
  c(MSI + 4, 0xfee01000);
  c(MSI + 8, 0x41, 2);
  c(MSI + 2, 1, 2);
  event();
  assert.deepEqual(interrupts.at(-1), {
    kind: 'msi',
    name: 'MSI',
    delivered: true,
    address: 0xfee01000,
    data: 0x41,
  });
});

test('§1.4: any other bit of the control word stops the MSI', () => {
  for (const control of [0x0003, 0x0081, 0x0000, 0x8001]) {
    const { c, event, interrupts, faults } = device();
    c(MSI + 2, control, 2);
    event();
    assert.equal(interrupts.at(-1)?.delivered, false, control.toString(16));
    assert.equal(faults.at(-1)?.check, 'msi-refused');
  }
});

test('§1.4: without the option there is no INTx', () => {
  const { vgpu, event, interrupts } = device();
  event();
  assert.equal(vgpu.interruptLine, 0);
  assert.ok(interrupts.every(({ kind }) => kind !== 'intx'));
});

test('INTA# is a level: up with the first cause, down when the guest has cleared it or masked the master', () => {
  const { vgpu, w, event, interrupts } = device({ legacyInterrupt: true });
  const levels = () => interrupts.filter(({ kind }) => kind === 'intx').map(({ level }) => level);
  event();
  event();
  assert.deepEqual(levels(), [1]);
  assert.equal(vgpu.read('config', 0x06, 1).low & 8, 8, 'STATUS shows it');
  w(0x44200, 0);
  assert.deepEqual(levels(), [1, 0]);
  w(0x44200, 0x80000000);
  assert.deepEqual(levels(), [1, 0, 1]);
  w(0x44308, 1);
  assert.deepEqual(levels(), [1, 0, 1, 0]);
  assert.equal(vgpu.interruptLine, 0);
});

test('INTA# stays down while COMMAND disables it, and once MSI is on', () => {
  const { vgpu, c, event, interrupts } = device({ legacyInterrupt: true });
  c(0x04, 0x400, 2);
  event();
  assert.equal(vgpu.interruptLine, 0);
  assert.equal(vgpu.read('config', 0x06, 1).low & 8, 8, 'the cause shows all the same');
  c(0x04, 0, 2);
  assert.equal(vgpu.interruptLine, 1);
  c(MSI + 2, 1, 2);
  assert.equal(vgpu.interruptLine, 0);
  event();
  assert.equal(interrupts.at(-1)?.kind, 'msi');
});

test('§2.4: in failsafe mode a guest that writes the master register still takes the line down', () => {
  const { vgpu, w, event } = device({ legacyInterrupt: true });
  event();
  w(0x78808, 1);
  assert.equal(vgpu.interruptLine, 1);
  w(0x44200, 0);
  assert.equal(vgpu.interruptLine, 0);
  event();
  w(0x44200, 0x80000000);
  assert.equal(vgpu.interruptLine, 0, 'what it wrote shows no cause');
});
