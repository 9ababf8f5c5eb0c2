import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GoldenState } from '../golden-state.ts';
import { hostConfig } from '../testing/host-config-space.ts';
import { addVgpu, testHost } from '../testing/test-host.ts';
import { loadImage, saveImage } from './migration.ts';

/** GEN8_PRIVATE_PAT_LO, without any hook. */
const PLAIN = 0x40e0;

function golden(value: number): GoldenState {
  return new GoldenState({ registers: [{ offset: PLAIN, value }] });
}

describe('the golden state of a host', () => {
  const state = new GoldenState({ registers: [{ offset: PLAIN, value: 5 }], config: hostConfig() });

  test('hardware and vGPUs start from it, and snapshots share it', () => {
    const host = testHost({ golden: state });
    const device = addVgpu(host, { type: 'i915-GVTg_V5_4' });
    assert.equal(device.peek('mmio', PLAIN, 4).low, 5);
    assert.equal(host.host.hardware.get(PLAIN), 5);
    const [saved, hash] = [host.save(), host.hash()];
    assert.equal(saved.state.vgpus[0]?.config.golden, state);
    device.write('mmio', PLAIN, 4, 6, 0);
    host.destroy(1);
    host.restore(saved);
    assert.equal(host.hash(), hash);
    host.device(1)?.vgpu.reset();
    assert.equal(host.device(1)?.peek('mmio', PLAIN, 4).low, 5);
  });

  test('it is part of what the host is: another one is another hash', () => {
    const hashOf = (value: number) => {
      const host = testHost({ golden: golden(value) });
      addVgpu(host, { type: 'i915-GVTg_V5_4' }).write('mmio', PLAIN, 4, 1, 0);
      host.host.hardware.set(PLAIN, 1);
      return host.hash();
    };
    assert.equal(hashOf(5), hashOf(5));
    assert.notEqual(hashOf(5), hashOf(6));
  });

  test('a vGPU that moves keeps its registers, and a reset gives it those of its new host', () => {
    const from = addVgpu(testHost({ golden: state }), { type: 'i915-GVTg_V5_4' });
    from.write('mmio', PLAIN, 4, 6, 0);
    const to = addVgpu(testHost({ golden: golden(9) }), { type: 'i915-GVTg_V5_4' });
    const image = saveImage(from.vgpu.core);
    assert.ok(image instanceof Uint8Array);
    assert.equal(loadImage(to.vgpu.core, image), undefined);
    assert.equal(to.peek('mmio', PLAIN, 4).low, 6);
    to.vgpu.reset();
    assert.equal(to.peek('mmio', PLAIN, 4).low, 9);
  });
});
