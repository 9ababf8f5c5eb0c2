import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testVgpu } from '../testing/test-vgpu.ts';
import type { Vgpu } from '../vgpu.ts';

const HIDDEN = 640 * 0x100000;

/** A guest's doing, small enough for fast-check and wide enough to touch all kinds of state. */
const action = fc.oneof(
  fc.record({
    kind: fc.constant('w'),
    at: fc.integer({ min: 0, max: 0x1fffff >> 2 }),
    value: fc.nat(0xffffffff),
  }),
  fc.record({
    kind: fc.constant('pte'),
    at: fc.integer({ min: 0, max: 4000 }),
    value: fc.nat(0xffffffff),
  }),
  fc.record({
    kind: fc.constant('memory'),
    at: fc.integer({ min: 0, max: 1 << 20 }),
    value: fc.nat(0xff),
  }),
  fc.record({
    kind: fc.constant('time'),
    at: fc.integer({ min: 0, max: 1000 }),
    value: fc.nat(10),
  }),
  fc.record({
    kind: fc.constant('config'),
    at: fc.integer({ min: 0, max: 255 }),
    value: fc.nat(0xff),
  }),
);

function apply(vgpu: Vgpu, { kind, at, value }: { kind: string; at: number; value: number }): void {
  if (kind === 'w') vgpu.write('mmio', at * 4, 4, value, 0);
  else if (kind === 'pte') vgpu.write('mmio', 0x800000 + (HIDDEN / 4096) * 8 + at * 4, 4, value, 0);
  else if (kind === 'memory') vgpu.showMemory(at * 16, new Uint8Array([value, 1, 2, 3]));
  else if (kind === 'time') vgpu.advanceTo(vgpu.now + at * 1e6);
  else vgpu.write('config', at, 1, value, 0);
}

test('restored state runs on as the state that was saved', () => {
  fc.assert(
    fc.property(
      fc.array(action, { maxLength: 40 }),
      fc.array(action, { maxLength: 40 }),
      (before, after) => {
        const { vgpu } = testVgpu();
        for (const each of before) apply(vgpu, each);
        const snapshot = vgpu.save();
        const saved = vgpu.hash();
        for (const each of after) apply(vgpu, each);
        const end = vgpu.hash();
        vgpu.restore(snapshot);
        assert.equal(vgpu.hash(), saved);
        for (const each of after) apply(vgpu, each);
        assert.equal(vgpu.hash(), end);
        vgpu.restore(snapshot);
        assert.equal(vgpu.hash(), saved);
      },
    ),
    { numRuns: 40 },
  );
});

test('snapshots can be restored in any order', () => {
  const { vgpu } = testVgpu();
  const taken = Array.from({ length: 6 }, (_, i) => {
    vgpu.write('mmio', 0x2050 + i * 0x1000, 4, i + 1, 0);
    vgpu.showMemory(i * 4096, new Uint8Array([i]));
    return { snapshot: vgpu.save(), hash: vgpu.hash() };
  });
  for (const index of [3, 0, 5, 1, 4, 2, 2, 0]) {
    const each = taken[index];
    assert.ok(each);
    vgpu.restore(each.snapshot);
    assert.equal(vgpu.hash(), each.hash);
  }
});

test('changing any byte of registers, GGTT, memory or configuration changes the hash', () => {
  const { vgpu } = testVgpu();
  vgpu.showMemory(0x5000, new Uint8Array(64));
  const clean = vgpu.hash();
  const places = fc.oneof(
    fc.record({ space: fc.constant('mmio' as const), at: fc.nat(0x1fffff) }),
    fc.record({
      space: fc.constant('mmio' as const),
      at: fc.integer({ min: 0x800000, max: 0xffffff }),
    }),
    fc.record({
      space: fc.constant('memory' as const),
      at: fc.integer({ min: 0x5000, max: 0x503f }),
    }),
    fc.record({ space: fc.constant('config' as const), at: fc.nat(4095) }),
  );
  fc.assert(
    fc.property(places, fc.integer({ min: 1, max: 255 }), ({ space, at }, flip) => {
      const was = vgpu.peek(space, at, 1).low;
      vgpu.poke(space, at, 1, was ^ flip, 0);
      assert.notEqual(vgpu.hash(), clean, `${space} ${at.toString(16)}`);
      vgpu.poke(space, at, 1, was, 0);
      assert.equal(vgpu.hash(), clean);
    }),
    { numRuns: 300 },
  );
});

test('knowing a byte of memory is state, even where the byte is 0', () => {
  const { vgpu } = testVgpu();
  vgpu.showMemory(0x5000, new Uint8Array(64));
  const clean = vgpu.hash();
  vgpu.showMemory(0x5040, new Uint8Array(1));
  assert.notEqual(vgpu.hash(), clean);
});

test('changing any leaf of the small state changes the hash', () => {
  const { vgpu } = testVgpu();
  vgpu.core.state.alarms.push({ name: 'vblank', at: 5, argument: 0 });
  const clean = vgpu.hash();
  let leaves = 0;
  for (const change of changes(vgpu.core.state)) {
    leaves++;
    change.apply();
    assert.notEqual(vgpu.hash(), clean, change.path);
    change.undo();
    assert.equal(vgpu.hash(), clean, change.path);
  }
  assert.ok(leaves > 20);
});

interface Change {
  readonly path: string;
  apply(): void;
  undo(): void;
}

/** One change for every number, boolean, string and array length below `node`; one byte in 97 of byte arrays. */
function* changes(node: object, path = 'state'): Generator<Change> {
  for (const [key, value] of Object.entries(node)) {
    const here = `${path}.${key}`;
    const put = (next: unknown) => Reflect.set(node, key, next);
    if (value instanceof Uint8Array) {
      for (let i = 0; i < value.length; i += 97) {
        const was = value[i] ?? 0;
        const set = (byte: number) => {
          value[i] = byte;
        };
        yield { path: `${here}[${i}]`, apply: () => set(was ^ 0x10), undo: () => set(was) };
      }
    } else if (typeof value === 'object' && value !== null) {
      yield* changes(value, here);
    } else if (typeof value === 'number') {
      yield { path: here, apply: () => put(value + 1), undo: () => put(value) };
    } else if (typeof value === 'boolean') {
      yield { path: here, apply: () => put(!value), undo: () => put(value) };
    } else if (typeof value === 'string') {
      yield { path: here, apply: () => put(`${value}x`), undo: () => put(value) };
    }
  }
}
