import type { RegisterBlock } from '../mmio/register-row.ts';
import { AUDIO_REGISTERS } from './audio-registers.ts';
import { BDW_CLOCK_REGISTERS } from './clock-registers.ts';
import { AUX_REGISTERS, DDI_REGISTERS } from './ddi-registers.ts';
import { DISPLAY_POWER_REGISTERS } from './display-power-registers.ts';
import { DISPLAY_REGISTERS } from './display-registers.ts';
import { FDI_REGISTERS } from './fdi-registers.ts';
import { FENCE_REGISTERS } from './fence-registers.ts';
import { GMBUS_REGISTERS } from './gmbus-registers.ts';
import { GT_REGISTERS } from './gt-registers.ts';
import { GUC_REGISTERS } from './guc-registers.ts';
import { INTERRUPT_REGISTERS } from './interrupt-registers.ts';
import { MCHBAR_REGISTERS } from './mchbar-registers.ts';
import { MEMORY_REGISTERS } from './memory-registers.ts';
import { partsOf } from './part-tables.ts';
import { gen8Fuses } from './parts.ts';
import { PCH_REGISTERS } from './pch-registers.ts';
import { PIPE_EDP_REGISTERS, PIPE_REGISTERS } from './pipe-registers.ts';
import { BDW_PLANE_REGISTERS } from './plane-registers.ts';
import { POWER_MANAGEMENT_REGISTERS } from './power-management-registers.ts';
import { BROADWELL_FUSES, BROADWELL_GOLDEN_STATE } from './power-on.ts';
import { PVINFO_REGISTERS } from './pvinfo-registers.ts';
import { RENDER_REGISTERS } from './render-registers.ts';
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

/** Broadwell's parts by GT level; `reserved` ids are parts with one video engine. */
export const BROADWELL = partsOf({
  platform: 'bdw',
  title: 'Broadwell',
  blocks: [...COMMON_BLOCKS, ...BDW_PLANE_REGISTERS],
  powerOn: [...BROADWELL_FUSES, ...BROADWELL_GOLDEN_STATE],
  fuses: gen8Fuses,
  levels: ['GT1', 'GT2', 'GT3', 'reserved'],
});
