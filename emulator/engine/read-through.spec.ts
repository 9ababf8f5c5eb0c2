import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GoldenState } from '../golden-state.ts';
import { EngineGuest } from '../testing/engine-guest.ts';
import { addGuest, testHost } from '../testing/test-host.ts';
import { testVgpu } from '../testing/test-vgpu.ts';

const ACTHD = 0x2074;
const TIMESTAMP = 0x2358;
const golden = new GoldenState({ registers: [{ offset: ACTHD, value: 0xffdd70a8 }] });

/** A guest of the real GVT-g's that has run a command, so that the engine's active head has moved. */
function ran() {
  const guest = new EngineGuest({ policy: 'gvt-g', golden });
  const context = guest.context();
  guest.run(context, [0, 0]);
  const live = guest.vgpu.peek('mmio', ACTHD, 4).low;
  assert.notEqual(live, 0xffdd70a8);
  return { guest, live };
}

test('gvt-facts §6.2: GVT-g’s copy is the host’s until the guest reads the register', () => {
  const { guest, live } = ran();
  assert.equal(guest.vgpu.copyOf(ACTHD), 0xffdd70a8);
  assert.equal(guest.r(ACTHD), live);
  assert.equal(guest.vgpu.copyOf(ACTHD), live);
});

test('a reset makes it the host’s again, and a write the guest’s', () => {
  for (const reset of ['engines', 'full'] as const) {
    const { guest } = ran();
    guest.r(ACTHD);
    if (reset === 'full') guest.vgpu.reset();
    else guest.w(0x941c, 1);
    assert.equal(guest.vgpu.copyOf(ACTHD), 0xffdd70a8, reset);
    guest.w(ACTHD, 5);
    assert.equal(guest.vgpu.copyOf(ACTHD), 5);
  }
});

test('of the timestamp, both halves; other registers have no copy, nor has a model of hardware', () => {
  const { vgpu, r } = testVgpu({ policy: 'gvt-g' });
  vgpu.advanceTo(1e9);
  assert.deepEqual([vgpu.copyOf(TIMESTAMP), vgpu.copyOf(TIMESTAMP + 4)], [0, 0]);
  r(TIMESTAMP);
  vgpu.advanceTo(2e9);
  assert.deepEqual([vgpu.copyOf(TIMESTAMP), vgpu.copyOf(TIMESTAMP + 4)], [12e6, 0]);
  assert.equal(vgpu.copyOf(0x2030), undefined);
  assert.equal(testVgpu().vgpu.copyOf(TIMESTAMP), undefined);
});

test('it is state: snapshots and the hash have it', () => {
  const { guest, live } = ran();
  const { vgpu } = guest;
  const [saved, hash] = [vgpu.save(), vgpu.hash()];
  guest.r(ACTHD);
  assert.notEqual(vgpu.hash(), hash);
  vgpu.restore(saved);
  assert.equal(vgpu.hash(), hash);
  assert.equal(vgpu.copyOf(ACTHD), 0xffdd70a8);
  guest.r(ACTHD);
  assert.equal(vgpu.copyOf(ACTHD), live);
});

test('a host’s mmio_diff shows the copy', () => {
  const host = testHost();
  const guest = addGuest(host, { type: 'i915-GVTg_V5_4', more: { policy: 'gvt-g', golden } });
  guest.run(guest.context(), [0, 0]);
  assert.match(host.mmioDiff(1) ?? '', /^00002074 00000000 ffdd70a8 /m);
  const live = guest.r(ACTHD).toString(16);
  assert.match(host.mmioDiff(1) ?? '', new RegExp(`^00002074 00000000 ${live} `, 'm'));
});

/** Two guests of the real GVT-g on one host. */
function shared(scheduling: 'sliced' | 'at once') {
  const host = testHost({ scheduling });
  const request = { type: 'i915-GVTg_V5_4', more: { policy: 'gvt-g', golden } } as const;
  return { host, one: addGuest(host, request), two: addGuest(host, request) };
}

for (const scheduling of ['sliced', 'at once'] as const) {
  test(`gvt-facts §6.2: on a host (${scheduling}) who does not own the engine reads the copy`, () => {
    const { host, one, two } = shared(scheduling);
    assert.equal(two.r(ACTHD), 0xffdd70a8, 'nobody has had the engine: as it was when it was made');
    const context = one.context();
    one.run(context, [0, 0]);
    assert.equal(host.ownerOf('RCS0'), 1);
    const read = one.r(ACTHD);
    one.run(context, new Array<number>(6).fill(0));
    two.run(two.context(), [0, 0]);
    assert.equal(host.ownerOf('RCS0'), 2);
    assert.notEqual(one.vgpu.peek('mmio', ACTHD, 4).low, read, 'views show where its engine stood');
    assert.equal(one.r(ACTHD), read, 'the copy of its last read');
    assert.notEqual(two.r(ACTHD), 0xffdd70a8);
    one.run(context, [0, 0]);
    assert.equal(one.r(ACTHD), one.vgpu.peek('mmio', ACTHD, 4).low, 'its own again');
    assert.notEqual(one.r(ACTHD), read);
  });
}

test('gvt-facts §6.2: the timestamp is always live', () => {
  const { host, one, two } = shared('sliced');
  two.run(two.context(), [0, 0]);
  host.advanceTo(1e9);
  assert.equal(one.r(TIMESTAMP), 12e6);
});

test('who owns an engine decides after a restored snapshot, too', () => {
  const { host, one, two } = shared('sliced');
  const context = one.context();
  one.run(context, [0, 0]);
  const saved = host.save();
  const live = one.r(ACTHD);
  two.run(two.context(), [0, 0]);
  host.restore(saved);
  assert.equal(host.ownerOf('RCS0'), 1);
  assert.equal(one.r(ACTHD), live);
});

test('a context that hangs has its engine while others run, where nobody waits for them', () => {
  const { one, two } = shared('at once');
  one.run(one.context(), [0x0e404002, 1, one.hidden + 4096, 0]);
  two.run(two.context(), [0, 0]);
  assert.equal(one.r(ACTHD), one.vgpu.peek('mmio', ACTHD, 4).low);
});
