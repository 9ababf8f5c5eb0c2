import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultConfig } from '../default-config.ts';
import { GoldenState } from '../golden-state.ts';
import type { Platform } from '../mmio/register-row.ts';
import { hostConfig } from '../testing/host-config-space.ts';
import { testVgpu } from '../testing/test-vgpu.ts';
import { configViews } from '../views/register-views.ts';
import { CAPABILITY_LISTS } from './capability-rows.ts';

/**
 * First dwords of the capabilities in order. `lspci -v` of HD Graphics 5500, 530 and 630 has these places and kinds; all
 * bits are from `lspci -xxxx` of other parts with the same lists.
 */
const GEN9 = [
  [0x40, 0x010c7009],
  [0x70, 0x0092ac10],
  [0xac, 0x0000d005],
  [0xd0, 0x00220001],
] as const;
const SHOWN: Readonly<Record<Platform, readonly (readonly [number, number])[]>> = {
  bdw: [
    [0x90, 0x0000d005],
    [0xd0, 0x0022a401],
    [0xa4, 0x03060013],
  ],
  skl: GEN9,
  kbl: GEN9,
};

const PLATFORMS = ['bdw', 'skl', 'kbl'] as const;

/** A vGPU of a platform, its configuration space, and where it has MSI. */
function fresh(platform: Platform) {
  const made = testVgpu(defaultConfig(platform));
  const msi = platform === 'bdw' ? 0x90 : 0xac;
  const r = (at: number, size = 4) => made.vgpu.read('config', at, size).low;
  const c = (at: number, value: number, size: number) =>
    made.vgpu.write('config', at, size, value, 0);
  return { ...made, r, c, msi };
}

for (const platform of PLATFORMS) {
  describe(`capabilities of ${platform}`, () => {
    test('stand in the order and at the places of its real graphics', () => {
      const { r } = fresh(platform);
      const found: [number, number][] = [];
      for (let at = r(0x34, 1); at !== 0; at = r(at + 1, 1)) found.push([at, r(at)]);
      assert.deepEqual(found, SHOWN[platform]);
    });

    test('do not overlap, and lie within 0x40 to 0xff', () => {
      const taken = new Map<number, string>();
      for (const { name, offset, size } of configViews(fresh(platform).vgpu.core)) {
        for (let at = offset; at < offset + size; at++) {
          assert.equal(taken.get(at), undefined, `${name} at ${at.toString(16)}`);
          taken.set(at, name);
        }
      }
      for (const { at } of CAPABILITY_LISTS[platform].places) assert.ok(at >= 0x40 && at < 0x100);
    });

    test('MSI is what interrupts go by', () => {
      const { vgpu, interrupts, w, c, msi } = fresh(platform);
      c(msi + 4, 0xfee01004, 4);
      c(msi + 8, 0x4021, 2);
      c(msi + 2, 1, 2);
      w(0x44404, 0);
      w(0x4440c, 1);
      w(0x44200, 0x80000000);
      w(0x70008, 0x80000000);
      vgpu.advanceTo(40e6);
      const sent = interrupts.find(({ kind }) => kind === 'msi');
      assert.deepEqual([sent?.delivered, sent?.address, sent?.data], [true, 0xfee01004, 0x4021]);
    });

    test('are what views name', () => {
      const { vgpu, c, msi } = fresh(platform);
      c(msi + 2, 1, 2);
      const views = new Map(configViews(vgpu.core).map((view) => [view.name, view]));
      assert.equal(views.get('MSI_CONTROL')?.offset, msi + 2);
      assert.equal(views.get('MSI_CONTROL')?.value.low, 1);
      assert.equal(views.get('CAPABILITIES_POINTER')?.value.low, SHOWN[platform][0]?.[0]);
    });

    test('a function-level reset is stored, and said to reset nothing', () => {
      const { c, r, faults } = fresh(platform);
      const [at, bit, size] = platform === 'bdw' ? [0xa8, 1, 1] : [0x78, 0x8000, 2];
      c(at, 0, size);
      assert.equal(faults.length, 0);
      c(at, bit, size);
      assert.deepEqual(
        faults.map(({ check }) => check),
        ['function-reset'],
      );
      assert.equal(r(at, size), bit);
    });
  });
}

test('a host’s own list is what views name, whatever the platform usually has', () => {
  const { vgpu, faults } = testVgpu({ golden: new GoldenState({ config: hostConfig() }) });
  const names = new Map(configViews(vgpu.core).map(({ name, offset }) => [name, offset]));
  assert.equal(names.get('MSI_CONTROL'), 0x92);
  assert.equal(names.get('PCIE_CAPABILITY'), undefined);
  vgpu.write('config', 0x78, 2, 0x8000, 0);
  assert.equal(faults.length, 0, 'nor is a reset asked for where it has nothing');
});
