import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testBroadwell, testVgpu } from '../testing/test-vgpu.ts';
import { raiseEvent } from './events.ts';
import type { InterruptEventId } from './interrupt-tables.ts';

const MASTER = 0x44200;
const ENABLE = 0x80000000;
const GT3 = { deviceId: 0x1926 };

type Row = readonly [id: InterruptEventId, base: number, bit: number, master: number];

/** gvt-facts §7.1 and §7.2: an event, its group's base, its bit there, the master's bit. */
const COMMON: readonly Row[] = [
  ['rcs0-user', 0x44300, 0, 0],
  ['rcs0-notify', 0x44300, 4, 0],
  ['rcs0-context-switch', 0x44300, 8, 0],
  ['bcs0-user', 0x44300, 16, 1],
  ['bcs0-notify', 0x44300, 20, 1],
  ['bcs0-context-switch', 0x44300, 24, 1],
  ['vcs0-user', 0x44310, 0, 2],
  ['vcs0-notify', 0x44310, 4, 2],
  ['vcs0-context-switch', 0x44310, 8, 2],
  ['vcs1-user', 0x44310, 16, 3],
  ['vcs1-notify', 0x44310, 20, 3],
  ['vcs1-context-switch', 0x44310, 24, 3],
  ['vecs0-user', 0x44330, 0, 6],
  ['vecs0-notify', 0x44330, 4, 6],
  ['vecs0-context-switch', 0x44330, 8, 6],
  ['pipe-a-vblank', 0x44400, 0, 16],
  ['pipe-b-vblank', 0x44410, 0, 17],
  ['pipe-c-vblank', 0x44420, 0, 18],
  ['aux-a', 0x44440, 0, 20],
  ['hotplug-a', 0x44440, 3, 20],
  ['gse', 0x44460, 0, 22],
  ['gmbus', 0xc4000, 17, 23],
  ['hotplug-crt', 0xc4000, 19, 23],
  ['hotplug-b', 0xc4000, 21, 23],
  ['hotplug-c', 0xc4000, 22, 23],
  ['hotplug-d', 0xc4000, 23, 23],
  ['thermal', 0x444e0, 24, 30],
  ['pcode-mailbox', 0x444e0, 25, 30],
];

const SKYLAKE: readonly Row[] = [
  ['pipe-a-plane1-flip', 0x44400, 3, 16],
  ['pipe-a-plane2-flip', 0x44400, 4, 16],
  ['pipe-b-plane1-flip', 0x44410, 3, 17],
  ['pipe-b-plane2-flip', 0x44410, 4, 17],
  ['pipe-c-plane1-flip', 0x44420, 3, 18],
  ['pipe-c-plane2-flip', 0x44420, 4, 18],
  ['aux-b', 0x44440, 25, 20],
  ['aux-c', 0x44440, 26, 20],
  ['aux-d', 0x44440, 27, 20],
];

const BROADWELL: readonly Row[] = [
  ['pipe-a-plane1-flip', 0x44400, 4, 16],
  ['pipe-a-plane2-flip', 0x44400, 5, 16],
  ['pipe-b-plane1-flip', 0x44410, 4, 17],
  ['pipe-b-plane2-flip', 0x44410, 5, 17],
  ['pipe-c-plane1-flip', 0x44420, 4, 18],
  ['pipe-c-plane2-flip', 0x44420, 5, 18],
  ['aux-b', 0xc4000, 25, 23],
  ['aux-c', 0xc4000, 26, 23],
  ['aux-d', 0xc4000, 27, 23],
];

const GROUPS = [
  0x44300, 0x44310, 0x44320, 0x44330, 0x44400, 0x44410, 0x44420, 0x44440, 0x44460, 0xc4000, 0x444e0,
];

for (const [platform, make, rows] of [
  ['Skylake', () => testVgpu(GT3), [...COMMON, ...SKYLAKE]],
  ['Broadwell', () => testBroadwell({ deviceId: 0x1626 }), [...COMMON, ...BROADWELL]],
] as const) {
  for (const [id, base, bit, master] of rows) {
    test(`gvt-facts §7.2: ${platform}: ${id} is bit ${bit} of ${base.toString(16)}, and bit ${master} of the master`, () => {
      const { vgpu, r, w, faults, interrupts } = make();
      const mask = (1 << bit) >>> 0;
      w(MASTER, ENABLE);
      w(base + 4, 0xffffffff);
      raiseEvent(vgpu.core, id);
      assert.equal(r(base + 8), 0, 'masked: dropped');
      assert.match(faults.at(-1)?.check ?? '', /^(display-)?event-masked$/);
      w(base + 4, ~mask >>> 0);
      w(base + 12, mask);
      interrupts.length = 0;
      raiseEvent(vgpu.core, id);
      for (const group of GROUPS) assert.equal(r(group + 8), group === base ? mask : 0);
      assert.equal(r(MASTER), (ENABLE | (1 << master)) >>> 0);
      assert.equal(interrupts.filter(({ kind }) => kind === 'msi').length, 1);
      w(base + 8, mask);
      assert.deepEqual([r(base + 8), r(MASTER)], [0, ENABLE], 'write 1 to clear');
    });
  }
}

test('gvt-facts §7.1: each group is ISR, IMR, IIR, IER from its base; GT2 has no events but is there', () => {
  const { vgpu } = testVgpu();
  for (const base of GROUPS) {
    const parts = [0, 4, 8, 12].map((at) => vgpu.core.registers.map.at(base + at)?.name ?? '');
    assert.deepEqual(
      parts.map((name) => /(ISR|IMR|IIR|IER)/.exec(name)?.[0]),
      ['ISR', 'IMR', 'IIR', 'IER'],
      base.toString(16),
    );
  }
});

test('gvt-facts §7.1: GT2 has master bit 4', () => {
  const { vgpu, r, w } = testVgpu();
  w(MASTER, ENABLE);
  vgpu.poke('mmio', 0x44328, 4, 1, 0);
  w(0x4432c, 1);
  assert.equal(r(MASTER), (ENABLE | 0x10) >>> 0);
});

function ready() {
  const test = testVgpu();
  test.w(MASTER, ENABLE);
  test.w(0x44304, 0);
  test.w(0x4430c, 0xffffffff);
  test.interrupts.length = 0;
  const msis = () => test.interrupts.splice(0).filter(({ kind }) => kind === 'msi').length;
  return { ...test, msis };
}

test('gvt-facts §7.3 rule 2: an event, an IMR write, an IER write and a master write inject while bits are pending', () => {
  const { vgpu, w, msis } = ready();
  raiseEvent(vgpu.core, 'rcs0-user');
  assert.equal(msis(), 1, 'event');
  w(0x44304, 0);
  assert.equal(msis(), 1, 'IMR');
  w(0x4430c, 0xffffffff);
  assert.equal(msis(), 1, 'IER');
  w(MASTER, ENABLE);
  assert.equal(msis(), 1, 'master');
  w(0x20a8, 0);
  assert.equal(msis(), 1, 'a ring-local IMR');
  w(MASTER, 0);
  w(0x44304, 0);
  assert.equal(msis(), 0, 'not with the master off');
});

test('gvt-facts §7.3 rule 3: an IIR write does not inject, even if other bits remain; the master’s bit 31 does', () => {
  const { vgpu, r, w, msis } = ready();
  raiseEvent(vgpu.core, 'rcs0-user');
  raiseEvent(vgpu.core, 'rcs0-notify');
  msis();
  w(MASTER, 0);
  w(0x44308, 0x1);
  assert.deepEqual([r(0x44308), r(MASTER) & 1, msis()], [0x10, 1, 0]);
  w(MASTER, ENABLE);
  assert.equal(msis(), 1);
});

test('gvt-facts §7.3 rule 3: an IIR write recomputes its own group’s bits only', () => {
  const { vgpu, r, w } = ready();
  w(0x44334, 0);
  w(0x4433c, 0xffffffff);
  raiseEvent(vgpu.core, 'vecs0-user');
  raiseEvent(vgpu.core, 'rcs0-user');
  vgpu.poke('mmio', 0x44338, 4, 0, 0);
  w(0x44308, 1);
  assert.equal(r(MASTER), (ENABLE | 0x40) >>> 0, 'VECS’ bit is stale, and stays');
});

test('gvt-facts §7.3 rule 4: an IER write clears stale status, an event does not', () => {
  const { vgpu, r, w } = ready();
  raiseEvent(vgpu.core, 'rcs0-user');
  vgpu.poke('mmio', 0x44308, 4, 0, 0);
  w(0x44334, 0);
  w(0x4433c, 0xffffffff);
  raiseEvent(vgpu.core, 'vecs0-user');
  assert.equal(r(MASTER), (ENABLE | 0x41) >>> 0, 'stale bit 0 is still there');
  w(0x4430c, 0xffffffff);
  assert.equal(r(MASTER), (ENABLE | 0x40) >>> 0);
});

test('gvt-facts §7.3 rule 2: IIR without IER is not pending', () => {
  const { vgpu, r, w, msis } = ready();
  w(0x4430c, 0x10);
  msis();
  raiseEvent(vgpu.core, 'rcs0-user');
  assert.deepEqual([r(0x44308), r(MASTER), msis()], [1, ENABLE, 0]);
});

test('gvt-facts §7.3 rule 6: there is no de-bounce', () => {
  const { vgpu, msis } = ready();
  for (let n = 0; n < 3; n++) raiseEvent(vgpu.core, 'rcs0-user');
  assert.equal(msis(), 3);
});
