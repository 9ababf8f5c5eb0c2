import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../default-config.ts';
import { EngineGuest, SCRATCH } from '../testing/engine-guest.ts';
import { testVgpu } from '../testing/test-vgpu.ts';
import { auditRegister } from './scan/register-audit.ts';

/** Context images as i915 lays them out (gvt-facts §6.7): byte offset in the second page, what stands there. */

const PAGE = 4096;
type Pair = readonly [at: number, register: number];

interface Layout {
  readonly engine: string;
  readonly base: number;
  readonly headers: readonly (readonly [at: number, header: number])[];
  readonly pairs: readonly Pair[];
}

const RING_PAIRS: readonly Pair[] = [
  [0x008, 0x244],
  [0x010, 0x34],
  [0x018, 0x30],
  [0x020, 0x38],
  [0x028, 0x3c],
  [0x030, 0x168],
  [0x038, 0x140],
  [0x040, 0x110],
  [0x048, 0x11c],
  [0x050, 0x114],
  [0x058, 0x118],
  [0x060, 0x1c0],
  [0x068, 0x1c4],
  [0x070, 0x1c8],
];
/** CTX_TIMESTAMP, PDP3 high, PDP3 low … PDP0 low. */
const SECOND_LIST: readonly Pair[] = [
  0x3a8, 0x28c, 0x288, 0x284, 0x280, 0x27c, 0x278, 0x274, 0x270,
].map((register, n) => [0x088 + n * 8, register]);

const GEN9_LIST: readonly Pair[] = [
  0x28,
  0x9c,
  0xc0,
  0x178,
  0x17c,
  0x358,
  0x170,
  0x150,
  0x154,
  0x158,
  0x41c,
  ...Array.from({ length: 32 }, (_, n) => 0x600 + n * 4),
  0x68,
].map((register, n) => [0x148 + n * 8, register]);

const LAYOUTS: readonly Layout[] = [
  {
    engine: 'RCS of Gen9',
    base: 0x2000,
    headers: [
      [0x004, 0x1100101b],
      [0x084, 0x11001011],
      [0x104, 0x11000001],
      [0x144, 0x11001057],
    ],
    pairs: [...RING_PAIRS, ...SECOND_LIST, [0x108, 0xc8], ...GEN9_LIST],
  },
  {
    engine: 'BCS of Gen9',
    base: 0x22000,
    headers: [
      [0x004, 0x1100101b],
      [0x084, 0x11001011],
      [0x104, 0x11000001],
      [0x144, 0x11001057],
    ],
    pairs: [...RING_PAIRS, ...SECOND_LIST, [0x108, 0x200], ...GEN9_LIST],
  },
  {
    engine: 'RCS of Gen8',
    base: 0x2000,
    headers: [
      [0x004, 0x1100101b],
      [0x084, 0x11001011],
      [0x104, 0x11000001],
    ],
    pairs: [...RING_PAIRS, ...SECOND_LIST, [0x108, 0xc8]],
  },
  {
    engine: 'others of Gen8',
    base: 0x1a000,
    headers: [
      [0x004, 0x11000015],
      [0x084, 0x11001011],
      [0x104, 0x11000003],
    ],
    pairs: [
      ...RING_PAIRS.filter(([, register]) => register < 0x1c0 || register > 0x1c8),
      ...SECOND_LIST,
      [0x108, 0x200],
      [0x110, 0x28],
    ],
  },
];

/** What must hold for the guest's ring to run; all else is its number. */
function contentOf(register: number, ring: number, tail: number): number {
  const known: Readonly<Record<number, number>> = {
    [0x244]: 0xffff0008,
    [0x34]: 0,
    [0x30]: tail,
    [0x38]: ring,
    [0x3c]: 1,
    [0x1c0]: 0,
    [0x1c4]: 0,
    [0x1c8]: 0x26 << 6,
    [0x9c]: 0xffff0200,
    [0x28]: 0xffff0000,
    [0xc0]: 0xffff0080,
    [0x270]: 0x40000000,
    [0x274]: 0,
  };
  return known[register] ?? 0x1000 + register;
}

/** A context with an image of this layout; behind its lists comes what is no list. */
function prepare({ base, headers, pairs }: Layout) {
  const guest = new EngineGuest({ base });
  const context = guest.context();
  guest.emit(context, [0x10400002, SCRATCH, 0, 7]);
  const image = new Array<number>(1024).fill(0xdeadbeef);
  image.fill(0, 0, 0x2ac / 4);
  for (const [at, header] of headers) image[at / 4] = header;
  for (const [at, register] of pairs) {
    image[at / 4] = base + register;
    image[at / 4 + 1] = contentOf(register, context.ring, context.tail);
  }
  guest.show(context.lrca + PAGE, image);
  return { guest, context };
}

/** Kept by the streamer, or counted on. */
const MOVES = new Set([0x34, 0x30, 0x68, 0x358, 0x3a8, 0x140, 0x168, 0x110]);
const LOW_HALF = new Set([0x244, 0x28, 0x9c, 0xc0]);

for (const layout of LAYOUTS) {
  test(`gvt-facts §6.7: ${layout.engine}: every pair is loaded from its place`, () => {
    const { guest, context } = prepare(layout);
    guest.submit(context);
    guest.vgpu.stepWork();
    for (const [at, register] of layout.pairs) {
      if (register === 0x358) continue;
      const written = contentOf(register, context.ring, context.tail);
      const expected = LOW_HALF.has(register) ? written & 0xffff : written;
      const { low } = guest.vgpu.peek('mmio', layout.base + register, 4);
      assert.equal(low, expected, `${at.toString(16)}: register ${register.toString(16)}`);
    }
  });

  test(`gvt-facts §6.7: ${layout.engine}: what has changed is written back to the same places, and nothing else`, () => {
    const { guest, context } = prepare(layout);
    const before = guest.vgpu;
    const page = (vgpu: typeof before) =>
      Array.from({ length: 1024 }, (_, n) => vgpu.peek('ggtt', context.lrca + PAGE + n * 4, 4).low);
    const was = page(before);
    guest.submit(context);
    guest.vgpu.runWork();
    assert.equal(guest.dword(SCRATCH), 7, 'the ring was executed');
    const now = page(guest.vgpu);
    const moves = new Set(
      layout.pairs.filter(([, register]) => MOVES.has(register)).map(([at]) => at / 4 + 1),
    );
    now.forEach((value, index) => {
      if (!moves.has(index)) assert.equal(value, was[index], (index * 4).toString(16));
    });
    assert.equal(now[0x014 / 4], context.tail, 'the head has reached the tail');
  });
}

for (const { engine, base, pairs } of LAYOUTS) {
  const platform = engine.endsWith('Gen8') ? 'bdw' : 'skl';
  test(`gvt-facts §6.7, §2.2: ${engine}: commands may name every register of the image`, () => {
    const { core } = testVgpu(defaultConfig(platform)).vgpu;
    const row = core.registers.map.tables.engines.find((each) => each.base === base);
    assert.ok(row);
    for (const [, register] of pairs) {
      assert.equal(
        auditRegister(core, row, base + register, 'load immediate'),
        undefined,
        register.toString(16),
      );
    }
    const others = [0x80, 0x230, 0x234, 0x370];
    for (const register of others) {
      const refused = auditRegister(core, row, base + register, 'load immediate');
      assert.equal(refused?.kind, 'bad request', register.toString(16));
    }
  });
}

test('gvt-facts §6.7: page 0 is the per-process status page: nothing of it is loaded', () => {
  const { guest, context } = prepare(LAYOUTS[0] ?? assert.fail());
  guest.show(context.lrca, [0x11000001, 0x2608, 0x55]);
  guest.run(context, [0]);
  assert.notEqual(guest.ring(0x608), 0x55);
});
