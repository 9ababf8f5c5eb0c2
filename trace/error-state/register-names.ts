/** A register of an engine, by what an error state calls it. */
interface EngineRegister {
  readonly key: string;
  /** From the engine's base. */
  readonly offset: number;
  /** Where the upper half is, if there is one. */
  readonly upper?: number;
}

/** error_print_engine (i915_gpu_error.c) and the registers it shows (intel_engine_regs.h). */
export const ENGINE_REGISTERS: readonly EngineRegister[] = [
  { key: 'TAIL', offset: 0x30 },
  { key: 'HEAD', offset: 0x34 },
  { key: 'START', offset: 0x38 },
  { key: 'CTL', offset: 0x3c },
  { key: 'RC PSMI', offset: 0x50 },
  { key: 'FADDR', offset: 0x78, upper: 0x60 },
  { key: 'IPEIR', offset: 0x64 },
  { key: 'IPEHR', offset: 0x68 },
  { key: 'INSTDONE', offset: 0x6c },
  { key: 'INSTPS', offset: 0x70 },
  { key: 'ACTHD', offset: 0x74, upper: 0x5c },
  { key: 'HWS', offset: 0x80 },
  { key: 'MODE', offset: 0x9c },
  { key: 'ESR', offset: 0xb8 },
  { key: 'INSTPM', offset: 0xc0 },
  { key: 'BB_STATE', offset: 0x110 },
  { key: 'BBADDR', offset: 0x140, upper: 0x168 },
  { key: 'CCID', offset: 0x180 },
  { key: 'PDP0', offset: 0x270, upper: 0x274 },
  { key: 'PDP1', offset: 0x278, upper: 0x27c },
  { key: 'PDP2', offset: 0x280, upper: 0x284 },
  { key: 'PDP3', offset: 0x288, upper: 0x28c },
  { key: 'GFX_MODE', offset: 0x29c },
];

/** Registers that are no engine's, in BAR0 of Gen8 and Gen9 (err_print_gt, intel_gt_regs.h, i915_reg.h). */
export const GLOBAL_REGISTERS: Readonly<Record<string, number>> = {
  PGTBL_ER: 0x2024,
  EIR: 0x20b0,
  GTT_CACHE_EN: 0x4024,
  ERROR: 0x40a0,
  DONE_REG: 0x40b0,
  FAULT_TLB_DATA: 0x4b10,
  FORCEWAKE: 0xa188,
  DERRMR: 0x44050,
  'GTIER[0]': 0x4430c,
  'GTIER[1]': 0x4431c,
  'GTIER[2]': 0x4432c,
  'GTIER[3]': 0x4433c,
  IER: 0x4446c,
};

/** Fence registers of Gen6 and later, 8 bytes each. */
export const FIRST_FENCE = 0x100000;
