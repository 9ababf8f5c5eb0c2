import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVgpu, defaultConfig, registerDirectory } from '../index.ts';
import type { CapturedState } from './captured-state.ts';
import { CapturedVgpu, CapturedViews } from './captured-vgpu.ts';

const directory = registerDirectory('skl');
const at = (name: string) => directory.named(name)?.offset ?? -1;
const UNKNOWN = { low: 0, high: 0, known: false };

/** A batch of MI_NOOP and MI_BATCH_BUFFER_END in page tables of some levels, called from a ring of one page. */
function hangs(levels: 3 | 4): CapturedState {
  const batch = levels === 4 ? 0xfffe_0000_1000 : 0x4000_1000;
  const registers = [
    { offset: at('RCS0.RING_START'), value: 0x10000 },
    { offset: at('RCS0.RING_HEAD'), value: 8 },
    { offset: at('RCS0.RING_TAIL'), value: 0x20 },
    { offset: at('RCS0.RING_CTL'), value: 1 },
    ...[0, 1, 2, 3].map((n) => ({
      offset: at(`RCS0.RING_PDP${n}_LDW`),
      value: 0x7000 + n * 0x1000,
    })),
    ...[0, 1, 2, 3].map((n) => ({ offset: at(`RCS0.RING_PDP${n}_UDW`), value: 0 })),
  ];
  const words = (...dwords: number[]) => new Uint8Array(new Uint32Array(dwords).buffer);
  return {
    registers,
    buffers: [
      { engine: 'RCS0', space: 'ggtt', address: 0x10000, bytes: words(0, 0, 0, 0, 0, 0, 0, 0) },
      { engine: 'RCS0', space: 'ppgtt', address: batch, bytes: words(0, 0, 0x05000000) },
    ],
    engines: [
      {
        name: 'RCS0',
        context: 0x20000,
        levels,
        batch: { space: 'ppgtt', start: batch, address: batch + 8 },
      },
    ],
  };
}

for (const levels of [3, 4] as const) {
  test(`an engine stands at its command, behind page tables of ${levels} levels`, () => {
    const device = new CapturedVgpu(createVgpu(defaultConfig()), hangs(levels));
    const [engine] = new CapturedViews(device).engines();
    assert.deepEqual(
      engine?.levels.map(({ kind }) => kind),
      ['ring', 'batch'],
    );
    const [, batch] = engine?.levels ?? [];
    const views = new CapturedViews(device);
    assert.equal(views.dword('RCS0', 'ppgtt', batch?.address ?? 0), 0x05000000);
    assert.equal(views.dword('RCS0', 'ppgtt', (batch?.address ?? 0) + 0x1000), undefined);
    assert.equal(views.walk('ppgtt', batch?.address ?? 0, 'RCS0').length >= levels - 1, true);
    assert.equal(device.hasWork, false);
    assert.equal(device.advanceTo(), true);
  });
}

test('what the dump does not show is unknown, until somebody says what it is', () => {
  const device = new CapturedVgpu(createVgpu(defaultConfig()), hangs(4));
  const head = at('BCS0.RING_HEAD');
  assert.deepEqual(device.peek('mmio', head, 4), UNKNOWN);
  assert.deepEqual(device.peek('config', 0, 2), UNKNOWN);
  assert.deepEqual(device.peek('mmio', at('RCS0.RING_TAIL'), 4), { low: 32, high: 0, known: true });
  const views = new CapturedViews(device);
  const [other, ring] = views.ggtt(15, 2);
  assert.deepEqual([other?.entry.known, other?.target], [false, 'unknown']);
  assert.deepEqual([ring?.entry.known, ring?.present], [true, true]);
  const snapshot = device.save();
  const hash = device.hash();
  device.poke('mmio', head, 4, 5, 0);
  assert.equal(device.peek('mmio', head, 4).low, 5);
  assert.notEqual(device.hash(), hash);
  device.restore(snapshot);
  assert.equal(device.hash(), hash);
  assert.deepEqual(device.peek('mmio', head, 4), UNKNOWN);
  assert.throws(() => device.restore(createVgpu(defaultConfig()).save()), TypeError);
});

test('a whole register file and configuration space, as a golden state has them', () => {
  const mmio = new Uint8Array(2 ** 21);
  mmio[0x44203] = 0x80;
  const config = new Uint8Array(256);
  config.set([0x86, 0x80]);
  const state = { registers: [], buffers: [], engines: [], mmio, config };
  const device = new CapturedVgpu(createVgpu(defaultConfig()), state);
  assert.equal(device.peek('mmio', 0x44200, 4).low, 0x80000000);
  assert.equal(device.peek('config', 0, 2).low, 0x8086);
});
