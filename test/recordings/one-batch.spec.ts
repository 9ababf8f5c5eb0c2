import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandEvent } from '../../emulator/index.ts';
import { scoreReplay } from '../../timeline/index.ts';
import { Playhead } from '../../timeline/replay/playhead.ts';
import { Replayer } from '../../timeline/replay/replayer.ts';
import { vgpuFor } from '../../timeline/testing/traces.ts';
import { openSample } from './open-sample.ts';

const NAME = 'one-batch-two-ways.vgpu';

test('one batch through ELSP with PPGTT and through the ring without executes the same commands', async () => {
  const trace = await openSample(NAME);
  const { device } = vgpuFor(trace);
  const commands: CommandEvent[] = [];
  device.setListener({ command: (command) => commands.push(command) });
  new Replayer(trace.store, device).advance(trace.store.length);
  const inBatch = commands.filter(({ level }) => level === 'batch');
  const half = inBatch.length / 2;
  const plain = (list: CommandEvent[]) =>
    list.map(({ name, address, dwords }) => ({ name, address, dwords }));
  assert.equal(half, 4);
  assert.deepEqual(plain(inBatch.slice(half)), plain(inBatch.slice(0, half)));
  assert.deepEqual(
    inBatch.map(({ space }) => space),
    [...new Array(half).fill('ppgtt'), ...new Array(half).fill('ggtt')],
  );
});

test('stepped command by command, forwards and backwards, both end as they do when they run', async () => {
  const trace = await openSample(NAME);
  const whole = vgpuFor(trace);
  new Replayer(trace.store, whole.device).advance(trace.store.length);
  const { device } = vgpuFor(trace);
  const playhead = new Playhead(trace.store, device);
  const inside: { record: number; event: number; hash: string }[] = [];
  while (playhead.position < trace.store.length) {
    playhead.step();
    const { record, event } = playhead.moment;
    if (event > 0) inside.push({ record, event, hash: device.hash() });
  }
  assert.equal(device.hash(), whole.device.hash());
  const records = new Set(inside.map(({ record }) => record));
  assert.equal(records.size, 2, 'two records set work off: an ELSP write and a RING_TAIL write');
  assert.ok(inside.length >= 10, `${inside.length} events`);
  for (const { record, event, hash } of inside.reverse()) {
    playhead.goTo(record, event);
    assert.equal(device.hash(), hash, `record ${record}, event ${event}`);
  }
});

test('both leave what the scenario expects', async () => {
  const trace = await openSample(NAME);
  const { divergenceCount, faults } = await scoreReplay(
    trace.store,
    vgpuFor(trace).device,
    {},
    { cancelled: false },
  );
  assert.equal(divergenceCount, 0);
  // Both context switches are told before the guest looks at the first.
  assert.deepEqual(faults, { 'event-waiting': 2, 'event-merged': 1 });
});
