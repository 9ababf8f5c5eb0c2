import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultConfig } from '../default-config.ts';
import { GoldenState } from '../golden-state.ts';
import { hostConfig } from '../testing/host-config-space.ts';
import { testVgpu } from '../testing/test-vgpu.ts';
import { msiCapability } from './capabilities.ts';

describe('configuration space of a vGPU on a known host', () => {
  const made = () => testVgpu({ golden: new GoldenState({ config: hostConfig() }) });

  test('is the host’s, without what GVT-g takes out', () => {
    const { vgpu } = made();
    const read = (offset: number, size: number) => vgpu.read('config', offset, size).low;
    const check = () => {
      assert.equal(read(0x2c, 4), 0x06b91028, 'the host’s subsystem');
      assert.equal(read(0x34, 1), 0x90);
      assert.equal(read(0x04, 2), 0x0400, 'no I/O, memory, bus mastering');
      assert.deepEqual([read(0x10, 4), read(0x18, 4)], [0xf6000004, 0xe000000c]);
      for (const gone of [0x14, 0x1c, 0x20, 0x24, 0x30, 0xfc]) assert.equal(read(gone, 4), 0);
      assert.equal(read(0x50, 2), 0x00c1, 'no stolen memory; the GTT’s size stays');
      assert.equal(read(0x100, 4), 0x1001001b, 'extended capabilities are copied too');
    };
    check();
    vgpu.write('config', 0x04, 2, 7, 0);
    vgpu.write('config', 0x50, 2, 0xffff, 0);
    vgpu.reset();
    check();
  });

  test('has MSI and PM where the host has them', () => {
    const { vgpu, interrupts, w } = made();
    vgpu.write('config', 0x94, 4, 0xfee00000, 0);
    vgpu.write('config', 0x98, 2, 0x4021, 0);
    vgpu.write('config', 0x92, 2, 1, 0);
    w(0x44404, 0);
    w(0x4440c, 1);
    w(0x44200, 0x80000000);
    w(0x70008, 0x80000000);
    vgpu.advanceTo(40e6);
    const msi = interrupts.find(({ kind }) => kind === 'msi');
    assert.deepEqual([msi?.delivered, msi?.address, msi?.data], [true, 0xfee00000, 0x4021]);
    vgpu.write('config', 0xd4, 2, 3, 0);
    assert.equal(vgpu.core.state.config.d3Entered, true);
  });

  test('whose list of capabilities goes in circles is no trap', () => {
    const config = hostConfig();
    config[0x91] = 0x90;
    assert.deepEqual(new GoldenState({ config }).capabilities, [{ kind: 'msi', at: 0x90 }]);
    config[0x34] = 0;
    assert.deepEqual(new GoldenState({ config }).capabilities, []);
  });

  test('without a list has MSI where its platform has it', () => {
    const config = hostConfig();
    config[0x34] = 0;
    const { vgpu } = testVgpu({ ...defaultConfig('bdw'), golden: new GoldenState({ config }) });
    assert.equal(msiCapability(vgpu.core.config), 0x90);
  });
});
