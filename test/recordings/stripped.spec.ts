import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVgpu, type Vgpu } from '../../emulator/index.ts';
import { deviceConfigFor } from '../../timeline/index.ts';
import { Replayer } from '../../timeline/replay/replayer.ts';
import { judgeResults } from '../../timeline/results/judge-results.ts';
import { recordedResults } from '../../timeline/results/recorded-results.ts';
import { ResultCollector } from '../../timeline/results/result-collector.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import { openText, sampleText } from './open-sample.ts';
import { strip } from './strip.ts';

const RECORDINGS = [
  'skl-probe-gem-unload',
  'skl-modeset-stacks',
  'skl-modeset-fbcon-gem',
  'skl-hang-reset-errorstate',
  'skl-mesa-kmscube',
];

/** Replays all of it, up to `end` in nanoseconds: the answers that the guest gets, and what the device does by itself. */
function replayed(trace: OpenedTrace, end: number) {
  const config = deviceConfigFor(trace.device);
  assert.ok(!('problem' in config));
  const device: Vgpu = createVgpu(config);
  const replayer = new Replayer(trace.store, device);
  const collector = new ResultCollector(() => replayer.accesses);
  const answers: number[] = [];
  replayer.observer = (_record, { low, high, known }) => answers.push(low, high, known ? 1 : 0);
  device.setListener({
    submission: (event) => collector.submission(event),
    command: (event) => collector.command(event),
    deviceWrite: (event) => collector.deviceWrite(event),
    interrupt: (event) => collector.interrupt(event),
  });
  replayer.advance(trace.store.length);
  // A last note's time moves no record of a stripped copy.
  while (!device.advanceTo(end)) device.runWork();
  return { hash: device.hash(), answers, collector };
}

for (const name of RECORDINGS) {
  test(`${name} without any answers replays to the same state, and all that was recorded comes anew`, async () => {
    const text = sampleText(`${name}.vgpu.gz`);
    const whole = await openText(name, text);
    const stripped = await openText(`${name}, stripped`, strip(text));
    assert.equal(recordedResults(stripped.store).size, 0);
    const end = whole.store.timeNs(whole.store.length - 1);
    const before = replayed(whole, end);
    const after = replayed(stripped, end);
    assert.equal(after.hash, before.hash);
    // The answers of the whole recording are scored elsewhere: here they must not depend on it.
    assert.deepEqual(after.answers, before.answers);
    const { collector } = after;
    const { equal, unexplained } = judgeResults(
      collector.results,
      recordedResults(whole.store),
      collector.images,
    );
    assert.deepEqual(unexplained, []);
    assert.ok(equal.commands >= 197 && equal.writes >= 144 && equal.interrupts >= 12);
  });
}

test('stripping takes answers and results, and nothing of what the driver did', () => {
  const recording = [
    '## platform: skl',
    'T 0.5',
    'R 4 078000 76544776  @ probe < init',
    'CR 4 d4 00000000',
    'W 4 002230 00000020',
    'M 1000 00ff',
    'CMD rcs0 ring@00000 00000000',
    'IRQ msi fee01004 0026',
    'CSW rcs0 002580 00070004',
    '# 0.600000 DMESG hello',
  ].join('\n');
  assert.deepEqual(strip(recording).split('\n'), [
    '## platform: skl',
    'T 0.5',
    'R 4 078000  @ probe < init',
    'CR 4 d4',
    'W 4 002230 00000020',
    'M 1000 00ff',
    'T 0.600000',
  ]);
});
