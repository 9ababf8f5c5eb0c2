import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { gvtMonitor } from './display/edid/gvt-monitor.ts';
import { GoldenState } from './golden-state.ts';
import { testBroadwell, testVgpu } from './testing/test-vgpu.ts';
import type { Vgpu } from './vgpu.ts';

const BYTES = 0x200000;
/** A register without any hook: GEN8_PRIVATE_PAT_LO. */
const PLAIN = 0x40e0;
const GDRST = 0x941c;

/** GVT-g has a value of its own for it, or for some of its bits. */
function isSettled(offset: number): boolean {
  const single = [0x13805c, 0x138060, 0x42000, 0xc4000];
  const plane = [0x70080, 0x70180, 0x70280].some((at) => [0, 0x1000, 0x2000].includes(offset - at));
  return single.includes(offset) || plane || (offset >= 0x78000 && offset < 0x79000);
}

function golden(...registers: readonly (readonly [offset: number, value: number])[]): GoldenState {
  return new GoldenState({
    registers: registers.map(([offset, value]) => ({ offset, value })),
  });
}

/** All registers of a vGPU, as a file has them. */
function imageOf(vgpu: Vgpu): Uint8Array {
  return new Uint8Array(vgpu.core.registers.values.words.slice().buffer);
}

describe('a vGPU with the registers of its host', () => {
  test('reads what the host held, with a row or without one, until it is written', () => {
    const { r, w } = testVgpu({ golden: golden([PLAIN, 0x12345678], [0x5f000, 7]) });
    assert.equal(r(PLAIN), 0x12345678);
    assert.equal(r(0x5f000), 7, 'no row');
    assert.equal(r(0x40e4), testVgpu().r(0x40e4), 'what nobody knows starts as the tables say');
    w(PLAIN, 1);
    assert.equal(r(PLAIN), 1);
  });

  test('gvt-facts §12.1: reads every register that is tracked and not settled as its host had it, and again after a full reset', () => {
    const mmio = new Uint8Array(BYTES);
    const words = new Uint32Array(mmio.buffer);
    words.forEach((_, dword) => {
      words[dword] = Math.imul(dword + 1, 0x9e3779b1);
    });
    const { vgpu, r } = testVgpu({ golden: new GoldenState({ mmio }) });
    const check = () => {
      let compared = 0;
      vgpu.core.registers.map.indexOfDword.forEach((_, dword) => {
        const offset = dword * 4;
        const register = vgpu.core.registers.map.at(offset);
        // Others compute their answers.
        if (register === undefined || register.row.onRead !== undefined || isSettled(offset))
          return;
        assert.equal(r(offset), words[dword], `${register.name} at ${offset.toString(16)}`);
        compared++;
      });
      assert.ok(compared > 1900, `${compared} registers`);
    };
    check();
    vgpu.core.registers.values.words.fill(0x5a5a5a5a);
    vgpu.reset();
    check();
  });

  test('gvt-facts §12.3: gets them back by a full reset, and below 0x44200 by one of all engines', () => {
    const { vgpu, r, w } = testVgpu({ golden: golden([PLAIN, 5], [0x44304, 6], [0x7019c, 7]) });
    const change = () => {
      for (const offset of [PLAIN, 0x44304, 0x7019c]) w(offset, 0x1000);
    };
    change();
    w(GDRST, 1);
    assert.deepEqual([PLAIN, 0x44304, 0x7019c].map(r), [5, 0x1000, 0x1000]);
    w(PLAIN, 0x1000);
    w(GDRST, 2);
    assert.equal(r(PLAIN), 0x1000, 'one engine: none');
    vgpu.reset();
    assert.deepEqual([PLAIN, 0x44304, 0x7019c].map(r), [5, 6, 7]);
  });

  test('gvt-facts §12.1: does not start with what GVT-g settles: status, PVINFO, monitor, planes', () => {
    const all = new Uint8Array(BYTES).fill(0xff);
    const monitor = gvtMonitor('skl');
    const { vgpu } = testVgpu({ monitor, golden: new GoldenState({ mmio: all }) });
    const settled = () => {
      const peek = (offset: number) => vgpu.peek('mmio', offset, 4).low;
      assert.deepEqual([0x13805c, 0x138060].map(peek), [0, 0]);
      assert.deepEqual([0x78000, 0x78008, 0x78818].map(peek), [0x76544776, 1, 0]);
      assert.equal(peek(0xc4000), 0xfc9fffff, 'port D alone is there');
      assert.deepEqual([0x6c058, 0x46010, 0x6c060].map(peek), [7, 0xc0000000, 1]);
      assert.equal(peek(0x60400), 0xba8fffff, 'other bits stay the host’s');
      for (const pipe of [0, 0x1000, 0x2000]) {
        assert.equal(peek(0x70180 + pipe), 0x7fffffff);
        assert.equal(peek(0x70280 + pipe), 0x7fffffff);
        assert.equal(peek(0x70080 + pipe), 0xffffffd8);
      }
      assert.equal(peek(0xc000), 0xffffffff);
    };
    settled();
    vgpu.reset();
    settled();
  });

  test('gvt-facts §9: has vblanks of each pipe that the host had on, before anything is written', () => {
    const pipes = [
      [0x70008, 0], // A is off
      [0x71008, 0xc0000000], // B
      [0x7f008, 0xc0000000], // eDP, on C
      [0x6f400, 0x80006000],
    ] as const;
    const counters = (vgpu: Vgpu) =>
      [0x70040, 0x71040, 0x72040].map((at) => vgpu.peek('mmio', at, 4).low);
    const { vgpu, interrupts, w } = testVgpu({ golden: golden(...pipes) });
    vgpu.advanceTo(100e6);
    assert.deepEqual(counters(vgpu), [0, 5, 5], 'five frames of 60 Hz');
    vgpu.reset();
    assert.deepEqual(counters(vgpu), [0, 0, 0]);
    w(0x44414, 0);
    w(0x4441c, 1);
    w(0x44200, 0x80000000);
    vgpu.advanceTo(200e6);
    assert.deepEqual(counters(vgpu), [0, 5, 5]);
    assert.ok(interrupts.some(({ name }) => /pipe B vblank/i.test(name)));
    w(0x71008, 0);
    vgpu.advanceTo(300e6);
    assert.equal(counters(vgpu)[1], 5, 'not of one that is switched off');
    const late = testVgpu({ golden: golden(...pipes), quirks: ['preset-pipe-no-vblank'] }).vgpu;
    late.advanceTo(100e6);
    assert.deepEqual(counters(late), [0, 0, 0], 'the quirk is about all of them');
  });

  test('of Broadwell has no CRT of its host’s', () => {
    const { vgpu } = testBroadwell({
      monitor: gvtMonitor('bdw'),
      golden: golden([0xe1100, 0x83000000], [0x46104, 0xe0000001], [0x42000, 0]),
    });
    const peek = (offset: number) => vgpu.peek('mmio', offset, 4).low;
    assert.deepEqual([0xe1100, 0x46104, 0x42000].map(peek), [0x80000000, 0x40000001, 0]);
  });

  test('GUC_STATUS and fuses: bits are added to the host’s', () => {
    const { vgpu } = testVgpu({ golden: golden([0xc000, 0x100], [0x42000, 0x10]) });
    const peek = (offset: number) => vgpu.peek('mmio', offset, 4).low;
    assert.deepEqual([0xc000, 0x42000].map(peek), [0x101, 0x8e000010]);
  });

  test('whose run lists the host had switched on: the guest’s own switch still counts', () => {
    const { r, w } = testVgpu({
      policy: 'gvt-g',
      quirks: ['run-list-clears-csb'],
      golden: golden([0x229c, 0x8000], [0x23a0, 0x0505]),
    });
    r(0x78000);
    w(0x229c, 0x80008000);
    assert.equal(r(0x23a0) & 0xff, 7);
  });
});

describe('a golden state made of a vGPU’s own registers', () => {
  test('changes nothing: the same state after the same doing, resets among it', () => {
    const monitor = gvtMonitor('skl');
    const own = new GoldenState({ mmio: imageOf(testVgpu().vgpu) });
    const action = fc.record({
      kind: fc.constantFrom('write', 'engines', 'full', 'time'),
      at: fc.nat(BYTES / 4 - 1),
      value: fc.nat(0xffffffff),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const hashes = [{}, { golden: own }].map((given) => {
          const { vgpu, w } = testVgpu({ monitor, ...given });
          for (const { kind, at, value } of actions) {
            if (kind === 'write') w(at * 4, value);
            else if (kind === 'engines') w(GDRST, 1);
            else if (kind === 'full') vgpu.reset();
            else vgpu.advanceTo(vgpu.now + value / 1000);
          }
          return vgpu.hash();
        });
        assert.equal(hashes[0], hashes[1]);
      }),
      { numRuns: 40 },
    );
  });

  test('with another value is another state, whatever the value', () => {
    fc.assert(
      fc.property(fc.nat(BYTES / 4 - 1), fc.nat(0xffffffff), (dword, value) => {
        const offset = dword * 4;
        const { vgpu } = testVgpu({ golden: golden([offset, value]) });
        const plain = testVgpu().vgpu;
        const held = vgpu.peek('mmio', offset, 4).low;
        assert.equal(vgpu.hash() === plain.hash(), held === plain.peek('mmio', offset, 4).low);
      }),
      { numRuns: 20 },
    );
  });
});

test('snapshots go back to a start from the golden state', () => {
  const { vgpu, w } = testVgpu({ golden: golden([PLAIN, 5]) });
  const [start, hash] = [vgpu.save(), vgpu.hash()];
  w(PLAIN, 6);
  assert.notEqual(vgpu.hash(), hash);
  vgpu.restore(start);
  assert.equal(vgpu.hash(), hash);
  assert.equal(vgpu.peek('mmio', PLAIN, 4).low, 5);
});

test('single registers win over the whole, and what fits no dword does not count', () => {
  const mmio = new Uint8Array(10).fill(1);
  const odd = [2, -4, BYTES, 0.5].map((offset) => ({ offset, value: 9 }));
  const state = new GoldenState({ mmio, registers: [{ offset: 4, value: 7 }, ...odd] });
  assert.equal(state.count, 2);
  assert.deepEqual(
    [0, 4, 8].map((offset) => state.register(offset)),
    [0x01010101, 7, undefined],
  );
});
