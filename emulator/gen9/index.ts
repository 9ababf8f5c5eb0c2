import { COMMON_BLOCKS } from '../gen8/index.ts';
import { type PartLevel, partsOf } from '../gen8/part-tables.ts';
import { gen9Fuses } from '../gen8/parts.ts';
import type { RegisterBlock } from '../mmio/register-row.ts';
import { CLOCK_REGISTERS } from './clock-registers.ts';
import { DMC_REGISTERS } from './dmc-registers.ts';
import { KABY_LAKE_FUSES, SKYLAKE_FUSES } from './fuses.ts';
import { GEN9_GOLDEN_STATE } from './golden-state.ts';
import { MOCS_REGISTERS } from './mocs-registers.ts';
import { PLANE_REGISTERS } from './plane-registers.ts';
import { SCALER_REGISTERS } from './scaler-registers.ts';

const BLOCKS: readonly RegisterBlock[] = [
  ...COMMON_BLOCKS,
  CLOCK_REGISTERS,
  ...PLANE_REGISTERS,
  SCALER_REGISTERS,
  MOCS_REGISTERS,
  DMC_REGISTERS,
];
const LEVELS: readonly PartLevel[] = ['GT1', 'GT1.5', 'GT2', 'GT3', 'GT4'];

/** Skylake's parts by GT level. */
export const SKYLAKE = partsOf({
  platform: 'skl',
  title: 'Skylake',
  blocks: BLOCKS,
  powerOn: [...SKYLAKE_FUSES, ...GEN9_GOLDEN_STATE],
  fuses: gen9Fuses,
  levels: LEVELS,
});

/** Kaby Lake's: Skylake's registers and one more (GAMT_CHKN_BIT_REG), with fuses of its own. */
export const KABY_LAKE = partsOf({
  platform: 'kbl',
  title: 'Kaby Lake',
  blocks: BLOCKS,
  powerOn: [...KABY_LAKE_FUSES, ...GEN9_GOLDEN_STATE],
  fuses: gen9Fuses,
  levels: LEVELS,
});
