import { skylake } from './gen9/index.ts';
import type { PlatformTables } from './mmio/register-map.ts';

/** Platforms that can be emulated, by the short name that traces use. */
export const PLATFORMS = { skl: skylake } as const satisfies Record<string, PlatformTables>;

export type SupportedPlatform = keyof typeof PLATFORMS;

export function isSupportedPlatform(name: string): name is SupportedPlatform {
  return Object.hasOwn(PLATFORMS, name);
}
