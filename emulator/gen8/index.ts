import type { PlatformTables } from '../mmio/register-map.ts';
import type { RegisterBlock } from '../mmio/register-row.ts';
import { AUDIO_REGISTERS } from './audio-registers.ts';
import { BDW_CLOCK_REGISTERS } from './clock-registers.ts';
import { AUX_REGISTERS, DDI_REGISTERS } from './ddi-registers.ts';
import { DISPLAY_POWER_REGISTERS } from './display-power-registers.ts';
import { DISPLAY_REGISTERS } from './display-registers.ts';
import { ENGINE_REGISTER_ROWS } from './engine-rows.ts';
import { ENGINES } from './engines.ts';
import { FDI_REGISTERS } from './fdi-registers.ts';
import { FENCE_REGISTERS } from './fence-registers.ts';
import { GMBUS_REGISTERS } from './gmbus-registers.ts';
import { GT_REGISTERS } from './gt-registers.ts';
import { GUC_REGISTERS } from './guc-registers.ts';
import { INTERRUPT_REGISTERS } from './interrupt-registers.ts';
import { MCHBAR_REGISTERS } from './mchbar-registers.ts';
import { MEMORY_REGISTERS } from './memory-registers.ts';
import { PCH_REGISTERS } from './pch-registers.ts';
import { PIPE_EDP_REGISTERS, PIPE_REGISTERS } from './pipe-registers.ts';
import { BDW_PLANE_REGISTERS } from './plane-registers.ts';
import { POWER_MANAGEMENT_REGISTERS } from './power-management-registers.ts';
import { PVINFO_REGISTERS } from './pvinfo-registers.ts';
import { RENDER_REGISTERS } from './render-registers.ts';
import { unnamed } from './row-helpers.ts';
import { TRANSCODER_REGISTERS } from './transcoder-registers.ts';

/** Blocks that Broadwell and its successors share; rows of one of them only name their platforms. */
export const COMMON_BLOCKS: readonly RegisterBlock[] = [
  INTERRUPT_REGISTERS,
  PVINFO_REGISTERS,
  FENCE_REGISTERS,
  GT_REGISTERS,
  POWER_MANAGEMENT_REGISTERS,
  MEMORY_REGISTERS,
  RENDER_REGISTERS,
  GUC_REGISTERS,
  DISPLAY_REGISTERS,
  DISPLAY_POWER_REGISTERS,
  BDW_CLOCK_REGISTERS,
  ...PIPE_REGISTERS,
  PIPE_EDP_REGISTERS,
  ...TRANSCODER_REGISTERS,
  DDI_REGISTERS,
  AUX_REGISTERS,
  AUDIO_REGISTERS,
  PCH_REGISTERS,
  GMBUS_REGISTERS,
  FDI_REGISTERS,
  MCHBAR_REGISTERS,
];

/** Registers of the second video engine that are tracked also where it is absent. */
export const VCS1_REMNANTS: RegisterBlock = {
  name: 'VCS1',
  rows: [
    ...unnamed([0x1c054]),
    ...unnamed([0x1c178, 0x1c17c], { flags: ['cmd'] }),
    ...unnamed([0x1c1d0]),
  ],
};

/** Broadwell GT2, as far as its registers go: it has neither fuses nor a golden state yet. */
export const broadwell: PlatformTables = {
  platform: 'bdw',
  title: 'Broadwell',
  engines: ENGINES,
  engineRows: ENGINE_REGISTER_ROWS,
  blocks: [...COMMON_BLOCKS, ...BDW_PLANE_REGISTERS, VCS1_REMNANTS],
};
