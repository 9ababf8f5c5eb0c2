import type { PowerOnValue } from '../mmio/power-on-values.ts';
import type { GtLevel } from '../pci/device-ids.ts';

/** How many slices, subslices of each, and execution units of each subslice a part has. */
export interface PartShape {
  readonly slices: number;
  readonly subslices: number;
  readonly units: number;
}

/**
 * Shapes by GT level, the same from Broadwell to Kaby Lake (Mesa, intel_device_info.c). Broadwell's reserved ids are
 * taken for GT2, as i915 takes them for parts with one video engine.
 */
export const PART_SHAPES: Readonly<Record<Exclude<GtLevel, 'Atom'>, PartShape>> = {
  GT1: { slices: 1, subslices: 2, units: 6 },
  'GT1.5': { slices: 1, subslices: 3, units: 6 },
  GT2: { slices: 1, subslices: 3, units: 8 },
  GT3: { slices: 2, subslices: 3, units: 8 },
  GT4: { slices: 3, subslices: 3, units: 8 },
  reserved: { slices: 1, subslices: 3, units: 8 },
};

const FUSE2 = 0x9120;
const EU_DISABLE = 0x9134;
const SLICE_ENABLE = 25;
/** Bits of a subslice in EU_DISABLE. */
const UNITS = 8;

/** Broadwell: three subslices a slice; the slices' 24 bits of EU_DISABLE follow one another. */
export function gen8Fuses(shape: PartShape): PowerOnValue[] {
  const off = unitsOff(shape, 3);
  const words = [0, 0, 0];
  for (let slice = 0; slice < shape.slices; slice++) {
    for (let bit = 0; bit < 3 * UNITS; bit++) {
      const at = slice * 3 * UNITS + bit;
      words[at >>> 5] = ((words[at >>> 5] ?? 0) | (((off >>> bit) & 1) << (at & 31))) >>> 0;
    }
  }
  return [
    fuse2(shape, 3, 21, 'i915 GEN8_F2_S_ENA, GEN8_F2_SS_DIS'),
    ...words.map((word, n) => euDisable(n, word, 'i915 GEN8_EU_DISABLE0')),
  ];
}

/** Skylake and Kaby Lake: four subslices a slice, one dword of EU_DISABLE for each slice. */
export function gen9Fuses(shape: PartShape): PowerOnValue[] {
  const off = unitsOff(shape, 4);
  return [
    fuse2(shape, 4, 20, 'i915 GEN8_F2_S_ENA, GEN9_F2_SS_DIS'),
    ...[0, 1, 2].map((slice) =>
      euDisable(slice, slice < shape.slices ? off : 0, 'i915 GEN9_EU_DISABLE'),
    ),
  ];
}

function fuse2(
  { slices, subslices }: PartShape,
  most: number,
  disable: number,
  fields: string,
): PowerOnValue {
  const enabled = (1 << slices) - 1;
  const absent = ((1 << most) - 1) & ~((1 << subslices) - 1);
  return {
    offset: FUSE2,
    value: ((enabled << SLICE_ENABLE) | (absent << disable)) >>> 0,
    source: `fuse table: slices ${slices}, subslices ${subslices} of ${most} (${fields})`,
  };
}

function euDisable(word: number, value: number, name: string): PowerOnValue {
  const source = `fuse table: execution units that the part lacks (${name})`;
  return { offset: EU_DISABLE + word * 4, value: value >>> 0, source };
}

/** A slice's bits of EU_DISABLE. Of a subslice that is not there none is set: it is off as a whole. */
function unitsOff({ subslices, units }: PartShape, most: number): number {
  const off = ((1 << UNITS) - 1) & ~((1 << units) - 1);
  let bits = 0;
  for (let subslice = 0; subslice < Math.min(subslices, most); subslice++)
    bits |= off << (subslice * UNITS);
  return bits >>> 0;
}
