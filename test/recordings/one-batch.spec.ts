import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandEvent } from '../../emulator/index.ts';
import { scoreReplay } from '../../timeline/index.ts';
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

test('both leave what the scenario expects', async () => {
  const trace = await openSample(NAME);
  const { divergenceCount, faults } = await scoreReplay(
    trace.store,
    vgpuFor(trace).device,
    {},
    { cancelled: false },
  );
  assert.equal(divergenceCount, 0);
  assert.deepEqual(faults, {});
});
