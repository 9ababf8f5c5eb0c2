import { BROADWELL } from './gen8/index.ts';
import type { PartLevel, Parts } from './gen8/part-tables.ts';
import { KABY_LAKE, SKYLAKE } from './gen9/index.ts';
import type { PlatformTables } from './mmio/register-map.ts';
import type { Platform } from './mmio/register-row.ts';
import { deviceRow } from './pci/device-ids.ts';

/** A platform that can be emulated. */
export interface PlatformRow {
  /** For people: `Skylake`. */
  readonly title: string;
  /** 8 or 9: which generation of registers, planes and vGPU types it has. */
  readonly generation: 8 | 9;
  readonly parts: Parts;
  /** The part where nothing tells of another: PCI device id, 16 bits, and revision, 8 bits. */
  readonly usual: { readonly deviceId: number; readonly revisionId: number };
}

/** Platforms by the short name that traces use. */
export const PLATFORMS: Readonly<Record<Platform, PlatformRow>> = {
  bdw: {
    title: 'Broadwell',
    generation: 8,
    parts: BROADWELL,
    usual: { deviceId: 0x1616, revisionId: 9 },
  },
  skl: {
    title: 'Skylake',
    generation: 9,
    parts: SKYLAKE,
    usual: { deviceId: 0x1912, revisionId: 6 },
  },
  kbl: {
    title: 'Kaby Lake',
    generation: 9,
    parts: KABY_LAKE,
    usual: { deviceId: 0x5912, revisionId: 4 },
  },
};

export function isSupportedPlatform(name: string): name is Platform {
  return Object.hasOwn(PLATFORMS, name);
}

/**
 * The tables of the part with this PCI device id; of GT2, which every platform has, where the id is none of the
 * platform's.
 */
export function tablesOf(platform: Platform, deviceId?: number): PlatformTables {
  const { parts, title } = PLATFORMS[platform];
  const row = deviceId === undefined ? undefined : deviceRow(deviceId);
  const gt: PartLevel = row?.platform === platform && row.gt !== 'Atom' ? row.gt : 'GT2';
  const tables = parts.tables(gt);
  if (!tables) throw new RangeError(`${title} has no tables for ${gt}.`);
  return tables;
}
