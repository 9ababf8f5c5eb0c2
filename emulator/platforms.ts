import { skylake, skylakeGt3 } from './gen9/index.ts';
import type { PlatformTables } from './mmio/register-map.ts';
import type { Platform } from './mmio/register-row.ts';

/** Platforms that can be emulated, by the short name that traces use. */
export const PLATFORMS: Readonly<Partial<Record<Platform, PlatformTables>>> = { skl: skylake };

export function isSupportedPlatform(name: string): name is Platform {
  return Object.hasOwn(PLATFORMS, name);
}

/** Skylake's GT3 and GT4, which have a second video engine (gvt-facts §1.1). */
const SECOND_VIDEO_ENGINE: ReadonlySet<number> = new Set([
  0x1923, 0x1926, 0x1927, 0x192a, 0x192b, 0x192d, 0x1932, 0x193a, 0x193b, 0x193d,
]);

/**
 * The tables of a platform, of the device id's variant where there are several.
 * Throws for a platform without tables: ask `isSupportedPlatform` first.
 */
export function tablesOf(platform: Platform, deviceId?: number): PlatformTables {
  const second = deviceId !== undefined && SECOND_VIDEO_ENGINE.has(deviceId);
  const tables = platform === 'skl' && second ? skylakeGt3 : PLATFORMS[platform];
  if (!tables) throw new RangeError(`There are no register tables for ${platform}.`);
  return tables;
}
