import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { CHECKS, type CommandEvent } from '../../emulator/index.ts';
import { deviceConfigFor, scoreReplay } from '../../timeline/index.ts';
import { Playhead } from '../../timeline/replay/playhead.ts';
import { Replayer } from '../../timeline/replay/replayer.ts';
import { vgpuFor } from '../../timeline/testing/traces.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import { root } from '../support/source-files.ts';
import { openText } from './open-sample.ts';

const SCENARIOS = [
  { name: 'elsp-bdw.vgpu', platform: 'bdw', deviceId: 0x1616 },
  { name: 'elsp-kbl.vgpu', platform: 'kbl', deviceId: 0x5912 },
] as const;
const RESULTS = 0x04001000;
const STATUS_PAGE = 0x04000000;

function open(name: string): Promise<OpenedTrace> {
  return openText(name, readFileSync(path.join(root, 'test/fixtures', name), 'utf8'));
}

/** What the scenario leaves, besides what each platform has a place of its own for. */
async function endOf(name: string) {
  const trace = await open(name);
  const { device } = vgpuFor(trace);
  const commands: CommandEvent[] = [];
  device.setListener({ command: (command) => commands.push(command) });
  new Replayer(trace.store, device).advance(trace.store.length);
  const ggtt = (address: number) => device.peek('ggtt', address, 4).low;
  return {
    commands: commands.map(({ name: command, address, dwords }) => ({ command, address, dwords })),
    results: [0, 4].map((at) => ggtt(RESULTS + at)),
    status: Array.from({ length: 32 }, (_, dword) => ggtt(STATUS_PAGE + dword * 4)),
    engine: [0x30, 0x34, 0x234, 0x238, 0x3a0].map((at) => device.peek('mmio', 0x2000 + at, 4).low),
    flips: device.peek('mmio', 0x70044, 4).low,
  };
}

for (const { name, platform, deviceId } of SCENARIOS) {
  describe(name, () => {
    test('gets the device that its header names', async () => {
      const config = deviceConfigFor((await open(name)).device);
      assert.ok(!('problem' in config));
      assert.deepEqual([config.platform, config.deviceId], [platform, deviceId]);
    });

    test('leaves what it expects', async () => {
      const trace = await open(name);
      const { device } = vgpuFor(trace);
      const score = await scoreReplay(trace.store, device, {}, { cancelled: false });
      assert.deepEqual(score.divergences, []);
      const on = CHECKS.filter(({ id, on }) => on && id in score.faults);
      assert.deepEqual(on, []);
      assert.ok(score.reads.equal >= 8);
    });

    test('has the same state at each moment, forwards and backwards', async () => {
      const trace = await open(name);
      const playhead = new Playhead(trace.store, vgpuFor(trace).device);
      const { device } = playhead;
      const moments: { record: number; event: number; hash: string }[] = [];
      while (playhead.position < trace.store.length) {
        moments.push({ ...playhead.moment, hash: device.hash() });
        playhead.step();
      }
      assert.ok(
        moments.some(({ event }) => event > 4),
        'the engine was stepped',
      );
      for (const { record, event, hash } of moments.reverse()) {
        playhead.goTo(record, event);
        assert.equal(device.hash(), hash, `record ${record}, event ${event}`);
      }
    });
  });
}

test('the same batch ends alike on Broadwell and Kaby Lake', async () => {
  const [broadwell, kabyLake] = await Promise.all(SCENARIOS.map(({ name }) => endOf(name)));
  assert.deepEqual(broadwell, kabyLake);
  assert.deepEqual(broadwell?.results, [0x11, 0xc0ffee]);
  assert.deepEqual(
    broadwell?.commands.map(({ command }) => command),
    [
      'MI_BATCH_BUFFER_START',
      'MI_LOAD_REGISTER_IMM',
      'MI_STORE_DATA_IMM',
      'MI_STORE_REGISTER_MEM',
      'MI_BATCH_BUFFER_END',
      'MI_DISPLAY_FLIP',
      'MI_NOOP',
      'MI_NOOP',
    ],
  );
});
