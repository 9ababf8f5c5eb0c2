import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addGuest, addVgpu, testHost } from '../testing/test-host.ts';
import type { LifeCycleEvent } from './host-events.ts';
import { isProblem } from './host-problem.ts';
import { Kvm } from './hypervisor/kvm.ts';

const MIB = 0x100000;
const SMALLEST = { type: 'i915-GVTg_V5_8' };

test('§12.1: ids are 1 to 7, the lowest free one first', () => {
  const host = testHost();
  const ids = Array.from({ length: 7 }, () => addVgpu(host, SMALLEST).id);
  assert.deepEqual(ids, [1, 2, 3, 4, 5, 6, 7]);
  const eighth = host.create(SMALLEST);
  assert.ok(typeof eighth === 'object');
  assert.match(eighth.problem, /7 vGPUs already/);
  host.destroy(3);
  assert.equal(host.create(SMALLEST), 3);
});

test('§12.1: the order of making, and how a failure unwinds', () => {
  const host = testHost({ apertureSize: 256 * MIB });
  const steps: string[] = [];
  host.setListener({
    lifeCycle: ({ direction, step }: LifeCycleEvent) =>
      steps.push(`${direction === 'make' ? '+' : '-'} ${step}`),
  });
  const result = host.create({ type: 'i915-GVTg_V5_2' });
  assert.ok(typeof result === 'object');
  assert.match(result.problem, /mappable \(low\)/);
  assert.deepEqual(steps, [
    '+ id',
    '+ configuration space',
    '+ registers',
    '- registers',
    '- configuration space',
    '- id',
  ]);
  assert.deepEqual(host.vgpus, []);
  steps.splice(0);
  addVgpu(host);
  assert.deepEqual(steps, [
    '+ id',
    '+ configuration space',
    '+ registers',
    '+ graphics memory and fences',
    '+ PVINFO page',
    '+ GTT and scratch trees',
    '+ OpRegion',
    '+ display',
    '+ submission',
    '+ schedule policy',
    '+ debug files',
    '+ OpRegion and EDID regions',
    '+ command-accessible registers',
  ]);
});

test('§12.4: the order of unmaking', () => {
  const host = testHost();
  const { id } = addVgpu(host);
  const steps: string[] = [];
  host.setListener({ lifeCycle: ({ step }) => steps.push(step) });
  host.destroy(id);
  assert.deepEqual(steps, [
    'id',
    'debug files',
    'schedule policy',
    'submission',
    'display',
    'OpRegion',
    'GGTT entries to scratch',
    'GTT trees',
    'BAR regions',
    'graphics memory and fences',
    'registers',
    'dma-bufs',
  ]);
});

test('§12.4: with the last vGPU the scheduling timer stops', () => {
  const host = testHost({ scheduling: 'sliced' });
  const [one, two] = [addGuest(host), addGuest(host)];
  const { scheduler } = host.host.state;
  host.destroy(1);
  assert.ok(scheduler.tickAt >= 0);
  host.destroy(2);
  assert.equal(scheduler.tickAt, -1);
  assert.ok(one !== two);
});

test('§4.3: the guest sees the same graphics addresses as the host, and its PVINFO says them', () => {
  const host = testHost();
  const [one, two] = [addVgpu(host), addVgpu(host, SMALLEST)];
  const slice = (at: number, device: typeof one) => device.read('mmio', 0x78040 + at, 4).low / MIB;
  assert.deepEqual(
    [0, 4, 8, 12].map((at) => slice(at, one)),
    [128, 128, 1408, 512],
  );
  assert.deepEqual(
    [0, 4, 8, 12].map((at) => slice(at, two)),
    [256, 64, 1920, 384],
  );
  assert.equal(two.read('mmio', 0x7800c, 4).low, 2, 'vgt id');
});

test('§12.2: one vGPU a VM, and domain 0 is the host', () => {
  const host = testHost();
  addVgpu(host);
  addVgpu(host);
  assert.equal(host.attach(1, 5), undefined);
  assert.equal(host.attach(2, 5)?.errno, -17);
  assert.equal(host.attach(1, 6)?.errno, -17);
  assert.equal(host.attach(2, 0)?.errno, -22);
  assert.equal(host.attach(3, 6)?.errno, -19);
  host.detach(1);
  assert.equal(host.attach(2, 5), undefined);
});

test('§12.4: what a vGPU had goes back: engines, fences, traps, protected pages', () => {
  const kvm = new Kvm();
  const domid = kvm.createDomain([{ base: 0, size: 0x80000000 }]);
  const host = testHost({}, kvm);
  const guest = addGuest(host);
  guest.w(0x78838, 0x40000000);
  guest.w(0x78818, 4);
  guest.w(0x100000, 0x10001);
  guest.device.write('config', 0x04, 2, 2, 0);
  guest.run(guest.context(), [0x01000000]);
  assert.equal(host.ownerOf('RCS0'), 1);
  assert.equal(kvm.domain(domid)?.protectedFrames.length, 4);
  assert.equal(host.host.hardware.get(0x100020), 0x10001);
  host.destroy(1);
  assert.equal(host.ownerOf('RCS0'), 0);
  const domain = kvm.domain(domid);
  assert.deepEqual(
    [domain?.vgpu, domain?.trapped.base, domain?.protectedFrames.length],
    [0, -1, 0],
  );
  assert.equal(host.host.hardware.get(0x100020), 0);
  assert.deepEqual(host.host.state.holdings, []);
});

test('a slice of a recording can be asked for, if it is free', () => {
  const host = testHost();
  const slice = {
    mappableBase: 64 * MIB,
    mappableSize: 64 * MIB,
    hiddenBase: 2048 * MIB,
    hiddenSize: 384 * MIB,
    fences: 4,
  };
  addVgpu(host, { slice });
  const again = host.create({ slice });
  assert.ok(typeof again === 'object' && isProblem(again));
  assert.match(again.problem, /another vGPU/);
});

test('§4.3, §4.4: fence n is the n-th host fence, written low = 0, high, low', () => {
  const host = testHost();
  addVgpu(host);
  const device = addVgpu(host);
  device.read('mmio', 0x78000, 4);
  device.write('mmio', 0x10000c, 4, 0x20000, 0);
  const writes: [number, number][] = [];
  host.setListener({ hardwareWritten: (offset, value) => writes.push([offset, value]) });
  device.write('mmio', 0x100008, 4, 0x10001, 0);
  // The second vGPU has host fences 8 to 11.
  assert.deepEqual(writes, [
    [0x100048, 0],
    [0x10004c, 0x20000],
    [0x100048, 0x10001],
  ]);
});
