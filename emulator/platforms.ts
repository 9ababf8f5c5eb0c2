import { skylake, skylakeGt3 } from './gen9/index.ts';
import type { PlatformTables } from './mmio/register-map.ts';
import type { Platform } from './mmio/register-row.ts';
import { hasSecondVideoEngine } from './pci/device-ids.ts';

/** Platforms that can be emulated, by the short name that traces use. */
export const PLATFORMS: Readonly<Partial<Record<Platform, PlatformTables>>> = { skl: skylake };

export function isSupportedPlatform(name: string): name is Platform {
  return Object.hasOwn(PLATFORMS, name);
}

/**
 * The tables of a platform, of the device id's variant where there are several.
 * Throws for a platform without tables: ask `isSupportedPlatform` first.
 */
export function tablesOf(platform: Platform, deviceId?: number): PlatformTables {
  const second = deviceId !== undefined && hasSecondVideoEngine(deviceId);
  const tables = platform === 'skl' && second ? skylakeGt3 : PLATFORMS[platform];
  if (!tables) throw new RangeError(`There are no register tables for ${platform}.`);
  return tables;
}
