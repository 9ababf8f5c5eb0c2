import { GPU_REGIONS, type GpuRegion } from './gpu-regions.ts';

/** A memory region as the accesses to it show it. */
export class MemoryRegion {
  readonly name: string;
  readonly firstLine: number;
  count = 0;
  lowest = Number.MAX_SAFE_INTEGER;
  highest = 0;

  constructor(name: string, firstLine: number) {
    this.name = name;
    this.firstLine = firstLine;
  }
}

/** A BAR found among a log's regions. */
export interface FoundBar {
  readonly region: MemoryRegion;
  readonly row: GpuRegion | undefined;
  readonly base: number;
  /** Bytes. */
  readonly size: number;
}

const PAGE = 4096;

/** The GPU's registers among the regions of a log: the region named by `wanted`, else the first row that fits. */
export function findBar(
  regions: readonly MemoryRegion[],
  wanted: string | undefined,
): FoundBar | undefined {
  if (wanted !== undefined) {
    const region = regions.find(({ name }) => name.includes(wanted));
    return region === undefined ? undefined : spanOf(region);
  }
  for (const row of GPU_REGIONS) {
    // A device that was moved shows its registers at several places; where it was used most counts.
    const [region] = regions
      .filter(({ name }) => row.name.test(name))
      .sort((a, b) => b.count - a.count);
    if (region === undefined) continue;
    const base = region.highest - (region.highest % row.bytes);
    return { region, row, base, size: row.bytes };
  }
  return undefined;
}

/** The smallest BAR that holds all accesses: a power of two, and at a multiple of it. */
function spanOf(region: MemoryRegion): FoundBar {
  const row = GPU_REGIONS.find(({ name }) => name.test(region.name));
  let size = row?.bytes ?? PAGE;
  let base = region.lowest - (region.lowest % size);
  while (region.highest >= base + size) {
    size *= 2;
    base = region.lowest - (region.lowest % size);
  }
  return { region, row, base, size };
}
