import type { Platform } from '../mmio/register-row.ts';

const MIB = 0x100000;

/** A size in which vGPUs are offered (gvt-facts §4.2). */
export interface VgpuTypeRow {
  /** Last part of the name: how many fit a host of the usual size. */
  readonly instances: 1 | 2 | 4 | 8;
  /** Bytes. */
  readonly low: number;
  readonly high: number;
  readonly fences: number;
  readonly weight: number;
  /** Largest resolution of its monitor. */
  readonly width: number;
  readonly height: number;
}

export const VGPU_TYPES: readonly VgpuTypeRow[] = [
  { instances: 8, low: 64 * MIB, high: 384 * MIB, fences: 4, weight: 2, width: 1024, height: 768 },
  {
    instances: 4,
    low: 128 * MIB,
    high: 512 * MIB,
    fences: 4,
    weight: 4,
    width: 1920,
    height: 1200,
  },
  {
    instances: 2,
    low: 256 * MIB,
    high: 1024 * MIB,
    fences: 4,
    weight: 8,
    width: 1920,
    height: 1200,
  },
  {
    instances: 1,
    low: 512 * MIB,
    high: 2048 * MIB,
    fences: 4,
    weight: 16,
    width: 1920,
    height: 1200,
  },
];

/** Of a vGPU that is of no type. */
export const USUAL_WEIGHT = 4;

/** What the host keeps for itself (gvt-facts §4.1). */
export const HOST_SHARE = { low: 128 * MIB, high: 384 * MIB, fences: 4 } as const;

/** `i915-GVTg_V5_4`: V4 on Gen8, V5 on Gen9. */
export function typeName(platform: Platform, row: VgpuTypeRow): string {
  return `i915-GVTg_V${platform === 'bdw' ? 4 : 5}_${row.instances}`;
}

export function typeNamed(platform: Platform, name: string): VgpuTypeRow | undefined {
  return VGPU_TYPES.find((row) => typeName(platform, row) === name);
}

/** What the type's description file says, one fact a line. */
export function typeDescription(row: VgpuTypeRow): string {
  const lines = [
    `low_gm_size: ${row.low / MIB}MB`,
    `high_gm_size: ${row.high / MIB}MB`,
    `fence: ${row.fences}`,
    `resolution: ${row.width}x${row.height}`,
    `weight: ${row.weight}`,
  ];
  return `${lines.join('\n')}\n`;
}
