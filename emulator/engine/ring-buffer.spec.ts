import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EngineGuest, SCRATCH } from '../testing/engine-guest.ts';
import { advanceHead, engineAt, headOffset, ringSize, tailOffset } from './engine.ts';
import { ringPending } from './streamer.ts';

const RING = SCRATCH + 0x10000;
const BASE = 0x2000;

/** A ring of the registers with so many pages, full of MI_NOOP. */
function ring(pages: number, head: number, tail: number) {
  const guest = new EngineGuest();
  guest.w(BASE + 0x29c, 0x80000000);
  for (let page = 0; page < pages; page++) {
    guest.map(RING + page * 4096);
    guest.show(RING + page * 4096, new Array(1024).fill(0));
  }
  guest.w(BASE + 0x38, RING);
  guest.w(BASE + 0x34, head);
  guest.w(BASE + 0x30, head);
  guest.w(BASE + 0x3c, ((pages - 1) << 12) | 1);
  guest.w(BASE + 0x30, tail);
  return { guest, engine: engineAt(guest.vgpu.core, 0) };
}

test('gvt-facts §6.8: a ring has (RING_CTL bits 20:12 + 1) pages', () => {
  const { guest, engine } = ring(1, 0, 0);
  for (const [control, bytes] of [
    [0x00000001, 4096],
    [0x00001001, 8192],
    [0x001ff001, 512 * 4096],
    [0xffe00001, 4096],
  ] as const) {
    guest.w(BASE + 0x3c, control);
    assert.equal(ringSize(engine), bytes);
  }
});

test('gvt-facts §6.8: from head to tail are (tail + size - head) mod size bytes, and so many are executed', () => {
  const dword = fc.nat(2047).map((n) => n * 8);
  fc.assert(
    fc.property(fc.constantFrom(1, 2, 4), dword, dword, (pages, headAt, tailAt) => {
      const size = pages * 4096;
      const [head, tail] = [headAt % size, tailAt % size];
      const { guest, engine } = ring(pages, head, tail);
      const bytes = (tail + size - head) % size;
      assert.equal(ringPending(engine), bytes);
      guest.vgpu.runWork();
      assert.equal(guest.commands.length, bytes / 4);
      assert.equal(headOffset(engine), tail);
      const wrapped = bytes > 0 && tail < head ? 1 : 0;
      assert.equal(guest.r(BASE + 0x34) >>> 21, wrapped, 'wraps');
    }),
    { numRuns: 30 },
  );
});

test('gvt-facts §6.2, §6.8: head bits 20:2, tail bits 20:3, wrap count bits 31:21, which starts again at 2048', () => {
  const { guest, engine } = ring(1, 0, 0);
  guest.vgpu.poke('mmio', BASE + 0x34, 4, 0xffe00ffc, 0);
  guest.vgpu.poke('mmio', BASE + 0x30, 4, 0xffffffff, 0);
  assert.deepEqual([headOffset(engine), tailOffset(engine)], [0xffc, 0x1ffff8]);
  advanceHead(engine, 8);
  assert.equal(guest.r(BASE + 0x34), 4, 'after wrap 2047 comes 0');
});

test('gvt-facts §6.8: head = tail is empty: nothing is executed, nothing is scanned', () => {
  for (const policy of ['hardware', 'gvt-g'] as const) {
    const guest = new EngineGuest({ policy });
    const context = guest.context();
    guest.show(context.ring, [0x0e40c002, 0, SCRATCH, 0]);
    guest.submit(context);
    guest.vgpu.runWork();
    assert.deepEqual(guest.commands, []);
    assert.deepEqual(guest.statusEntry(1), [0x18, context.id], 'it completes all the same');
    assert.equal(guest.vgpu.core.state.failsafe, -1);
  }
});
