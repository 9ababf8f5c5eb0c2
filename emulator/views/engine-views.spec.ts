import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH, STATUS_PAGE, USER_BATCH } from '../testing/engine-guest.ts';
import { VgpuViews } from './vgpu-views.ts';

const END = 0x05000000;
const at = (offset: number) => [(USER_BATCH % 2 ** 32) + offset, Math.floor(USER_BATCH / 2 ** 32)];
const start = (offset: number, flags = 0) => [0x18800101 | flags, ...at(offset)];
const SECOND_LEVEL = 1 << 22;

/** In a batch of the second level, before its first command. */
function inside() {
  const guest = new EngineGuest();
  guest.userBatch([0, ...start(0x100, SECOND_LEVEL), END]);
  guest.userBatch([0x10400002, SCRATCH, 0, 7, END], 0x100);
  const context = guest.context();
  guest.emit(context, [0, 0, ...start(0)]);
  guest.submit(context);
  for (let step = 0; step < 6; step++) guest.vgpu.stepWork();
  return { guest, context, views: new VgpuViews(guest.vgpu) };
}

const rcs0 = (views: VgpuViews) => views.engines().find(({ name }) => name === 'RCS0');

test('an engine that has never had work is idle and has no levels', () => {
  const views = new VgpuViews(new EngineGuest().vgpu);
  assert.deepEqual(rcs0(views), {
    name: 'RCS0',
    phase: 'idle',
    stall: 'none',
    budget: 0,
    submission: 'execlists',
    levels: [],
  });
});

test('levels lead from the ring to the innermost batch', () => {
  const { context, views } = inside();
  const engine = rcs0(views);
  assert.deepEqual(
    engine?.levels.map(({ kind, start: from, address }) => [kind, from, address]),
    [
      ['ring', context.ring, context.ring + 20],
      ['batch', USER_BATCH, USER_BATCH + 16],
      ['second-level batch', USER_BATCH + 0x100, USER_BATCH + 0x100],
    ],
  );
  assert.deepEqual(engine?.running?.contexts, [{ lrca: context.lrca, id: 1, levels: 4 }]);
});

test('commands are read as the engine would, up to the end of the batch', () => {
  const { views } = inside();
  const range = { engine: 'RCS0', space: 'ppgtt', address: USER_BATCH + 0x100, most: 9 } as const;
  assert.deepEqual(
    views.commands(range).map(({ address, bytes, text }) => [address - USER_BATCH, bytes, text]),
    [
      [0x100, 16, `MI_STORE_DATA_IMM ggtt 0x${SCRATCH.toString(16)} ← 0x7`],
      [0x110, 4, 'MI_BATCH_BUFFER_END'],
    ],
  );
  const [decoded] = views.commands({ ...range, most: 1, decode: true });
  assert.equal(decoded?.addresses?.[0]?.address, SCRATCH);
});

test('what cannot be read says so, and is the last', () => {
  const { views } = inside();
  const unknown = { engine: 'RCS0', space: 'ppgtt', address: 0x2000, most: 9 } as const;
  assert.deepEqual(
    views.commands(unknown).map(({ text, name }) => [text, name]),
    [['memory unknown', undefined]],
  );
  assert.deepEqual(views.commands({ ...unknown, engine: 'nobody' }), []);
});

test('the context image is decoded list by list, with the values in memory', () => {
  const { context, views } = inside();
  const lists = views.engine('RCS0')?.image?.lists ?? [];
  assert.deepEqual(
    lists.map(({ length }) => length),
    [14, 9, 1],
  );
  const ring = lists[0]?.find(({ name }) => name === 'RCS0.RING_START');
  assert.equal(ring?.value, context.ring);
});

test('context status entries have words, in the registers and in the status page', () => {
  const { views } = inside();
  const detail = views.engine('RCS0');
  assert.equal(detail?.csb.writePointer, 0);
  assert.deepEqual(detail?.csb.entries[0], { status: 1, contextId: 0, meaning: 'idle to active' });
  assert.equal(detail?.statusPage?.address, STATUS_PAGE);
  assert.deepEqual(detail?.statusPage?.csb[0], detail?.csb.entries[0]);
});

test("an address is walked through the engine's own tables", () => {
  const { views } = inside();
  const steps = views.walk('ppgtt', USER_BATCH, 'RCS0');
  assert.match(steps.at(-1)?.result ?? '', /^maps guest 0x/);
  assert.equal(views.engine('RCS0')?.ppgtt?.top.length, 1);
  assert.deepEqual(views.walk('ppgtt', USER_BATCH, 'nobody'), []);
});

test('looking changes nothing', () => {
  const { guest, views } = inside();
  const before = guest.vgpu.hash();
  views.engines();
  views.engine('RCS0');
  views.commands({ engine: 'RCS0', space: 'ppgtt', address: USER_BATCH, most: 100 });
  views.walk('ppgtt', USER_BATCH, 'RCS0');
  assert.equal(guest.vgpu.hash(), before);
});
