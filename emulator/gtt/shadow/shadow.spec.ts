import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShadowEvent } from '../../device-model.ts';
import { guest, PAGE, PD, PDP, PML4, PT, PT2 } from './testing/shadow-guest.ts';

const text = (event: ShadowEvent): string => {
  if (event.kind === 'refcount')
    return `${event.tag} ${event.frame} ${event.before}→${event.after}`;
  if (event.kind === 'guest-change') return `${event.tag} ${event.type}`;
  if (event.kind === 'change') return `${event.tag} ${event.frame} type ${event.type}`;
  return `${event.kind} ${event.frame} type ${event.type}`;
};

test('§5.4: create walks the guest tables, and shadows and protects each', () => {
  const { notify, events, counts, protectedPages } = guest();
  notify(4);
  assert.deepEqual(counts(), { 16: 1, 17: 1, 18: 1, 19: 1 });
  assert.deepEqual([...protectedPages], [16, 17, 18, 19]);
  assert.deepEqual(events.map(text), [
    'shadow_ppgtt_mm 12',
    'alloc 16 type 17',
    'born 16 type 17',
    'alloc 17 type 16',
    'born 17 type 16',
    'alloc 18 type 15',
    'born 18 type 15',
    'alloc 19 type 14',
    'born 19 type 14',
    'new 19 type 14',
    'new 18 type 15',
    'new 17 type 16',
    'new 16 type 17',
    'populate root pointer 12',
  ]);
});

test('§5.4: destroy takes all away again, and nothing is protected', () => {
  const { notify, events, shadow, protectedPages, checks } = guest();
  notify(4);
  events.splice(0);
  notify(5);
  assert.deepEqual(shadow, { tables: [], roots: [] });
  assert.equal(protectedPages.size, 0);
  assert.deepEqual(events.slice(0, 4).map(text), [
    'die 16 type 17',
    'dec 16 1→0',
    'die 17 type 16',
    'dec 17 1→0',
  ]);
  assert.equal(events.map(text).at(-1), 'destroy root pointer 12');
  assert.deepEqual(checks(), []);
});

test('§5.4: one tree for each distinct root, counted', () => {
  const { notify, shadow, counts } = guest();
  notify(4);
  notify(4);
  assert.equal(shadow.roots.length, 1);
  notify(5);
  assert.deepEqual(counts(), { 16: 1, 17: 1, 18: 1, 19: 1 });
  notify(5);
  assert.deepEqual(counts(), {});
});

test('§5.1: a 3-level root has four pointers to page directories', () => {
  const { notify, shadow } = guest();
  notify(2, [PD, 0, PD, 0]);
  assert.deepEqual(
    shadow.tables.map(({ frame, type, references }) => [frame, type, references]),
    [
      [18, 15, 2],
      [19, 14, 1],
    ],
  );
  notify(3, [PD, 0, PD, 0]);
  assert.deepEqual(shadow.tables, []);
});

test('§5.4: every entry that leads to a table counts', () => {
  const { notify, put, counts } = guest();
  for (let index = 0; index < 512; index++) put(PDP, index, PD | 3);
  notify(4);
  assert.deepEqual(counts(), { 16: 1, 17: 1, 18: 512, 19: 1 });
});

test('§5.4: 8 bytes at once: the new sub-tree is added before the old one is released', () => {
  const { notify, poke, events, counts } = guest();
  notify(4);
  events.splice(0);
  poke(PD, 0, 8, PT2 | 3);
  assert.deepEqual(counts(), { 16: 1, 17: 1, 18: 1, 20: 1 });
  const order = events.map(text);
  assert.ok(order.indexOf('new 20 type 14') < order.indexOf('die 19 type 14'));
  assert.deepEqual([order[0], order.includes('remove 15')], ['add 15', true]);
});

test('§5.4: 4 bytes wait in the post-shadow list until work is submitted', () => {
  const { vgpu, notify, poke, counts, shadow } = guest();
  notify(4);
  poke(PD, 0, 4, PT2 | 3);
  assert.deepEqual(counts(), { 16: 1, 17: 1, 18: 1 }, 'scratch in the meantime');
  poke(PD, 4, 4, 0);
  const directory = shadow.tables.find(({ frame }) => frame === 18);
  assert.deepEqual(directory?.postponed, [0]);
  assert.equal(vgpu.peek('memory', PD, 4).low, PT2 | 3, 'the guest sees what it wrote');
});

test('§5.4: only writes of 4 and 8 bytes are accepted', () => {
  for (const [size, at] of [
    [1, 0],
    [2, 0],
    [2, 4],
  ] as const) {
    const { notify, poke, checks, counts } = guest();
    notify(4);
    poke(PD, at, size, 0);
    assert.deepEqual(checks(), ['page-table-write-size']);
    assert.deepEqual(counts(), { 16: 1, 17: 1, 18: 1, 19: 1 }, 'the shadow keeps the entry');
    notify(5);
    assert.deepEqual(counts(), {});
  }
});

test('§5.5: a page that is still a table is used for other data', () => {
  const { notify, poke, checks } = guest();
  notify(4);
  poke(PT, 16, 8, 0xdeadbeef, 0xcafef00d);
  assert.deepEqual(checks(), ['page-table-reused', 'ppgtt-frame-unbacked']);
  notify(4, [PD]);
  assert.deepEqual(checks(), ['page-table-two-types']);
});

test('§5.5: a leaf without guest memory behind it', () => {
  const { notify, poke, checks } = guest();
  notify(4);
  poke(PT, 8, 8, 0x90000003);
  assert.deepEqual(checks(), ['ppgtt-frame-unbacked']);
});

test('§5.2: 1G pages are refused, 64K pages need 0x4080 = 0xf', () => {
  const { vgpu, w, notify, poke, checks, counts } = guest();
  notify(4);
  poke(PDP, 8, 8, 0x40000083);
  assert.deepEqual(checks(), ['ppgtt-entry']);
  poke(PD, 8, 8, PT2 | 0x803);
  assert.deepEqual(checks(), ['ppgtt-entry']);
  assert.equal(counts()[20], undefined);
  w(0x4080, 0xf);
  poke(PD, 8, 8, PT2 | 0x803);
  assert.deepEqual(checks(), []);
  assert.equal(counts()[20], 1);
  // Of a table with 64K pages only PTE 0, 16, 32 … are looked at.
  vgpu.core.memory.writeValue(PT2 + 8, 8, 0x90000003, 0);
  assert.deepEqual(checks(), []);
  vgpu.core.memory.writeValue(PT2 + 16 * 8, 8, 0x90000003, 0);
  assert.deepEqual(checks(), ['ppgtt-frame-unbacked']);
  // What was taken is released although the register has changed since.
  w(0x4080, 0);
  notify(5);
  assert.deepEqual(counts(), {});
});

test('§3, bugs.md §9.11: a create that fails is said here, or by choice by nobody', () => {
  const { notify, checks, shadow } = guest();
  notify(4, [0]);
  notify(4, [0x50000000]);
  assert.deepEqual(checks(), ['ppgtt-create-failed', 'ppgtt-create-failed']);
  assert.deepEqual(shadow.roots, []);
  const faithful = guest({ quirks: ['g2v-failure-silent'] });
  faithful.notify(4, [0]);
  assert.deepEqual(faithful.checks(), []);
});

test('§5.4: a root that was never created cannot be destroyed', () => {
  const { notify, checks } = guest();
  notify(5);
  assert.deepEqual(checks(), ['ppgtt-unknown-root']);
});

test('§5.4: the least recently used trees are reclaimed when memory runs out', () => {
  const { vgpu, notify, put, shadow } = guest({ shadowTables: 4 });
  notify(4);
  vgpu.showMemory(0x15000, new Uint8Array(PAGE));
  put(0x15000, 0, 0);
  notify(4, [0x15000]);
  assert.deepEqual(
    shadow.roots.map(({ pdps, shadowed }) => [pdps[0], shadowed]),
    [
      [PML4, false],
      [0x15000, true],
    ],
  );
  assert.deepEqual(
    shadow.tables.map(({ frame }) => frame),
    [0x15],
  );
});

test('§2.4: in failsafe mode protection is taken off at the next write', () => {
  const { w, notify, poke, shadow, protectedPages } = guest();
  notify(4);
  w(0x78808, 0);
  assert.equal(protectedPages.size, 4);
  poke(PT, 0, 1, 1);
  assert.deepEqual([...protectedPages], [16, 17, 18]);
  assert.equal(shadow.tables.find(({ frame }) => frame === 19)?.protected, false);
});

test('the books are saved, restored and hashed', () => {
  const { vgpu, notify, poke, put } = guest();
  notify(4);
  const [snapshot, hash] = [vgpu.save(), vgpu.hash()];
  poke(PD, 0, 8, PT2 | 3);
  assert.notEqual(vgpu.hash(), hash);
  vgpu.restore(snapshot);
  assert.equal(vgpu.hash(), hash);
  put(PD, 0, 0);
  assert.equal(vgpu.core.state.shadow.tables.length, 3, 'writes are seen after a restore');
});

test('in a recording a table may have left its tree unseen: only roots are certain', () => {
  const { vgpu, notify, put, poke, checks, shadow } = guest();
  vgpu.attachServices(undefined);
  notify(4);
  poke(PT, 16, 8, 0xdeadbeef, 0xcafef00d);
  poke(PT, 16, 1, 0);
  put(PT, 0, 0);
  notify(4, [PT]);
  assert.deepEqual(checks(), []);
  assert.equal(shadow.tables.find(({ frame }) => frame === 19)?.type, 17);
  poke(PML4, 8, 8, 0xdeadbeef, 0xcafef00d);
  assert.deepEqual(checks(), ['page-table-reused']);
});
