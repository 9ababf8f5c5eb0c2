import type { Platform } from '../mmio/register-row.ts';

/** How much of a graphics engine a part has. */
export type GtLevel = 'GT1' | 'GT1.5' | 'GT2' | 'GT3' | 'GT4' | 'reserved' | 'Atom';

/** Device ids of one kind of part (gvt-facts §1.1; Kaby Lake's: Linux, pciids.h). */
export interface DeviceIdRow {
  /** Broxton has ids, but no tables here. */
  readonly platform: Platform | 'bxt';
  readonly gt: GtLevel;
  readonly ids: readonly number[];
}

export const INTEL_VENDOR_ID = 0x8086;

export const DEVICE_IDS: readonly DeviceIdRow[] = [
  { platform: 'bdw', gt: 'GT1', ids: [0x1602, 0x1606, 0x160a, 0x160b, 0x160d, 0x160e] },
  { platform: 'bdw', gt: 'GT2', ids: [0x1612, 0x1616, 0x161a, 0x161b, 0x161d, 0x161e] },
  { platform: 'bdw', gt: 'GT3', ids: [0x1622, 0x1626, 0x162a, 0x162b, 0x162d, 0x162e] },
  { platform: 'bdw', gt: 'reserved', ids: [0x1632, 0x1636, 0x163a, 0x163b, 0x163d, 0x163e] },
  { platform: 'skl', gt: 'GT1', ids: [0x1902, 0x1906, 0x190a, 0x190b, 0x190e] },
  { platform: 'skl', gt: 'GT1.5', ids: [0x1913, 0x1915, 0x1917] },
  { platform: 'skl', gt: 'GT2', ids: [0x1912, 0x1916, 0x191a, 0x191b, 0x191d, 0x191e, 0x1921] },
  { platform: 'skl', gt: 'GT3', ids: [0x1923, 0x1926, 0x1927, 0x192a, 0x192b, 0x192d] },
  { platform: 'skl', gt: 'GT4', ids: [0x1932, 0x193a, 0x193b, 0x193d] },
  { platform: 'kbl', gt: 'GT1', ids: [0x5902, 0x5906, 0x5908, 0x590a, 0x590b, 0x590e] },
  { platform: 'kbl', gt: 'GT1.5', ids: [0x5913, 0x5915] },
  {
    platform: 'kbl',
    gt: 'GT2',
    ids: [0x5912, 0x5916, 0x5917, 0x591a, 0x591b, 0x591c, 0x591d, 0x591e, 0x5921, 0x87c0],
  },
  { platform: 'kbl', gt: 'GT3', ids: [0x5923, 0x5926, 0x5927] },
  { platform: 'kbl', gt: 'GT4', ids: [0x593b] },
  { platform: 'bxt', gt: 'Atom', ids: [0x0a84, 0x1a84, 0x1a85, 0x5a84, 0x5a85] },
];

/** The row of a device id; undefined for one that GVT-g's table does not name. */
export function deviceRow(deviceId: number): DeviceIdRow | undefined {
  return DEVICE_IDS.find(({ ids }) => ids.includes(deviceId));
}

/** GT3 and GT4 have a second video engine. */
export function levelHasSecondVideoEngine(gt: GtLevel): boolean {
  return gt === 'GT3' || gt === 'GT4';
}
