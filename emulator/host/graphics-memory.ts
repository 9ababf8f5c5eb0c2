import type { Partition } from '../partition.ts';
import { ERRNO, type HostProblem } from './host-problem.ts';
import { HOST_SHARE, type VgpuTypeRow } from './vgpu-types.ts';

/** What of the host's graphics memory a vGPU holds. Plain data. */
export interface Holding {
  readonly id: number;
  readonly low: Range;
  readonly high: Range;
  /** Numbers of host fences; the vGPU's fence n is the n-th of them (gvt-facts §4.3). */
  readonly fences: readonly number[];
}

export interface Range {
  readonly base: number;
  readonly size: number;
}

/** How the host's 4 GiB are cut. */
export interface GraphicsLayout {
  /** Size of BAR2: graphics addresses below it can be mapped. */
  readonly aperture: number;
  readonly total: number;
}

/** Fences of the hardware, of which GVT-g's handlers cover the first 16 (gvt-facts §4.4). */
export const HOST_FENCES = 32;

/** What a new vGPU asks for. */
export type Wanted = Pick<VgpuTypeRow, 'low' | 'high' | 'fences'>;

/**
 * Takes memory for a vGPU: first the mappable part, then the hidden one, then fences; what was taken is given back
 * where a later part is not to be had (gvt-facts §4.3). The error says which memory ran out.
 */
export function takeMemory(
  layout: GraphicsLayout,
  holdings: readonly Holding[],
  id: number,
  wanted: Wanted,
): Holding | HostProblem {
  const low = findGap({ base: 0, size: layout.aperture }, lowRanges(holdings), wanted.low);
  if (low === undefined) return ranOut('mappable (low) graphics memory', wanted.low);
  const area = { base: layout.aperture, size: layout.total - layout.aperture };
  const high = findGap(area, highRanges(layout, holdings), wanted.high);
  if (high === undefined) return ranOut('hidden (high) graphics memory', wanted.high);
  const fences = freeFences(holdings).slice(0, wanted.fences);
  if (fences.length < wanted.fences) {
    return { errno: ERRNO.noSpace, problem: `There are no ${wanted.fences} free fences.` };
  }
  return { id, low, high, fences };
}

/** Takes exactly this slice, as a recording or a migration image names it. */
export function takeSlice(
  layout: GraphicsLayout,
  holdings: readonly Holding[],
  id: number,
  slice: Partition,
): Holding | HostProblem {
  const low = { base: slice.mappableBase, size: slice.mappableSize };
  const high = { base: slice.hiddenBase, size: slice.hiddenSize };
  const others = [...holdings.map((each) => each.low), ...holdings.map((each) => each.high)];
  for (const wanted of [low, high]) {
    if (!others.some((taken) => overlap(taken, wanted))) continue;
    const problem = `Graphics memory at 0x${wanted.base.toString(16)} belongs to another vGPU.`;
    return { errno: ERRNO.noSpace, problem };
  }
  if (low.base + low.size > layout.aperture || high.base + high.size > layout.total) {
    return { errno: ERRNO.invalid, problem: 'The slice ends behind the host’s graphics memory.' };
  }
  const fences = freeFences(holdings).slice(0, slice.fences);
  if (fences.length < slice.fences) {
    return { errno: ERRNO.noSpace, problem: `There are no ${slice.fences} free fences.` };
  }
  return { id, low, high, fences };
}

/** Who holds a graphics address; undefined for the host, and for nobody. */
export function holderOf(holdings: readonly Holding[], address: number): Holding | undefined {
  return holdings.find(({ low, high }) =>
    [low, high].some(({ base, size }) => address >= base && address < base + size),
  );
}

export function partitionOf({ low, high, fences }: Holding): Partition {
  return {
    mappableBase: low.base,
    mappableSize: low.size,
    hiddenBase: high.base,
    hiddenSize: high.size,
    fences: fences.length,
  };
}

/** How many more of a type are offered: low memory decides (gvt-facts §4.2). */
export function instancesLeft(
  layout: GraphicsLayout,
  holdings: readonly Holding[],
  type: Wanted,
): number {
  return Math.floor(available(layout, holdings).low / type.low);
}

/** Free bytes and fences, as the control file `available_resource` says. */
export function available(layout: GraphicsLayout, holdings: readonly Holding[]) {
  const taken = (ranges: readonly Range[]) => ranges.reduce((sum, { size }) => sum + size, 0);
  return {
    low: layout.aperture - taken(lowRanges(holdings)),
    high: layout.total - layout.aperture - taken(highRanges(layout, holdings)),
    fences: freeFences(holdings).length,
  };
}

function lowRanges(holdings: readonly Holding[]): Range[] {
  return [{ base: 0, size: HOST_SHARE.low }, ...holdings.map(({ low }) => low)];
}

function highRanges({ aperture }: GraphicsLayout, holdings: readonly Holding[]): Range[] {
  return [{ base: aperture, size: HOST_SHARE.high }, ...holdings.map(({ high }) => high)];
}

function freeFences(holdings: readonly Holding[]): number[] {
  const taken = new Set(holdings.flatMap(({ fences }) => fences));
  return Array.from(
    { length: HOST_FENCES - HOST_SHARE.fences },
    (_, n) => n + HOST_SHARE.fences,
  ).filter((fence) => !taken.has(fence));
}

/** The first gap of `size` bytes in `area`. */
function findGap(area: Range, taken: readonly Range[], size: number): Range | undefined {
  let base = area.base;
  for (const range of [...taken].sort((a, b) => a.base - b.base)) {
    if (range.base - base >= size) break;
    base = Math.max(base, range.base + range.size);
  }
  return base + size <= area.base + area.size ? { base, size } : undefined;
}

function overlap(a: Range, b: Range): boolean {
  return a.base < b.base + b.size && b.base < a.base + a.size;
}

function ranOut(what: string, size: number): HostProblem {
  const problem = `The host has no ${size / 0x100000} MiB of ${what} left.`;
  return { errno: ERRNO.noSpace, problem };
}
