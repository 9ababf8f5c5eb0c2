import type { Platform } from './mmio/register-row.ts';
import { DEFAULT_PARTITION } from './partition.ts';
import { INTEL_VENDOR_ID } from './pci/device-ids.ts';
import { PLATFORMS } from './platforms.ts';
import type { VgpuConfig } from './vgpu-config.ts';

/** A GT2 vGPU of GVT-g without a monitor, as at power-on; on Skylake unless said otherwise. */
export function defaultConfig(platform: Platform = 'skl'): VgpuConfig {
  return {
    platform,
    vendorId: INTEL_VENDOR_ID,
    ...PLATFORMS[platform].usual,
    id: 1,
    partition: DEFAULT_PARTITION,
    pvinfoCaps: 0x1c,
    apertureSize: 0x10000000,
  };
}
