import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVgpu, defaultConfig } from '../../emulator/index.ts';
import { DeviceSlot } from '../device/device-slot.ts';
import { FakeMachine } from '../testing/fake-machine.ts';
import { setInterruptPin } from './interrupt-pin.ts';

/** INTA# of slot 2 is PIRQB#, as on PIIX boards. */
const PIRQB = 0x61;

test('INTA# of slot 2 goes where the ISA bridge takes PIRQB#', () => {
  const { cpu, passedOn } = new FakeMachine(1 << 17);
  cpu.devices.pci.isa_bridge_space8[PIRQB] = 11;
  setInterruptPin(cpu, 1);
  setInterruptPin(cpu, 0);
  assert.deepEqual(passedOn, [
    { what: 'raise', at: 11 },
    { what: 'lower', at: 11 },
  ]);
});

test('INTA# goes nowhere while PIRQB# is not routed', () => {
  const { cpu, passedOn } = new FakeMachine(1 << 17);
  setInterruptPin(cpu, 1);
  assert.deepEqual(passedOn, []);
});

test('§1.4: a device with INTA# raises the line for its first cause, and lowers it when that is cleared', () => {
  const machine = new FakeMachine(1 << 17);
  machine.cpu.devices.pci.isa_bridge_space8[PIRQB] = 10;
  const config = { ...defaultConfig(), legacyInterrupt: true };
  const slot = new DeviceSlot(machine, createVgpu(config), config.apertureSize);
  const w = (offset: number, value: number) => slot.write('mmio', offset, 4, value, 0);
  w(0x44404, 0);
  w(0x4440c, 1);
  w(0x44200, 0x80000000);
  w(0x70008, 0x80000000);
  machine.clock.now = 20e6;
  slot.sync();
  assert.deepEqual(machine.passedOn, [{ what: 'raise', at: 10 }], 'a vblank');
  w(0x44408, 1);
  assert.deepEqual(machine.passedOn.at(-1), { what: 'lower', at: 10 });
});
