import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addGuest, addVgpu, testHost } from '../testing/test-host.ts';
import { displayRegisters } from './display-switch-table.ts';

const SURF = 0x7019c;
const READY = 0x78804;

test('§14.4: error codes of foreground_vm', () => {
  const host = testHost();
  const device = addVgpu(host);
  assert.equal(host.writeForegroundVm('one')?.errno, -22);
  assert.equal(host.writeForegroundVm('')?.errno, -22);
  assert.equal(host.writeForegroundVm('-1')?.errno, -22);
  assert.equal(host.writeForegroundVm('5')?.errno, -19);
  assert.equal(host.writeForegroundVm('1')?.errno, -11);
  device.write('mmio', READY, 4, 1, 0);
  assert.equal(host.writeForegroundVm('1\n'), undefined);
  assert.equal(host.writeForegroundVm('0'), undefined, 'the same as now: nothing happens');
  host.advanceTo(1e9);
  assert.equal(host.foreground, 0);
});

test('§14.4: the switch comes with the next vblank and writes the planes pipe by pipe', () => {
  const host = testHost();
  const device = addVgpu(host);
  device.write('mmio', SURF, 4, 0x8001000, 0);
  device.write('mmio', READY, 4, 1, 0);
  const order: number[] = [];
  host.setListener({ displaySwitched: ({ offset }) => order.push(offset) });
  assert.equal(host.writeForegroundVm('1'), undefined);
  host.advanceTo(16e6);
  assert.equal(host.foreground, 0);
  host.advanceTo(17e6);
  assert.equal(host.foreground, 1);
  assert.deepEqual(order, displayRegisters('skl'));
  assert.ok(order.indexOf(0x70180) < order.indexOf(SURF), 'the surface last');
  assert.ok(order.indexOf(SURF) < order.indexOf(0x68180), 'then the panel fitter');
  assert.ok(order.indexOf(0x68180) < order.indexOf(0x7119c), 'then the next pipe');
  assert.equal(host.host.hardware.get(SURF), 0x8001000);
});

test('what is on the screen follows its vGPU, and the host has its own back afterwards', () => {
  const host = testHost();
  const [one, two] = [addVgpu(host), addVgpu(host)];
  const golden = host.host.hardware.get(SURF);
  one.write('mmio', READY, 4, 1, 0);
  host.writeForegroundVm('1');
  host.advanceTo(20e6);
  one.write('mmio', SURF, 4, 0x8003000, 0);
  two.write('mmio', SURF, 4, 0x9000000, 0);
  assert.equal(host.host.hardware.get(SURF), 0x8003000);
  host.destroy(1);
  assert.equal(host.foreground, 0);
  assert.equal(host.host.hardware.get(SURF), golden);
});

test('§14.4: render engine and blitter are to be idle', () => {
  const host = testHost();
  const guest = addGuest(host);
  guest.w(READY, 1);
  guest.run(guest.context(), [0x0e404002, 1, guest.hidden + 4096, 0]);
  host.writeForegroundVm('1');
  host.advanceTo(1e9);
  assert.equal(host.foreground, 0);
  guest.w(0x941c, 2);
  host.advanceTo(1.1e9);
  assert.equal(host.foreground, 1);
});

test('§3: each write of display_ready is an event', () => {
  const host = testHost();
  const device = addVgpu(host);
  const events: unknown[] = [];
  host.setListener({ uevent: (variables) => events.push(variables) });
  device.write('mmio', READY, 4, 1, 0);
  device.write('mmio', READY, 4, 0, 0);
  assert.deepEqual(events, [
    { GVT_DISPLAY_READY: '1', VMID: '1' },
    { GVT_DISPLAY_READY: '0', VMID: '1' },
  ]);
});
