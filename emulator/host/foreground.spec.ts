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

/** Registers of pipe A, in the order of the switch. */
const PIPE_A = {
  skl:
    '70188 7018c 70190 70194 70198 701a0 701a4 701c0 70180 7019c ' +
    '70288 7028c 70290 70294 70298 702a0 702a4 702c0 70280 7029c ' +
    '70388 7038c 70390 70394 70398 703a0 703a4 703c0 70380 7039c ' +
    '70088 70080 70084 68170 68174 68180 68270 68274 68280',
  bdw:
    '70188 701a4 70180 7019c 70288 7028c 70290 702a4 70280 7029c ' +
    '70088 70080 70084 68070 68074 68080',
} as const;

for (const platform of ['skl', 'bdw'] as const) {
  test(`§14.4: registers of the switch on ${platform}: planes, cursor, panel fitter, of each pipe`, () => {
    const registers = displayRegisters(platform);
    const pipeA = PIPE_A[platform].split(' ');
    assert.equal(registers.slice(0, pipeA.length).map(hex).join(' '), pipeA.join(' '));
    assert.equal(new Set(registers).size, registers.length);
    // Pipe C of Skylake has one scaler.
    assert.equal(registers.length, pipeA.length * 3 - (platform === 'skl' ? 3 : 0));
    assert.deepEqual(registers.filter((at) => at === 0x7119c || at === 0x7219c).length, 2);
  });
}

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

function hex(offset: number): string {
  return offset.toString(16);
}
