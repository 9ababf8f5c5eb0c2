import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testVgpu } from '../testing/test-vgpu.ts';
import { PVINFO_BASE, PVINFO_SIZE } from './pvinfo.ts';

/** The whole page of gvt-facts §3, dword by dword. */

const SLICE = {
  mappableBase: 0x8000000,
  mappableSize: 0x4000000,
  hiddenBase: 0x28000000,
  hiddenSize: 0x18000000,
  fences: 4,
};

/** What the page holds at power-on; all else is 0. */
const CONTENT: Readonly<Record<number, number>> = {
  0: 0x76544776, // 0x000, low half of 0x4776544776544776
  4: 0x47765447,
  8: 0x00000001, // version 1.0
  12: 5, // id
  16: 0x1c, // capabilities
  64: SLICE.mappableBase, // 0x040
  68: SLICE.mappableSize,
  72: SLICE.hiddenBase,
  76: SLICE.hiddenSize,
  80: SLICE.fences,
  2096: 0xffffffff, // 0x830, cursor hot spots
  2100: 0xffffffff,
};

const READ_QUIETLY = [
  [0x000, 0x010],
  [0x010, 0x014],
  [0x040, 0x054],
  [0x81c, 0x820],
] as const;

const STORED = [
  [0x804, 0x808], // display ready
  [0x818, 0x81c], // g2v notify
  [0x830, 0x838], // cursor hot spots
  [0x838, 0x858], // pdp[0..3]
  [0x858, 0x860], // context descriptor
] as const;
const FAILSAFE = [[0x808, 0x818]] as const;

function within(ranges: readonly (readonly [number, number])[], at: number): boolean {
  return ranges.some(([first, end]) => at >= first && at < end);
}

function dwords(): number[] {
  return Array.from({ length: PVINFO_SIZE / 4 }, (_, index) => index * 4);
}

test('gvt-facts §3: magic, version, id, capabilities, slice, fences and hot spots; the rest is 0', () => {
  const { vgpu, r } = testVgpu({ partition: SLICE, id: 5 });
  for (const at of dwords()) {
    assert.equal(r(PVINFO_BASE + at), CONTENT[at] ?? 0, at.toString(16));
  }
  assert.equal(vgpu.read('mmio', PVINFO_BASE + 0x8, 2).low, 1, 'version major');
  assert.equal(vgpu.read('mmio', PVINFO_BASE + 0xa, 2).low, 0, 'version minor');
  const text = Array.from({ length: 8 }, (_, at) =>
    String.fromCharCode(vgpu.read('mmio', PVINFO_BASE + at, 1).low),
  ).join('');
  // As the bytes stand in memory.
  assert.equal(text, 'vGTvGTvG');
});

test('gvt-facts §3: reads of 0x000–0x00f, 0x010, 0x040–0x053 and 0x81c are expected, all others are reported', () => {
  const { vgpu, r, faults } = testVgpu();
  for (const at of dwords()) {
    faults.length = 0;
    r(PVINFO_BASE + at);
    const reported = faults.some(({ check }) => check === 'pvinfo-read');
    assert.equal(reported, !within(READ_QUIETLY, at), at.toString(16));
  }
  assert.equal(vgpu.core.state.pvNotified, true);
});

test('gvt-facts §3: by the byte, at the edges of what is expected, and of the page', () => {
  for (const [at, expected] of [
    [0x00f, true],
    [0x010, true],
    [0x014, false],
    [0x03f, false],
    [0x040, true],
    [0x052, true],
    [0x053, true],
    [0x054, false],
    [0x81b, false],
    [0x81c, true],
    [0xfff, false],
  ] as const) {
    const { vgpu, faults } = testVgpu();
    vgpu.read('mmio', 0x78000 + at, 1);
    const reported = faults.some(({ check }) => check === 'pvinfo-read');
    assert.equal(reported, !expected, at.toString(16));
  }
  assert.deepEqual([PVINFO_BASE, PVINFO_SIZE], [0x78000, 0x1000]);
});

test('gvt-facts §3: any read tells that the guest knows, a byte of any dword too; a write does not', () => {
  for (const at of [0, 0x13, 0x060, 0x7ff, 0xfff]) {
    const { vgpu } = testVgpu();
    vgpu.write('mmio', PVINFO_BASE + 0x838, 4, 1, 0);
    assert.equal(vgpu.core.state.pvNotified, false);
    vgpu.read('mmio', PVINFO_BASE + at, 1);
    assert.equal(vgpu.core.state.pvNotified, true, at.toString(16));
  }
  const { vgpu, r } = testVgpu();
  r(PVINFO_BASE - 4);
  r(PVINFO_BASE + PVINFO_SIZE);
  vgpu.peek('mmio', PVINFO_BASE, 4);
  assert.equal(
    vgpu.core.state.pvNotified,
    false,
    'the page’s neighbours do not count, nor does a peek',
  );
});

test('gvt-facts §3: what becomes of a write, dword by dword', () => {
  for (const at of dwords()) {
    const { vgpu, w, faults } = testVgpu();
    const before = vgpu.peek('mmio', PVINFO_BASE + at, 4).low;
    w(PVINFO_BASE + at, 0x12345678);
    const after = vgpu.peek('mmio', PVINFO_BASE + at, 4).low;
    const name = at.toString(16);
    const discarded = faults.some(({ check }) => check === 'pvinfo-write');
    if (within(FAILSAFE, at)) {
      assert.equal(vgpu.core.state.failsafe, 1, name);
      continue;
    }
    assert.equal(vgpu.core.state.failsafe, -1, name);
    assert.equal(after, within(STORED, at) ? 0x12345678 : before, name);
    assert.equal(discarded, !within(STORED, at), name);
  }
});

/** Notification, and whether it is known. */
const NOTIFICATIONS = [
  [0, false],
  [1, true],
  [2, true],
  [3, true],
  [4, true],
  [5, true],
  [6, true],
  [7, true],
  [8, false],
  [0xffffffff, false],
] as const;

for (const [value, known] of NOTIFICATIONS) {
  test(`gvt-facts §3: notification ${value} is ${known ? 'known' : 'reported, stored, and succeeds'}`, () => {
    const { vgpu, r, w, faults } = testVgpu();
    r(0x78000);
    vgpu.showMemory(0x10000, new Uint8Array(4096));
    w(0x78838, 0x10000);
    w(0x7883c, 0);
    if (value === 3) w(0x78818, 2);
    if (value === 5) w(0x78818, 4);
    w(0x78818, value);
    assert.deepEqual(
      faults.map(({ check }) => check),
      known ? [] : ['g2v-unknown'],
    );
    assert.equal(vgpu.peek('mmio', 0x78818, 4).low, value);
    const roots = vgpu.core.state.shadow.roots.map(({ type }) => type);
    assert.deepEqual(roots, value === 2 ? [11] : value === 4 ? [12] : []);
  });
}

test('gvt-facts §3: L3 takes its root from pdp[0..3], L4 from pdp[0] alone', () => {
  for (const [value, pointers] of [
    [2, [0x10000, 0x11000, 0x1_0001_2000, 0x13000]],
    [4, [0x10000]],
  ] as const) {
    const { vgpu, w } = testVgpu();
    for (const [n, low] of [0x10000, 0x11000, 0x12000, 0x13000].entries()) {
      w(0x78838 + n * 8, low);
      w(0x7883c + n * 8, n === 2 ? 1 : 0);
    }
    w(0x78818, value);
    assert.deepEqual(vgpu.core.state.shadow.roots[0]?.pdps, pointers);
  }
});

test('gvt-facts §3: each write of display ready is an event, whatever was there', () => {
  const { vgpu, w } = testVgpu({ id: 3 });
  const seen: unknown[] = [];
  vgpu.setListener({ displayReady: (event) => seen.push(event) });
  for (const value of [1, 1, 0]) w(0x78804, value);
  assert.deepEqual(seen, [
    { vgpu: 3, ready: true },
    { vgpu: 3, ready: true },
    { vgpu: 3, ready: false },
  ]);
});

test('gvt-facts §3: the page is rebuilt by a reset of all engines and by the full one', () => {
  for (const reset of ['engines', 'full'] as const) {
    const { vgpu, w } = testVgpu();
    for (const at of [0x804, 0x818, 0x830, 0x838, 0x85c]) w(PVINFO_BASE + at, 7);
    if (reset === 'full') vgpu.reset();
    else w(0x941c, 1);
    const fresh = testVgpu().vgpu;
    for (const at of dwords()) {
      assert.deepEqual(
        vgpu.peek('mmio', PVINFO_BASE + at, 4),
        fresh.peek('mmio', PVINFO_BASE + at, 4),
        `${reset} ${at.toString(16)}`,
      );
    }
  }
});
