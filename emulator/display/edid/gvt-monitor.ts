import type { Platform } from '../../mmio/register-row.ts';
import type { Monitor } from '../../vgpu-config.ts';
import { cvtTiming, type Timing } from './cvt-timing.ts';
import { makeEdid } from './make-edid.ts';

/** 1024 by 768 has its timing from before CVT (VESA DMT). */
const XGA: Timing = {
  width: 1024,
  height: 768,
  horizontal: { front: 24, sync: 136, total: 320 },
  vertical: { front: 3, sync: 6, total: 38 },
  clockKhz: 65_000,
  hsyncPositive: false,
  vsyncPositive: false,
};

/** Sizes that GVT-g has EDIDs for, one for the smallest type and one for all others (gvt-facts §4.2, §9). */
export const GVT_RESOLUTIONS = [
  { width: 1024, height: 768 },
  { width: 1920, height: 1200 },
] as const;

/**
 * The monitor that GVT-g gives a vGPU: on DisplayPort, of the platform's port (gvt-facts §9), at 60 Hz. The two
 * built-in sizes have its timings, 1920 by 1200 that of 154 MHz; any other CVT with reduced blanking, as a user's own
 * EDID would. Throws for a size that no EDID can describe.
 */
export function gvtMonitor(platform: Platform, width = 1920, height = 1200): Monitor {
  const isXga = width === XGA.width && height === XGA.height;
  const timing = isXga ? XGA : cvtTiming(width, height);
  const edid = makeEdid({ timing, name: 'vGPU', connection: 'dp' });
  return { connection: 'dp', port: platform === 'bdw' ? 'B' : 'D', edid };
}
