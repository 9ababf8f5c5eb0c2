import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Moment, startOf } from '../moment.ts';
import { FAKE_STORED, FakeDevice } from '../testing/fake-device.ts';
import { randomLines, traceOf } from '../testing/traces.ts';
import { Playhead } from './playhead.ts';
import { Replayer } from './replayer.ts';

const SPACING = 7;

/** All moments in order, and the state at each. */
async function momentsOf(lines: readonly string[]): Promise<[Moment, string][]> {
  const { store } = await traceOf(lines);
  const device = new FakeDevice();
  const replayer = new Replayer(store, device);
  const found: [Moment, string][] = [[replayer.moment, device.hash()]];
  while (replayer.position < store.length) {
    replayer.step();
    found.push([replayer.moment, device.hash()]);
  }
  return found;
}

test('every moment has one state, however it is reached', async () => {
  const moves = fc.array(fc.nat(200), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(randomLines(5, 60), moves, async (lines, targets) => {
      const moments = await momentsOf(lines);
      const { store } = await traceOf(lines);
      const options = { checkpointSpacing: SPACING, checkpointBytes: 4000 };
      const playhead = new Playhead(store, new FakeDevice(), options);
      for (const target of targets) {
        const [moment, hash] = moments[target % moments.length] ?? [startOf(0), ''];
        playhead.goTo(moment.record, moment.event);
        assert.deepEqual(playhead.moment, moment);
        assert.equal(playhead.device.hash(), hash);
      }
    }),
    { numRuns: 100 },
  );
});

test('an event that a record does not have is the end of the record', async () => {
  const { store } = await traceOf(['W 4 002550 00000001', 'R 4 044200 00000000']);
  const playhead = new Playhead(store, new FakeDevice());
  playhead.goTo(0, 5);
  assert.deepEqual(playhead.moment, { record: 0, event: 5 });
  playhead.goTo(0, 500);
  assert.deepEqual(playhead.moment, startOf(1));
});

test('an edit inside of a record is there from its event on', async () => {
  const { store } = await traceOf(['W 4 002550 00000003', 'R 4 044200 00000000']);
  const playhead = new Playhead(store, new FakeDevice());
  playhead.goTo(0, 6);
  const stored = () => playhead.device.peek('memory', FAKE_STORED, 4).low;
  assert.equal(stored(), 2);
  playhead.edit({ space: 'memory', address: FAKE_STORED, size: 4, low: 70, high: 0 });
  for (const [event, expected] of [
    [5, 1],
    [6, 70],
    [7, 71],
    [4, 0],
    [500, 71],
  ] as const) {
    playhead.goTo(0, event);
    assert.equal(stored(), expected, `at event ${event}`);
  }
});

test('where much happens in one record, checkpoints are laid inside of it', async () => {
  const { store } = await traceOf(['W 4 002550 00080000', 'R 4 044200 00000000']);
  const playhead = new Playhead(store, new FakeDevice());
  const before = (event: number) => playhead.checkpoints.upTo({ record: 0, event })?.moment.event;
  playhead.goTo(0, 30_000);
  assert.equal(before(29_999), 28_672, 'on the way there');
  playhead.goTo(0, 10_000);
  assert.equal(before(9_999), 9744, 'and on the way back');
  playhead.replayer.gate = () => false;
  playhead.advanceAll(1);
  assert.equal(before(1e9), 32_768, 'where something might stop');
});

test('an edit is there from its moment on, and not before', async () => {
  const { store } = await traceOf(Array.from({ length: 30 }, () => 'R 4 044200 00000000'));
  const playhead = new Playhead(store, new FakeDevice(), { checkpointSpacing: SPACING });
  const value = () => playhead.device.peek('mmio', 0x203c, 4).low;
  const edit = { space: 'mmio', address: 0x203c, size: 4, low: 9, high: 0 } as const;
  playhead.goTo(30);
  playhead.goTo(12);
  assert.equal(playhead.edit(edit), true);
  for (const [record, expected] of [
    [12, 9],
    [11, 0],
    [30, 9],
    [0, 0],
    [13, 9],
    [12, 9],
  ] as const) {
    playhead.goTo(record);
    assert.equal(value(), expected, `at ${record}`);
  }
});

test('what comes after an edit is replayed on it', async () => {
  const { store } = await traceOf(['W 4 002090 00000000', 'W 4 002090 00010001']);
  const playhead = new Playhead(store, new FakeDevice());
  const edit = { space: 'mmio', address: 0x2090, size: 4, low: 0x80, high: 0 } as const;
  playhead.goTo(1);
  playhead.edit(edit);
  playhead.goTo(2);
  assert.equal(playhead.device.peek('mmio', 0x2090, 4).low, 0x81);
});

test('two edits of one moment are made in their order', async () => {
  const { store } = await traceOf(['W 4 044200 00000000', 'W 4 044200 00000000']);
  const playhead = new Playhead(store, new FakeDevice());
  const edit = (low: number) =>
    playhead.edit({ space: 'mmio', address: 0x203c, size: 4, low, high: 0 });
  playhead.goTo(1);
  edit(1);
  edit(2);
  playhead.goTo(0);
  playhead.goTo(2);
  assert.equal(playhead.device.peek('mmio', 0x203c, 4).low, 2);
});

test('an edit at the start outlives going there', async () => {
  const { store } = await traceOf(['R 4 044200 00000000']);
  const playhead = new Playhead(store, new FakeDevice());
  playhead.edit({ space: 'mmio', address: 0x203c, size: 4, low: 3, high: 0 });
  playhead.goTo(1);
  playhead.goTo(0);
  assert.equal(playhead.device.peek('mmio', 0x203c, 4).low, 3);
});

test('nothing is changed where nothing can be', async () => {
  const { store } = await traceOf(['R 4 044200 00000000']);
  const playhead = new Playhead(store, new FakeDevice());
  const before = playhead.device.hash();
  assert.equal(playhead.edit({ space: 'io', address: 0, size: 4, low: 1, high: 0 }), false);
  playhead.goTo(1);
  playhead.goTo(0);
  assert.equal(playhead.device.hash(), before);
});

test('a preview shows the next record and leaves no trace', async () => {
  const { store } = await traceOf(['W 4 002030 00000040', 'R 4 0c501c 00000000']);
  const playhead = new Playhead(store, new FakeDevice());
  playhead.goTo(1);
  const before = playhead.device.hash();
  let answer = -1;
  const after = playhead.preview(
    ({ low }) => {
      answer = low;
    },
    () => playhead.device.peek('mmio', 0xc501c, 4).low,
  );
  assert.deepEqual([answer, after, playhead.position], [0, 1, 1]);
  assert.equal(playhead.device.hash(), before);
});
