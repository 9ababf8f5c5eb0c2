import type { GoldenState } from '../golden-state.ts';
import type { Platform } from '../mmio/register-row.ts';
import { PLATFORMS } from '../platforms.ts';

/**
 * `at once`: work runs when it is submitted, whoever submits; engines change owners as they are needed. `sliced`: by
 * time slices, as GVT-g does it (gvt-facts §11).
 */
export type Scheduling = 'at once' | 'sliced';

/** The physical GPU that vGPUs share. */
export interface HostConfig {
  readonly platform: Platform;
  readonly deviceId: number;
  readonly revisionId: number;
  /** Size of BAR2 in bytes, a power of two. */
  readonly apertureSize: number;
  readonly scheduling: Scheduling;
  /** What the GPU holds when its first vGPU comes; as the tables say if absent. */
  readonly golden?: GoldenState;
}

/** Graphics addresses of all GGTT entries. */
export const GRAPHICS_SIZE = 2 ** 32;

/** A GT2 host; Skylake unless said otherwise. */
export function defaultHostConfig(platform: Platform = 'skl'): HostConfig {
  return {
    platform,
    ...PLATFORMS[platform].usual,
    apertureSize: 0x40000000,
    scheduling: 'at once',
  };
}
