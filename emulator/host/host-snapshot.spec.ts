import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addGuest, addVgpu, testHost } from '../testing/test-host.ts';
import { Kvm } from './hypervisor/kvm.ts';

const USER_INTERRUPT = 0x01000000;

test('a host is saved and restored whole, vGPUs that have come and gone included', () => {
  const kvm = new Kvm();
  for (let at = 0; at < 3; at++) kvm.createDomain([{ base: 0, size: 0x80000000 }]);
  const host = testHost({ scheduling: 'sliced' }, kvm);
  const [one] = [addGuest(host), addGuest(host)];
  one.run(one.context(), [USER_INTERRUPT]);
  host.advanceTo(5e6);
  const [snapshot, hash] = [host.save(), host.hash()];
  host.destroy(2);
  addGuest(host, { type: 'i915-GVTg_V5_8', id: 3 });
  one.w(0x20a0, 9);
  host.advanceTo(20e6);
  const later = host.hash();
  assert.notEqual(later, hash);
  host.restore(snapshot);
  assert.equal(host.hash(), hash);
  assert.deepEqual(
    host.vgpus.map(({ id }) => id),
    [1, 2],
  );
  // The new device of vGPU 2 has its domain's services again.
  const device = host.device(2);
  device?.write('config', 0x04, 2, 2, 0);
  assert.equal(kvm.domain(2)?.trapped.base, 0);
});

test('restored state runs on as the state that was saved', () => {
  const host = testHost({ scheduling: 'sliced' });
  const slow = { type: 'i915-GVTg_V5_8', more: { pace: { burst: 0, perMillisecond: 10 } } };
  const guests = [addGuest(host, slow), addGuest(host, slow)];
  for (const guest of guests) {
    const context = guest.context();
    guest.emit(context, new Array<number>(300).fill(0));
    guest.submit(context);
  }
  host.advanceTo(11e6);
  const snapshot = host.save();
  host.advanceTo(100e6);
  const end = host.hash();
  host.restore(snapshot);
  host.advanceTo(100e6);
  assert.equal(host.hash(), end);
});

test('the hash covers ownership, the screen and hardware registers', () => {
  const host = testHost();
  addVgpu(host);
  const hash = host.hash();
  const { state, hardware } = host.host;
  state.owners[0] = 1;
  assert.notEqual(host.hash(), hash);
  state.owners[0] = 0;
  state.foreground = 1;
  assert.notEqual(host.hash(), hash);
  state.foreground = 0;
  hardware.set(0x20a0, 1);
  assert.notEqual(host.hash(), hash);
});

test('§12.6: mmio_diff', () => {
  const host = testHost();
  const device = addVgpu(host);
  device.write('mmio', 0x2094, 4, 0x10f, 0);
  const text = host.mmioDiff(1) ?? '';
  const lines = text.trimEnd().split('\n');
  assert.equal(lines[0], 'Offset   HW       vGPU     Diff');
  assert.ok(lines.includes('00002094 00000000 0000010f 0-3,8'));
  assert.match(lines.at(-1) ?? '', /^Total: \d+, Diff: \d+$/);
});
