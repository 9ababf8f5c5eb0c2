import { ENGINE_REGISTER_ROWS } from '../gen8/engine-rows.ts';
import { ENGINES, ENGINES_GT3 } from '../gen8/engines.ts';
import { COMMON_BLOCKS, VCS1_REMNANTS } from '../gen8/index.ts';
import type { PlatformTables } from '../mmio/register-map.ts';
import type { RegisterBlock } from '../mmio/register-row.ts';
import { CLOCK_REGISTERS } from './clock-registers.ts';
import { DMC_REGISTERS } from './dmc-registers.ts';
import { SKYLAKE_GOLDEN_STATE } from './firmware-state.ts';
import { SKYLAKE_GT2_FUSES } from './fuses.ts';
import { MOCS_REGISTERS } from './mocs-registers.ts';
import { PLANE_REGISTERS } from './plane-registers.ts';
import { withPowerOnValues } from './power-on-values.ts';
import { SCALER_REGISTERS } from './scaler-registers.ts';

export { SKYLAKE_GOLDEN_STATE } from './firmware-state.ts';
export { SKYLAKE_GT2_FUSES } from './fuses.ts';
export type { PowerOnValue } from './power-on-values.ts';

const GEN9_BLOCKS: readonly RegisterBlock[] = withPowerOnValues(
  [
    ...COMMON_BLOCKS,
    CLOCK_REGISTERS,
    ...PLANE_REGISTERS,
    SCALER_REGISTERS,
    MOCS_REGISTERS,
    DMC_REGISTERS,
  ],
  [...SKYLAKE_GT2_FUSES, ...SKYLAKE_GOLDEN_STATE],
);

/** Skylake GT1 and GT2: one video engine. */
export const skylake: PlatformTables = {
  platform: 'skl',
  title: 'Skylake',
  engines: ENGINES,
  engineRows: ENGINE_REGISTER_ROWS,
  blocks: [...GEN9_BLOCKS, VCS1_REMNANTS],
};

/** Skylake GT3 and GT4: a second video engine. */
export const skylakeGt3: PlatformTables = {
  ...skylake,
  title: 'Skylake GT3',
  engines: ENGINES_GT3,
  blocks: GEN9_BLOCKS,
};

/** Kaby Lake GT2. Its fuses and golden state are Skylake's. */
export const kabyLake: PlatformTables = { ...skylake, platform: 'kbl', title: 'Kaby Lake' };
