import { DEFAULT_PARTITION } from './partition.ts';
import type { VgpuConfig } from './vgpu-config.ts';

/** A Skylake GT2 vGPU of GVT-g without a monitor, as at power-on. */
export function defaultConfig(): VgpuConfig {
  return {
    platform: 'skl',
    vendorId: 0x8086,
    deviceId: 0x1912,
    revisionId: 6,
    id: 1,
    partition: DEFAULT_PARTITION,
    pvinfoCaps: 0x1c,
    apertureSize: 0x10000000,
  };
}
