import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultHostConfig } from '../index.ts';
import type { Platform } from '../mmio/register-row.ts';
import { PLATFORMS } from '../platforms.ts';
import { addGuest, addVgpu, testHost } from '../testing/test-host.ts';
import { isProblem } from './host-problem.ts';
import { typeName, VGPU_TYPES } from './vgpu-types.ts';

const NAMES = Object.keys(PLATFORMS) as Platform[];

for (const platform of NAMES) {
  const { title, generation, usual } = PLATFORMS[platform];
  const version = generation === 8 ? 'V4' : 'V5';
  const other = generation === 8 ? 'V5' : 'V4';

  test(`§4.2: ${title} has the types of ${version}, with their weights and sizes, and no others`, () => {
    for (const row of VGPU_TYPES) {
      const host = testHost(defaultHostConfig(platform));
      const type = typeName(platform, row);
      assert.match(type, new RegExp(`^i915-GVTg_${version}_${row.instances}$`));
      const vgpu = addVgpu(host, { type });
      const { config } = vgpu.vgpu.core;
      assert.deepEqual(
        [config.platform, config.deviceId, config.revisionId],
        [platform, usual.deviceId, usual.revisionId],
      );
      const { mappableSize, hiddenSize, fences } = config.partition;
      assert.deepEqual([mappableSize, hiddenSize, fences], [row.low, row.high, row.fences]);
      assert.equal(host.vgpus.find(({ id }) => id === vgpu.id)?.weight, row.weight);
      const wrong = host.create({ type: type.replace(version, other) });
      assert.ok(
        typeof wrong === 'object' && isProblem(wrong) && /no vGPU type/.test(wrong.problem),
      );
    }
  });

  test(`§11: two guests on one ${title} take turns on its engines`, () => {
    const host = testHost(defaultHostConfig(platform));
    const type = `i915-GVTg_${version}_8`;
    const guests = [addGuest(host, { type }), addGuest(host, { type })];
    const store = (value: number, at: number) => [0x10400002, at, 0, value];
    for (const round of [1, 2]) {
      for (const [index, guest] of guests.entries()) {
        const at = guest.hidden + 4096 + round * 4;
        guest.run(guest.context(), store(index * 16 + round, at));
        assert.equal(guest.dword(at), index * 16 + round);
      }
    }
    for (const { faults } of guests) assert.deepEqual(faults, []);
  });
}
