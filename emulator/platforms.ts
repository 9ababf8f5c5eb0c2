import { skylake } from './gen9/index.ts';
import type { PlatformTables } from './mmio/register-map.ts';
import type { Platform } from './mmio/register-row.ts';

/** Platforms that can be emulated, by the short name that traces use. */
export const PLATFORMS: Readonly<Partial<Record<Platform, PlatformTables>>> = { skl: skylake };

export function isSupportedPlatform(name: string): name is Platform {
  return Object.hasOwn(PLATFORMS, name);
}

/** Throws for a platform without tables: ask `isSupportedPlatform` first. */
export function tablesOf(platform: Platform): PlatformTables {
  const tables = PLATFORMS[platform];
  if (!tables) throw new RangeError(`There are no register tables for ${platform}.`);
  return tables;
}
