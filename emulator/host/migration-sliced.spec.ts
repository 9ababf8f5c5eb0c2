import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceModel } from '../device-model.ts';
import type { EngineGuest } from '../testing/engine-guest.ts';
import { addGuest, addVgpu, testHost } from '../testing/test-host.ts';
import type { HostGpu } from './host-gpu.ts';
import type { HostedVgpu } from './hosted-vgpu.ts';

/** Ten commands a millisecond, so that a batch takes its time. */
const SLOW = {
  type: 'i915-GVTg_V5_8',
  more: { pace: { burst: 0, perMillisecond: 10 } },
};
const STORE_TO_GGTT = 0x10400002;
const USER_INTERRUPT = 0x01000000;
const NOOPS = 300;
const DONE = 0xabcd;

interface Turn {
  readonly from: number;
  readonly to: number;
}

function sliced() {
  const host = testHost({ scheduling: 'sliced' });
  const turns: Turn[] = [];
  host.setListener({ scheduled: ({ from, to }) => turns.push({ from, to }) });
  return { host, turns };
}

/** A context that takes 30 ms, and stores a dword and interrupts at its end. */
function submitLong(guest: EngineGuest, contexts = 1): void {
  const [first, second] = Array.from({ length: contexts }, () => {
    const context = guest.context();
    const store = [STORE_TO_GGTT, guest.hidden + 4096, 0, DONE];
    guest.emit(context, [...new Array<number>(NOOPS).fill(0), ...store, USER_INTERRUPT]);
    return context;
  });
  assert.ok(first);
  guest.submit(first, second);
}

/** What a guest of the device sees of its work: its status page, its scratch page, its engine’s registers. */
function seen({ vgpu }: { vgpu: HostedVgpu['vgpu'] }): readonly number[] {
  const { hiddenBase } = vgpu.core.config.partition;
  const pages = Array.from(
    { length: 0x800 },
    (_, at) => vgpu.peek('ggtt', hiddenBase + at * 4, 4).low,
  );
  const registers = [0x2030, 0x2034, 0x2074, 0x2234, 0x23a0, 0x44308];
  return [...pages, ...registers.map((offset) => vgpu.peek('mmio', offset, 4).low)];
}

function isDone({ vgpu }: { vgpu: HostedVgpu['vgpu'] }): boolean {
  return vgpu.peek('ggtt', vgpu.core.config.partition.hiddenBase + 4096, 4).low === DONE;
}

/** Puts a vGPU of a host into one that was just made; its guest memory comes first. */
function move(
  from: HostGpu,
  source: HostedVgpu | EngineGuest,
  to: HostGpu,
  into: HostedVgpu,
): void {
  into.vgpu.core.memory.restore(source.vgpu.core.memory.save());
  const image = from.saveImage(1);
  assert.ok(image instanceof Uint8Array);
  assert.equal(to.loadImage(into.id, image), undefined);
}

function commandsOf(device: Pick<DeviceModel, 'setListener'>): { count: number } {
  const counted = { count: 0 };
  device.setListener({ command: () => counted.count++ });
  return counted;
}

/** A guest whose context has run for 12 of 30 ms, and a host on which another’s has begun. */
function underWay(contexts = 1) {
  const [here, there] = [sliced(), sliced()];
  const guest = addGuest(here.host, SLOW);
  const before = commandsOf(guest.vgpu);
  submitLong(guest, contexts);
  here.host.advanceTo(12e6);
  assert.equal(guest.vgpu.core.state.engines.each[0]?.phase, 'run');
  const target = addVgpu(there.host, SLOW);
  assert.equal(there.host.attach(target.id, target.id), undefined);
  const other = addGuest(there.host, SLOW);
  submitLong(other);
  there.host.advanceTo(5e6);
  assert.equal(there.host.ownerOf('RCS0'), other.vgpu.core.config.id);
  return { here, there, guest, before, target, other };
}

test('§11, §12.5: a context that runs waits on its new host for the one that runs there, and goes on where it was', () => {
  const { here, there, guest, before, target, other } = underWay();
  const executed = before.count;
  const after = commandsOf(target);
  move(here.host, guest, there.host, target);
  assert.equal(target.vgpu.core.state.engines.gate, 'closed');
  there.host.advanceTo(25e6);
  assert.deepEqual([isDone(other), isDone(target), after.count], [false, false, 0]);
  there.host.advanceTo(36e6);
  assert.deepEqual([isDone(other), isDone(target)], [true, false]);
  assert.equal(there.host.ownerOf('RCS0'), target.id);
  there.host.advanceTo(60e6);
  assert.equal(isDone(target), true);
  here.host.advanceTo(60e6);
  assert.equal(executed + after.count, before.count, 'each command is executed once');
  assert.deepEqual(seen(target), seen(guest));
  assert.deepEqual(there.turns.slice(0, 2), [
    { from: 0, to: 2 },
    { from: 2, to: 1 },
  ]);
});

test('§11, §12.5: two contexts of which the first runs both come to their end elsewhere', () => {
  const { here, there, guest, target } = underWay(2);
  move(here.host, guest, there.host, target);
  there.host.advanceTo(200e6);
  here.host.advanceTo(200e6);
  assert.equal(target.vgpu.core.state.engines.each[0]?.phase, 'idle');
  assert.deepEqual(seen(target), seen(guest));
});

test('§11, §12.5: where it is not attached it waits until it is', () => {
  const { here, guest } = underWay();
  const idle = sliced();
  const target = addVgpu(idle.host, SLOW);
  move(here.host, guest, idle.host, target);
  idle.host.advanceTo(100e6);
  assert.equal(isDone(target), false);
  assert.equal(idle.host.attach(target.id, 1), undefined);
  idle.host.advanceTo(130e6);
  assert.equal(isDone(target), true);
  assert.equal(idle.host.ownerOf('RCS0'), target.id);
});

test('§11, §12.5: one that another waits for goes: its old host gives the engine to the other', () => {
  const { here, there, guest, target } = underWay();
  const waiting = addGuest(here.host, SLOW);
  submitLong(waiting);
  here.host.advanceTo(20e6);
  assert.equal(isDone(waiting), false);
  move(here.host, guest, there.host, target);
  assert.equal(here.host.destroy(1), undefined);
  here.host.advanceTo(55e6);
  assert.equal(isDone(waiting), true);
  assert.equal(here.host.ownerOf('RCS0'), 2);
  there.host.advanceTo(100e6);
  assert.equal(isDone(target), true);
});

test('§11, §12.5: one that hangs hangs on its new host as well, and keeps the engine there until it is reset', () => {
  const [here, there] = [sliced(), sliced()];
  const guest = addGuest(here.host, SLOW);
  guest.run(guest.context(), [0x0e404002, 1, guest.hidden + 4096, 0]);
  here.host.advanceTo(10e6);
  const target = addVgpu(there.host, SLOW);
  assert.equal(there.host.attach(target.id, 1), undefined);
  move(here.host, guest, there.host, target);
  const other = addGuest(there.host, SLOW);
  submitLong(other);
  there.host.advanceTo(3e9);
  assert.equal(isDone(other), false);
  target.write('mmio', 0x941c, 4, 2, 0);
  there.host.advanceTo(3.1e9);
  assert.equal(isDone(other), true);
});

test('§12.5: a snapshot of the new host, and its hash, have the context that came', () => {
  const { here, there, guest, target } = underWay();
  const made = there.host.hash();
  move(here.host, guest, there.host, target);
  const [saved, hash] = [there.host.save(), there.host.hash()];
  assert.notEqual(hash, made);
  there.host.advanceTo(60e6);
  const end = there.host.hash();
  there.host.restore(saved);
  assert.equal(there.host.hash(), hash);
  there.host.advanceTo(60e6);
  assert.equal(there.host.hash(), end);
});
