import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { OpenedTrace } from '../../trace/index.ts';
import { isBefore, type Moment, startOf } from '../moment.ts';
import { sampleTrace, vgpuFor } from '../testing/traces.ts';
import { Playhead } from './playhead.ts';
import { Replayer } from './replayer.ts';

const POINTS = 200;

interface Mark {
  readonly moment: Moment;
  readonly hash: string;
  /** Commands executed before it. */
  readonly commands: number;
}

/** Moments in the middle of engines' work, evenly spread; and the end. */
function marksOf(trace: OpenedTrace): Mark[] {
  const counting = vgpuFor(trace).device;
  let all = 0;
  counting.setListener({ command: () => all++ });
  new Replayer(trace.store, counting).advance(trace.store.length);
  const { device } = vgpuFor(trace);
  const replayer = new Replayer(trace.store, device);
  let commands = 0;
  device.setListener({ command: () => commands++ });
  const marks: Mark[] = [];
  const mark = () => marks.push({ moment: replayer.moment, hash: device.hash(), commands });
  for (let point = 1; point <= POINTS; point++) {
    const wanted = Math.floor((point * all) / (POINTS + 1));
    replayer.gate = () => commands >= wanted;
    while (commands < wanted || replayer.event === 0) replayer.advance(trace.store.length);
    mark();
  }
  replayer.gate = undefined;
  replayer.advance(trace.store.length);
  mark();
  return marks;
}

for (const name of ['skl-probe-gem-unload.vgpu.gz', 'skl-mesa-kmscube.vgpu.gz']) {
  describe(name, () => {
    let trace: OpenedTrace;
    let marks: readonly Mark[];

    before(async () => {
      trace = await sampleTrace(name);
      marks = marksOf(trace);
    });

    test('the moments lie inside of records, before commands', () => {
      const inside = marks.filter(({ moment }) => moment.event > 0);
      assert.equal(inside.length, POINTS);
      const commands = new Set(inside.map((mark) => mark.commands));
      assert.ok(commands.size > POINTS / 2, `${commands.size} numbers of commands`);
    });

    test(`${POINTS} moments in the middle of work: forward, back and restored are one state`, () => {
      const playhead = new Playhead(trace.store, vgpuFor(trace).device);
      const order = fc.sample(fc.shuffledSubarray([...marks], { minLength: POINTS / 2 }), 1)[0];
      for (const { moment, hash } of [...marks.toReversed(), ...(order ?? [])]) {
        playhead.goTo(moment.record, moment.event);
        assert.deepEqual(playhead.moment, moment);
        assert.equal(playhead.device.hash(), hash, `at ${moment.record}+${moment.event}`);
      }
    });

    test('no work is lost or repeated where it is saved in the middle and restored elsewhere', () => {
      const { device } = vgpuFor(trace);
      const replayer = new Replayer(trace.store, device);
      let commands = 0;
      for (const mark of marks) {
        device.setListener({ command: () => commands++ });
        replayer.advance(mark.moment.record, mark.moment.event);
        assert.equal(commands, mark.commands, 'as many as without saving');
        device.setListener(undefined);
        const { moment, applied } = replayer;
        const snapshot = device.save();
        for (let further = 0; further < 20; further++) replayer.step();
        device.restore(snapshot);
        replayer.moveTo(moment, applied);
      }
      assert.equal(device.hash(), marks.at(-1)?.hash);
    });

    test('every event that is stepped to is the one that a jump finds', () => {
      const [, first] = marks;
      assert.ok(first !== undefined && isBefore(startOf(0), first.moment));
      const stepped = new Playhead(trace.store, vgpuFor(trace).device);
      const jumped = new Playhead(trace.store, vgpuFor(trace).device);
      stepped.goTo(first.moment.record);
      for (let event = 0; event < 100; event++) {
        stepped.step();
        stepped.settle();
        const { record, event: at } = stepped.moment;
        jumped.goTo(record, at);
        assert.equal(jumped.device.hash(), stepped.device.hash());
      }
    });
  });
}
