/** In which order a vGPU comes to be (gvt-facts §12.1). Each failure unwinds in reverse. */
export const CREATE_STEPS = [
  'id',
  'configuration space',
  'registers',
  'graphics memory and fences',
  'PVINFO page',
  'GTT and scratch trees',
  'OpRegion',
  'display',
  'submission',
  'schedule policy',
  'debug files',
  'OpRegion and EDID regions',
  'command-accessible registers',
] as const;

/**
 * In which order it goes (gvt-facts §12.4). The id first, so that the steps behind it see whether any vGPU is left:
 * the schedule policy stops its timer with the last one.
 */
export const DESTROY_STEPS = [
  'id',
  'debug files',
  'schedule policy',
  'submission',
  'display',
  'OpRegion',
  'GGTT entries to scratch',
  'GTT trees',
  'BAR regions',
  'graphics memory and fences',
  'registers',
  'dma-bufs',
] as const;

export type CreateStep = (typeof CREATE_STEPS)[number];
export type DestroyStep = (typeof DESTROY_STEPS)[number];
