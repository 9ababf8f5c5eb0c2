import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { defaultConfig } from './default-config.ts';
import { createVgpu } from './index.ts';
import { MMIO_SIZE } from './mmio/register-map.ts';
import type { Platform } from './mmio/register-row.ts';
import { DEVICE_IDS } from './pci/device-ids.ts';
import { isSupportedPlatform, PLATFORMS, tablesOf } from './platforms.ts';

/** One device id of each part. */
const PARTS: readonly (readonly [Platform, number])[] = DEVICE_IDS.flatMap(({ platform, ids }) => {
  const [id] = ids;
  return platform === 'bxt' || id === undefined ? [] : [[platform, id] as const];
});

/** A value for each dword, which differs from dword to dword. */
function pattern(dword: number, seed: number): number {
  return Math.imul(dword + 1, seed | 1) >>> 0;
}

test('every part that has ids has tables, and every table has ids', () => {
  const titles = PARTS.map(([platform, id]) => tablesOf(platform, id).title);
  const levels = Object.values(PLATFORMS).flatMap(({ title, parts }) =>
    parts.levels.map((gt) => `${title} ${gt}`),
  );
  assert.deepEqual([...titles].sort(), [...levels].sort());
});

test('names of platforms are known, other words are not', () => {
  assert.deepEqual(['bdw', 'skl', 'kbl', 'bxt', 'toString'].map(isSupportedPlatform), [
    true,
    true,
    true,
    false,
    false,
  ]);
});

for (const [platform, deviceId] of PARTS) {
  describe(tablesOf(platform, deviceId).title, () => {
    const make = () => createVgpu({ ...defaultConfig(platform), deviceId });

    test('the whole register file survives save and restore, and the hash says so', () => {
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const vgpu = make();
          const { registers } = vgpu.core;
          for (let at = 0; at < MMIO_SIZE; at += 4) registers.set(at, pattern(at / 4, seed));
          const [snapshot, hash] = [vgpu.save(), vgpu.hash()];
          for (let at = 0; at < MMIO_SIZE; at += 4) registers.set(at, ~pattern(at / 4, seed) >>> 0);
          assert.notEqual(vgpu.hash(), hash);
          vgpu.restore(snapshot);
          assert.equal(vgpu.hash(), hash);
          for (let at = 0; at < MMIO_SIZE; at += 4) {
            if (registers.get(at) !== pattern(at / 4, seed)) assert.fail(at.toString(16));
          }
        }),
        { numRuns: 2 },
      );
    });

    test('a bit of any register that it has is in the hash', () => {
      const vgpu = make();
      const { registers } = vgpu.core;
      const offsets = registers.map.descriptors.flatMap((row) => (row ? [row.offset] : []));
      const hash = vgpu.hash();
      const which = fc.tuple(fc.constantFrom(...offsets), fc.nat(31));
      fc.assert(
        fc.property(which, ([offset, bit]) => {
          const value = registers.get(offset);
          registers.set(offset, (value ^ (1 << bit)) >>> 0);
          assert.notEqual(vgpu.hash(), hash, `${offset.toString(16)} bit ${bit}`);
          registers.set(offset, value);
          assert.equal(vgpu.hash(), hash);
        }),
        { numRuns: 20 },
      );
    });

    test('a full reset gives every register its power-on value back', () => {
      const vgpu = make();
      const hash = vgpu.hash();
      for (let at = 0; at < MMIO_SIZE; at += 0x1004) vgpu.core.registers.set(at, 0x5a5a5a5a);
      vgpu.reset();
      assert.equal(vgpu.hash(), hash);
    });
  });
}
