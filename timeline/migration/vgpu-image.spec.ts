import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createVgpu, type VgpuConfig } from '../../emulator/index.ts';
import { openTrace } from '../../trace/index.ts';
import { deviceConfigFor } from '../device-from-trace.ts';
import { REGISTER_NAMES } from '../register-names.ts';
import { Replayer } from '../replay/replayer.ts';
import { readVgpuImage, vgpuFrom, writeVgpuImage } from './vgpu-image.ts';

const SCENARIO = new URL('../../samples/one-batch-two-ways.vgpu', import.meta.url);

async function scenario() {
  const trace = await openTrace([await readFile(SCENARIO)], { registers: REGISTER_NAMES });
  assert.deepEqual(trace.diagnostics, []);
  const config = deviceConfigFor(trace.device);
  assert.ok(!('problem' in config));
  return { store: trace.store, config };
}

type Store = Awaited<ReturnType<typeof scenario>>['store'];

/** A replay that has come to an event. */
function replayed(store: Store, config: VgpuConfig, events: number) {
  const vgpu = createVgpu(config);
  const replayer = new Replayer(store, vgpu);
  for (let event = 0; event < events && replayer.position < store.length; event++) replayer.step();
  return { vgpu, replayer };
}

function fileOf({ vgpu, replayer }: ReturnType<typeof replayed>): Uint8Array {
  const file = writeVgpuImage(vgpu, replayer.moment, replayer.applied, vgpu.hash());
  assert.ok(file instanceof Uint8Array);
  return file;
}

function loaded(file: Uint8Array, config: VgpuConfig) {
  const image = readVgpuImage('x.vgpuimg', file);
  if ('problem' in image) return image;
  const vgpu = vgpuFrom('x.vgpuimg', image, config);
  return 'problem' in vgpu ? vgpu : { vgpu, image };
}

describe('an image of a vGPU in a replay', () => {
  test('taken after any event, between two commands too, goes on to the same end', async () => {
    const { store, config } = await scenario();
    const whole = replayed(store, config, Number.POSITIVE_INFINITY).vgpu.hash();
    const from = replayed(store, config, 0);
    let inside = 0;
    for (let events = 0; from.replayer.position < store.length; events++) {
      from.replayer.step();
      const { event } = from.replayer;
      if (event > 0) inside++;
      else if (events % 10 !== 0) continue;
      const there = loaded(fileOf(from), config);
      assert.ok('vgpu' in there, `event ${events}`);
      const { moment, applied } = there.image;
      const replayer = new Replayer(store, there.vgpu);
      replayer.moveTo(moment, applied);
      replayer.advance(store.length);
      assert.equal(there.vgpu.hash(), whole, `event ${events}`);
    }
    assert.ok(inside > 10, `${inside} moments inside of records`);
  });

  test('is refused with a sentence by a vGPU that is not alike', async () => {
    const { store, config } = await scenario();
    const file = fileOf(replayed(store, config, 20));
    const others: readonly [Partial<VgpuConfig>, RegExp][] = [
      [{ deviceId: 0x191e }, /Trace: skl 8086:191e rev 06/],
      [{ id: 2 }, /vGPU 2/],
      [{ partition: { ...config.partition, hiddenBase: 0x50000000 } }, /slice .* 50000000\+/],
      [{ monitor: { connection: 'dp', port: 'D', edid: new Uint8Array(128) } }, /dp monitor on/],
      [{ policy: 'gvt-g' }, /policy gvt-g/],
      [{ quirks: ['vfio-splits-accesses'] }, /quirks vfio-splits-accesses/],
    ];
    for (const [change, said] of others) {
      const refused = loaded(file, { ...config, ...change });
      assert.ok('problem' in refused);
      assert.match(refused.problem, /^x\.vgpuimg is of another vGPU than the trace’s.*\.$/);
      assert.match(refused.problem, said);
    }
  });

  test('loses its work with GVT-g’s fault, as the proposal did', async () => {
    const { store, config } = await scenario();
    const faulty: VgpuConfig = { ...config, quirks: ['migration-ring-0'] };
    assert.ok('vgpu' in loaded(fileOf(replayed(store, faulty, 20)), faulty));
  });

  test('that is cut off or damaged is refused with a sentence, or has lost nothing', async () => {
    const { store, config } = await scenario();
    const from = replayed(store, config, 0);
    while (from.replayer.event < 4) from.replayer.step();
    const [file, hash] = [fileOf(from), from.vgpu.hash()];
    const check = (bytes: Uint8Array) => {
      const there = loaded(bytes, config);
      if ('problem' in there) assert.match(there.problem, /^x\.vgpuimg .*\.$/s);
      else assert.equal(there.vgpu.hash(), hash);
    };
    // Most of the file is zeros of registers and page tables: damage is put where something is.
    const places = [...file.keys()].filter((at) => file[at] !== 0);
    const place = fc.oneof(fc.constantFrom(...places), fc.nat(file.length - 1));
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 3 }), (changes) => {
        const bytes = file.slice();
        for (const [at, value] of changes) bytes[at] = value;
        check(bytes);
      }),
      { numRuns: 60 },
    );
    fc.assert(
      fc.property(place, (end) => check(file.subarray(0, end))),
      { numRuns: 40 },
    );
    for (const end of [0, 4, 8, 12, 20, 40]) check(file.subarray(0, end));
    check(new Uint8Array(100).fill(0x41));
  });
});
