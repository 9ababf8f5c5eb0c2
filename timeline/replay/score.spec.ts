import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeDevice } from '../testing/fake-device.ts';
import { NOT_CANCELLED, sampleTrace, traceOf, vgpuFor } from '../testing/traces.ts';
import { EXECUTION_REGISTERS } from './execution-registers.ts';
import { EXPLAINED_RULES } from './explained-rules.ts';
import { scoreReplay } from './score.ts';

const score = async (lines: readonly string[]) =>
  scoreReplay((await traceOf(lines)).store, new FakeDevice(), {}, NOT_CANCELLED);

test('a poll is scored once, until something is written', async () => {
  const poll = 'R 4 002030 00000000';
  const { reads } = await score([poll, poll, poll, 'W 4 002090 00000000', poll]);
  assert.deepEqual([reads.compared, reads.equal], [2, 2]);
});

test('the GPIO pins are not scored', async () => {
  const result = await score(['R 4 0c501c 00000009', 'R 4 0c5010 00000009']);
  assert.equal(result.reads.compared, 0);
  assert.equal(result.divergenceCount, 0);
});

test('a different answer is told with its line', async () => {
  const result = await score(['W 4 002030 00000040', 'R 4 002034 00000041']);
  assert.equal(result.reads.different, 1);
  assert.deepEqual(
    result.divergences.map(({ record, line, offset, expected, got }) => [
      record,
      line,
      offset,
      expected,
      got,
    ]),
    [[1, 3, 0x2034, 0x41, 0x40]],
  );
});

test('answers of other spaces must be right too', async () => {
  const result = await score(['CR 2 04 0007']);
  assert.equal(result.reads.compared, 0);
  assert.equal(result.divergences[0]?.space, 'config');
});

test('what nobody knows is neither right nor wrong', async () => {
  const result = await score(['R 4 002030 ?', 'AR 4 00001000 00000001']);
  assert.equal(result.reads.unknown, 1);
  assert.equal(result.divergenceCount, 0);
});

test('only so many differences are kept, and all are counted', async () => {
  const lines = Array.from({ length: 50 }, (_, index) => `R 4 002030 000000${10 + index}`);
  const { store } = await traceOf(lines);
  const options = { divergenceLimit: 3 };
  const result = await scoreReplay(store, new FakeDevice(), options, NOT_CANCELLED);
  assert.deepEqual([result.divergences.length, result.divergenceCount], [3, 50]);
});

test('a cancelled comparison says how far it came', async () => {
  const { store } = await traceOf(['R 4 002030 00000000']);
  const result = await scoreReplay(store, new FakeDevice(), {}, { cancelled: true });
  assert.deepEqual([result.records, result.cancelled], [0, true]);
});

const RECORDINGS = [
  'skl-hang-reset-errorstate',
  'skl-mesa-kmscube',
  'skl-modeset-fbcon-gem',
  'skl-modeset-stacks',
  'skl-probe-gem-unload',
];

for (const name of RECORDINGS) {
  test(`the vGPU answers as ${name} recorded it`, async () => {
    const trace = await sampleTrace(`${name}.vgpu.gz`);
    const result = await scoreReplay(trace.store, vgpuFor(trace).device, {}, NOT_CANCELLED);
    const { compared, equal, volatile, forced, unknown, different, explained } = result.reads;
    assert.ok(compared >= 744, `${compared} reads`);
    assert.equal(equal + volatile + forced + unknown + different + explained, compared);
    assert.equal(forced, 0);
    const rest = compared - volatile;
    // Of the hang's error capture, 29 reads are of registers that the recorded device did not have.
    const engines = result.rules['ring-registers-live'] ?? 0;
    assert.ok(engines <= 29, `${engines} engine registers`);
    assert.ok(equal >= 0.98 * (rest - engines), `${equal} of ${rest} equal`);
    assert.deepEqual(result.divergences, []);
    assert.equal(unknown, 0);
    const ids = new Set(EXPLAINED_RULES.map(({ id }) => id));
    for (const rule of Object.keys(result.rules)) assert.ok(ids.has(rule), rule);
    assert.deepEqual(result.results?.unexplained, []);
    const { commands = 0, writes = 0, interrupts = 0 } = result.results?.equal ?? {};
    assert.ok(commands >= 197 && writes >= 144 && interrupts >= 12);
  });
}

test('what depends on execution is a short list', () => {
  assert.ok(EXECUTION_REGISTERS.length <= 20, `${EXECUTION_REGISTERS.length} registers`);
});
