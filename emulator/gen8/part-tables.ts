import { type PowerOnValue, withPowerOnValues } from '../mmio/power-on-values.ts';
import type { PlatformTables } from '../mmio/register-map.ts';
import type { Platform, RegisterBlock } from '../mmio/register-row.ts';
import { type GtLevel, levelHasSecondVideoEngine } from '../pci/device-ids.ts';
import { ENGINE_REGISTER_ROWS } from './engine-rows.ts';
import { ENGINES, ENGINES_GT3 } from './engines.ts';
import { PART_SHAPES, type PartShape } from './parts.ts';
import { unnamed } from './row-helpers.ts';

export type PartLevel = Exclude<GtLevel, 'Atom'>;

/** A platform's parts: each has its own engines and fuses, and all else is the same. */
export interface Parts {
  readonly levels: readonly PartLevel[];
  /** Made when first asked for, and the same object ever after; undefined for a level that there is not. */
  tables(gt: PartLevel): PlatformTables | undefined;
}

export interface PlatformDescription {
  readonly platform: Platform;
  /** For people: `Skylake`. */
  readonly title: string;
  readonly blocks: readonly RegisterBlock[];
  readonly powerOn: readonly PowerOnValue[];
  /** What a part's shape makes of its fuses. */
  readonly fuses: (shape: PartShape) => readonly PowerOnValue[];
  readonly levels: readonly PartLevel[];
}

/** Registers of the second video engine that are tracked also where it is absent. */
const VCS1_REMNANTS: RegisterBlock = {
  name: 'VCS1',
  rows: [
    ...unnamed([0x1c054]),
    ...unnamed([0x1c178, 0x1c17c], { flags: ['cmd'] }),
    ...unnamed([0x1c1d0]),
  ],
};

export function partsOf(description: PlatformDescription): Parts {
  const { levels } = description;
  const made = new Map<PartLevel, PlatformTables>();
  return {
    levels,
    tables(gt) {
      if (!levels.includes(gt)) return undefined;
      const tables = made.get(gt) ?? tablesOfPart(description, gt);
      made.set(gt, tables);
      return tables;
    },
  };
}

function tablesOfPart(description: PlatformDescription, gt: PartLevel): PlatformTables {
  const { platform, title, powerOn, fuses } = description;
  const second = levelHasSecondVideoEngine(gt);
  const blocks = second ? description.blocks : [...description.blocks, VCS1_REMNANTS];
  const values = [...powerOn, ...fuses(PART_SHAPES[gt])];
  return {
    platform,
    title: `${title} ${gt}`,
    engines: second ? ENGINES_GT3 : ENGINES,
    engineRows: ENGINE_REGISTER_ROWS,
    blocks: withPowerOnValues(platform, blocks, values),
  };
}
