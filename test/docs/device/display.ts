import { hasHotplug } from '../../../emulator/display/hotplug.ts';
import { PORTS } from '../../../emulator/display/ports.ts';
import { cursorPlane } from '../../../emulator/display/screen/cursor.ts';
import { gen8Planes } from '../../../emulator/display/screen/gen8-planes.ts';
import { gen9Planes } from '../../../emulator/display/screen/gen9-planes.ts';
import type { DecodedPlane } from '../../../emulator/display/screen/plane.ts';
import { GVT_RESOLUTIONS, gvtMonitor, PLATFORMS, type Platform } from '../../../emulator/index.ts';
import { markdown } from '../markdown.ts';
import { NAMES, tryOut } from './platforms.ts';

const ENABLE = 0x80000000;
const FULL_HD = { x: 0, y: 0, width: 1920, height: 1080 };

/** A control register, and what of it is tried: `values` in the field from bit `low` on. */
interface Trial {
  readonly what: string;
  readonly platform: Platform;
  readonly register: number;
  readonly field: { readonly low: number; readonly values: number };
  /** Bits that are set besides. */
  readonly besides: readonly number[];
}

const PLANES: readonly Trial[] = [
  {
    what: 'primary plane',
    platform: 'bdw',
    register: 0x70180,
    field: { low: 26, values: 16 },
    besides: [0],
  },
  {
    what: 'sprite plane',
    platform: 'bdw',
    register: 0x70280,
    field: { low: 25, values: 8 },
    besides: [0, 1 << 20],
  },
  {
    what: 'universal planes',
    platform: 'skl',
    register: 0x70180,
    field: { low: 24, values: 16 },
    besides: [0, 1 << 20, 1 << 5],
  },
];

function decoded({ platform, register }: Trial, control: number): DecodedPlane | undefined {
  const { vgpu, w } = tryOut(platform);
  w(register, control | ENABLE);
  const planes =
    PLATFORMS[platform].generation === 8
      ? gen8Planes(vgpu.core, 0, FULL_HD)
      : gen9Planes(vgpu.core, 0);
  return planes[0];
}

function controls({ field, besides }: Trial): number[] {
  return Array.from({ length: field.values }, (_, value) => value).flatMap((value) =>
    besides.map((more) => ((value << field.low) | more) >>> 0),
  );
}

/** Formats that a plane's decoder knows by name: those that it draws, and those that it does not. */
function formatRow(trial: Trial): string[] {
  const planes = controls(trial).flatMap((control) => decoded(trial, control) ?? []);
  const names = (drawn: boolean) => {
    const some = planes.filter(({ plane }) => (plane.format !== undefined) === drawn);
    const known = some.map(({ plane }) => plane.formatName);
    return [...new Set(known.filter((name) => !/^(format \d+|an unknown format)$/.test(name)))];
  };
  const tilings = Array.from({ length: 8 }, (_, code) => decoded(trial, code << 10)).flatMap(
    (each) =>
      each && !each.remarks.some((text) => text.includes('tiling')) ? [each.plane.tiling.name] : [],
  );
  const turns = [0, 1, 2, 3, 1 << 15].map((code) => decoded(trial, code)?.plane.rotation ?? 0);
  return [
    `${trial.what} (${NAMES.filter((name) => PLATFORMS[name].generation === PLATFORMS[trial.platform].generation).join(', ')})`,
    names(true).join(' '),
    names(false).join(' ') || '–',
    [...new Set(tilings)].join(' '),
    [...new Set(turns)].sort((a, b) => a - b).join(' '),
  ];
}

function cursorRow(): string[] {
  const { vgpu, w } = tryOut('skl');
  const modes = Array.from({ length: 64 }, (_, mode) => {
    w(0x70080, mode);
    return cursorPlane(vgpu.core, 0)?.plane;
  }).filter((plane) => plane !== undefined && !plane.formatName.startsWith('mode '));
  const text = (drawn: boolean) =>
    modes
      .filter((plane) => (plane?.format !== undefined) === drawn)
      .map((plane) => `${plane?.formatName} ${plane?.source.width}²`)
      .join(', ');
  return [`cursor (${NAMES.join(', ')})`, text(true), text(false), 'linear', '0 180'];
}

export function displayTables(): Readonly<Record<string, string>> {
  return {
    planes: markdown(
      ['plane', 'drawn', 'known, not drawn', 'tilings', 'turned by degrees'],
      [...PLANES.map(formatRow), cursorRow()],
    ),
    monitors: markdown(
      ['platform', 'port of GVT-g’s monitor', 'built-in EDIDs', 'hotplug'],
      NAMES.map((platform) => {
        const { port, connection } = gvtMonitor(platform);
        const sizes = GVT_RESOLUTIONS.map(({ width, height }) => `${width}×${height}`);
        const plugs = hasHotplug(tryOut(platform).vgpu.core) ? 'yes' : 'no, as in GVT-g';
        return [platform, `${port} (${connection})`, sizes.join(', '), plugs];
      }),
    ),
    ports: markdown(
      ['port', 'SDEISR bit', 'strap bit', 'GMBUS pins'],
      PORTS.map(({ port, sdeBit, strapBit, gmbusPin }) =>
        [port, sdeBit, strapBit ?? '–', gmbusPin ?? '–'].map(String),
      ),
    ),
  };
}
