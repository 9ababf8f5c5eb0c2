import { defaultConfig } from '../../../emulator/default-config.ts';
import { typeName, VGPU_TYPES } from '../../../emulator/host/vgpu-types.ts';
import { createVgpu, PLATFORMS, type Platform, type VgpuConfig } from '../../../emulator/index.ts';
import { RegisterMap } from '../../../emulator/mmio/register-map.ts';
import { DEVICE_IDS } from '../../../emulator/pci/device-ids.ts';
import { tablesOf } from '../../../emulator/platforms.ts';
import { markdown } from '../markdown.ts';

export const NAMES = Object.keys(PLATFORMS).filter((name): name is Platform =>
  Object.hasOwn(PLATFORMS, name),
);

/** Each platform's fullest part: one with a second video engine. */
export const FULL_MAPS: readonly RegisterMap[] = NAMES.map((platform) => {
  const [id] = DEVICE_IDS.find((row) => row.platform === platform && row.gt === 'GT3')?.ids ?? [];
  return new RegisterMap(tablesOf(platform, id));
});

/** The usual part of a platform, to be tried. */
export function tryOut(platform: Platform, change: Partial<VgpuConfig> = {}) {
  const vgpu = createVgpu({ ...defaultConfig(platform), ...change });
  return {
    vgpu,
    r: (offset: number) => vgpu.read('mmio', offset, 4).low,
    w: (offset: number, value: number) => vgpu.write('mmio', offset, 4, value >>> 0, 0),
  };
}

export function hex(value: number, digits = 1): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

export function platformTables(): Readonly<Record<string, string>> {
  return {
    platforms: markdown(
      ['platform', 'is', 'generation', 'usual part', 'vGPU types'],
      NAMES.map((name) => {
        const { title, generation, usual } = PLATFORMS[name];
        const types = VGPU_TYPES.map((row) => `${typeName(name, row)}`);
        const part = `8086:${hex(usual.deviceId).slice(2)} rev ${hex(usual.revisionId, 2).slice(2)}`;
        return [`\`${name}\``, title, `Gen${generation}`, part, types.join(', ')];
      }),
    ),
    parts: markdown(
      ['platform', 'part', 'engines', 'device ids'],
      DEVICE_IDS.map(({ platform, gt, ids }) => {
        const list = ids.map((id) => hex(id, 4).slice(2)).join(' ');
        const engines =
          platform === 'bxt'
            ? 'not emulated'
            : tablesOf(platform, ids[0])
                .engines.map(({ name }) => name)
                .join(' ');
        return [platform, gt, engines, list];
      }),
    ),
    types: markdown(
      ['type', 'mappable MiB', 'hidden MiB', 'fences', 'weight', 'largest screen'],
      VGPU_TYPES.map(({ instances, low, high, fences, weight, width, height }) => [
        `_${instances}`,
        ...[low / 2 ** 20, high / 2 ** 20, fences, weight].map(String),
        `${width}×${height}`,
      ]),
    ),
  };
}
