import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translateGgtt } from './gtt/ggtt.ts';
import { EngineGuest } from './testing/engine-guest.ts';
import { testVgpu } from './testing/test-vgpu.ts';

const OWN = 128 * 0x100000;
const ENTRY = 0x800000 + (OWN / 4096) * 8;
const FIRMWARE = { bar0: 0xd0000000, bar2: 0xc0000000, command: 0x107, interruptLine: 10 };

/** Marks a register on each side of every limit that §12.3 names, and the GGTT. */
function marked() {
  const test = testVgpu({ firmware: FIRMWARE });
  const { vgpu, r, w } = test;
  r(0x78000);
  w(0x2094, 1);
  w(0x40e0, 2);
  w(0x44304, 3);
  w(0x7019c, 4);
  w(0x100000, 5);
  w(0x78838, 6);
  w(0x138060, 7);
  vgpu.write('mmio', ENTRY, 8, 0x1001, 0);
  return test;
}

test('§12.3 per engine: no register changes, that engine alone loses its work', () => {
  const guest = new EngineGuest();
  const blitter = new EngineGuest({ base: 0x22000 });
  for (const each of [guest, blitter]) {
    each.w(0x2094, 1);
    const context = each.context();
    each.emit(context, [0x01000000]);
    each.submit(context);
    each.w(0x941c, 2);
    assert.equal(each.r(0x2094), 1);
    assert.equal(each.r(0x941c), 0, 'GDRST reads 0');
  }
  assert.equal(guest.vgpu.hasWork, false);
  assert.equal(blitter.vgpu.hasWork, true);
});

test('§12.3 all engines: 0 to 0x441ff from golden, PVINFO rebuilt, display and interrupts kept', () => {
  const { vgpu, r, w } = marked();
  w(0x229c, 0x80008000);
  w(0x941c, 1);
  assert.equal(r(0x2094), 0);
  assert.equal(r(0x40e0), 0);
  assert.equal(r(0x229c), 0, 'submission is off');
  assert.equal(r(0x209c), 0x200, 'a golden value');
  assert.equal(r(0x44304), 3);
  assert.equal(r(0x7019c), 4);
  assert.equal(r(0x100000), 5);
  assert.equal(r(0x78838), 0);
  assert.equal(translateGgtt(vgpu.core, OWN), 0x1000);
  assert.equal(vgpu.core.state.pvNotified, true);
});

test('§12.3 full: all 2 MiB, GGTT, fences, configuration space, failsafe, pv_notified', () => {
  const { vgpu, r, w } = marked();
  w(0x78808, 0);
  assert.equal(vgpu.core.state.failsafe, 1);
  vgpu.reset();
  assert.equal(vgpu.core.state.failsafe, -1);
  assert.equal(vgpu.core.state.pvNotified, false);
  for (const offset of [0x2094, 0x40e0, 0x7019c, 0x100000, 0x78838, 0x138060]) {
    assert.equal(vgpu.peek('mmio', offset, 4).low, 0, offset.toString(16));
  }
  assert.equal(vgpu.peek('mmio', 0xc000, 4).low & 1, 1, 'GUC_STATUS: MIA in reset');
  assert.equal(r(0x78040), OWN);
  assert.equal(translateGgtt(vgpu.core, OWN), undefined);
  assert.equal(vgpu.read('config', 0x04, 2).low, 0);
  assert.equal(vgpu.read('config', 0x10, 4).low, 4);
  assert.deepEqual(vgpu.core.state.config.decode, { registers: -1, aperture: -1 });
});

test('§12.3 full: queued work is dropped and nothing of it comes later', () => {
  const guest = new EngineGuest({ pace: { burst: 0, perMillisecond: 1 } });
  guest.run(guest.context(), [0x01000000]);
  guest.vgpu.reset();
  guest.advanceTo(1e9);
  assert.deepEqual(guest.commands, []);
  assert.deepEqual(guest.vgpu.core.state.alarms, []);
});

test('§12.3 full after D3: page tables and pv_notified survive, once', () => {
  const guest = new EngineGuest();
  const { vgpu } = guest;
  guest.w(0x78838, 0x40000000);
  guest.w(0x78818, 4);
  vgpu.write('config', 0xd4, 2, 3, 0);
  vgpu.reset();
  assert.equal(vgpu.core.state.shadow.tables.length, 4);
  assert.equal(vgpu.core.state.pvNotified, true);
  assert.equal(vgpu.core.state.config.d3Entered, false);
  vgpu.reset();
  assert.deepEqual(vgpu.core.state.shadow, { tables: [], roots: [] });
  assert.equal(vgpu.core.state.pvNotified, false);
});

test('§12.3 full: the display is preset as at power-on', () => {
  const monitor = { connection: 'dp', port: 'B', edid: new Uint8Array(128) } as const;
  const { vgpu, w } = testVgpu({ monitor });
  const fresh = testVgpu({ monitor }).vgpu;
  w(0x70008, 0);
  vgpu.reset();
  for (const offset of [0x70008, 0x60400, 0xc4000, 0x6c058]) {
    assert.deepEqual(vgpu.peek('mmio', offset, 4), fresh.peek('mmio', offset, 4));
  }
});

const GDRST = 0x941c;
const PVINFO = { first: 0x78000, end: 0x79000 };
const MARK = 0x5a5a5a5a;

/** All 524,288 dwords hold a mark; then that reset. */
function afterReset(reset: (w: (offset: number, value: number) => void) => void): Uint32Array {
  const { vgpu, w } = testVgpu();
  vgpu.core.registers.values.words.fill(MARK);
  reset(w);
  return vgpu.core.registers.values.words;
}

/** Offsets of the dwords of a range, but those that a reset of any kind rebuilds. */
function* dwords(first: number, end: number): Generator<number> {
  for (let offset = first; offset < end; offset += 4) {
    if (offset !== GDRST && (offset < PVINFO.first || offset >= PVINFO.end)) yield offset;
  }
}

test('§12.3 per engine: of the 2 MiB of registers only those change that show the engine’s execlist state', () => {
  const words = afterReset((w) => w(GDRST, 2));
  const changed = [...dwords(0, 0x200000)].filter((offset) => words[offset / 4] !== MARK);
  assert.deepEqual(
    changed.map((offset) => offset.toString(16)),
    // EXECLIST_STATUS and the pointer of the context status buffer.
    ['2234', '2238', '23a0'],
  );
  assert.equal(words[GDRST / 4], 0);
});

test('§12.3 all engines: exactly 0 to 0x441ff is golden again, and PVINFO', () => {
  const words = afterReset((w) => w(GDRST, 1));
  const golden = testVgpu().vgpu.core.registers.values.words;
  const differs = (first: number, end: number, wanted: (offset: number) => number | undefined) =>
    [...dwords(first, end)].filter((offset) => words[offset / 4] !== wanted(offset));
  assert.deepEqual(
    differs(0, 0x44200, (offset) => golden[offset / 4]),
    [],
  );
  assert.deepEqual(
    differs(0x44200, 0x200000, () => MARK),
    [],
    'interrupt and display registers start at 0x44200',
  );
  for (let offset = PVINFO.first; offset < PVINFO.end; offset += 4) {
    assert.equal(words[offset / 4], golden[offset / 4], offset.toString(16));
  }
});

test('§12.3 full: all 2 MiB are as at power-on, thread and core status 0, GUC_STATUS bit 0', () => {
  const { vgpu } = testVgpu();
  vgpu.core.registers.values.words.fill(MARK);
  vgpu.reset();
  const fresh = testVgpu().vgpu.core.registers.values.words.slice();
  for (const [offset, value] of [
    [0x13805c, 0],
    [0x138060, 0],
    [0xc000, 1],
  ] as const) {
    assert.equal(vgpu.core.registers.get(offset), value);
    fresh[offset / 4] = value;
  }
  assert.deepEqual(vgpu.core.registers.values.words, fresh);
});

test('§12.3 all engines: page-table trees are invalidated, not destroyed', () => {
  const guest = new EngineGuest();
  guest.w(0x78838, 0x40000000);
  guest.w(0x78818, 4);
  guest.w(GDRST, 1);
  const { roots, tables } = guest.vgpu.core.state.shadow;
  assert.deepEqual(
    roots.map(({ pdps, shadowed }) => ({ pdps, shadowed })),
    [{ pdps: [0x40000000], shadowed: false }],
  );
  assert.deepEqual(tables, []);
});
