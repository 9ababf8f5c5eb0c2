import type { RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { BDW, bit, bits, CMD, GEN9, GMADR_CMD, unnamed } from './row-helpers.ts';

/** A chicken or mode register: upper half is a write mask, commands may write it. */
function chicken(name: string, offset: number, more: Partial<RegisterRow> = {}): RegisterRow {
  return { name, offset, access: 'masked', flags: CMD, ...more };
}

/** A 64-bit counter of the 3D pipeline; commands save and restore it. */
function counter(name: string, offset: number): RegisterRow {
  return { name, offset, count: 2, flags: CMD };
}

/** The render engine's own registers besides those of its ring. */
const RENDER_ENGINE: readonly RegisterRow[] = [
  { name: 'PGTBL_ER', offset: 0x2024, description: 'Page table errors.' },
  chicken('FF_SLICE_CHICKEN', 0x2088),
  chicken('_3D_CHICKEN3', 0x2090),
  {
    name: 'GEN7_FF_THREAD_MODE',
    offset: 0x20a0,
    flags: CMD,
    fields: [bit('dsReferenceCountFfme', 19), bit('vsReferenceCountFfme', 15)],
  },
  { name: 'CS_DEBUG_MODE2', offset: 0x20d8 },
  chicken('reg_0020dc', 0x20dc),
  chicken('GEN7_FF_SLICE_CS_CHICKEN1', 0x20e0, { platforms: GEN9 }),
  chicken('FF_SLICE_CS_CHICKEN2', 0x20e4),
  chicken('GEN9_CS_DEBUG_MODE1', 0x20ec, { platforms: GEN9 }),
  chicken('CACHE_MODE_0', 0x2120),
  chicken('reg_002124', 0x2124),
  { name: 'ILK_FBC_RT_BASE', offset: 0x2128 },
  { name: 'BB_PREEMPT_ADDR', offset: 0x2148, flags: GMADR_CMD },
  ...unnamed([0x215c, 0x21f0], { flags: CMD }),
  { name: 'GEN9_CTX_PREEMPT_REG', offset: 0x2248 },
  { name: 'GPGPU_THREADS_DISPATCHED', offset: 0x2290, count: 2, flags: CMD },
  { name: 'GEN8_OACTXCONTROL', offset: 0x2360 },
  { name: 'GEN7_3DPRIM_END_OFFSET', offset: 0x2420, flags: CMD },
  { name: 'GEN7_3DPRIM_START_VERTEX', offset: 0x2430, flags: CMD },
  { name: 'GEN7_3DPRIM_VERTEX_COUNT', offset: 0x2434, flags: CMD },
  { name: 'GEN7_3DPRIM_INSTANCE_COUNT', offset: 0x2438, flags: CMD },
  { name: 'GEN7_3DPRIM_START_INSTANCE', offset: 0x243c, flags: CMD },
  chicken('reg_002470', 0x2470),
  chicken('GEN8_CS_CHICKEN1', 0x2580, {
    fields: [bits('preemptGranularity', 2, 1), bit('perContextPreemptEnable', 0)],
  }),
  { name: 'GEN8_OACONTROL', offset: 0x2b00, description: 'Observation architecture control.' },
  ...unnamed([0x2b20], { platforms: GEN9 }),
];

/** Pipeline statistics, 64 bits each. */
const STATISTICS: readonly RegisterRow[] = [
  counter('HS_INVOCATION_COUNT', 0x2300),
  counter('DS_INVOCATION_COUNT', 0x2308),
  counter('IA_VERTICES_COUNT', 0x2310),
  counter('IA_PRIMITIVES_COUNT', 0x2318),
  counter('VS_INVOCATION_COUNT', 0x2320),
  counter('GS_INVOCATION_COUNT', 0x2328),
  counter('GS_PRIMITIVES_COUNT', 0x2330),
  counter('CL_INVOCATION_COUNT', 0x2338),
  counter('CL_PRIMITIVES_COUNT', 0x2340),
  counter('PS_INVOCATION_COUNT', 0x2348),
  counter('PS_DEPTH_COUNT', 0x2350),
  { name: 'GEN7_SO_NUM_PRIMS_WRITTEN', offset: 0x5200, count: 8, flags: CMD },
  { name: 'GEN7_SO_PRIM_STORAGE_NEEDED', offset: 0x5240, count: 8, flags: CMD },
  { name: 'GEN7_SO_WRITE_OFFSET', offset: 0x5280, count: 4, flags: CMD },
];

/** Caches and slices. */
const SLICE: readonly RegisterRow[] = [
  chicken('GEN9_WM_CHICKEN3', 0x5588, { platforms: GEN9 }),
  { name: 'DSPCLK_GATE_D', offset: 0x6200 },
  { name: 'RENCLK_GATE_D1', offset: 0x6204 },
  { name: 'RENCLK_GATE_D2', offset: 0x6208 },
  chicken('CACHE_MODE_0_GEN7', 0x7000, {
    fields: [bit('hizRawStallOptimizationDisable', 2), bit('rcOpFlushEnable', 0)],
  }),
  chicken('CACHE_MODE_1', 0x7004, {
    fields: [
      bit('msaaOptimizationReductionDisable', 11),
      bit('stcOptimizationDisable4x4', 6),
      bit('partialResolveInVcDisable', 1),
    ],
  }),
  chicken('GEN7_GT_MODE', 0x7008, {
    fields: [
      bits('izHashingSlice2', 5, 4),
      bits('izHashingSlice1', 3, 2),
      bits('izHashingSlice0', 1, 0),
    ],
  }),
  chicken('GEN7_COMMON_SLICE_CHICKEN1', 0x7010, {
    fields: [bit('rhwoOptimizationDisable', 14), bit('rhwoOptimizationDisableInRcc', 10)],
  }),
  chicken('COMMON_SLICE_CHICKEN2', 0x7014, {
    fields: [
      bit('pbeCompressedHashSelection', 13),
      bit('disableGatherAtSetShaderCommonSlice', 12),
      bit('sbeDisableReplayBufferOptimization', 8),
      bit('sbeVueCacheConservative', 0),
    ],
  }),
  chicken('HIZ_CHICKEN', 0x7018),
  {
    name: 'L3CNTLREG',
    offset: 0x7034,
    fields: [
      bits('allAllocation', 31, 25),
      bits('dcAllocation', 24, 18),
      bits('roAllocation', 17, 11),
      bit('errorDetectionBehaviorControl', 9),
      bits('urbAllocation', 7, 1),
      bit('slmEnable', 0),
    ],
    description: 'How the L3 cache is divided.',
  },
  { name: 'GEN7_SC_INSTDONE', offset: 0x7100 },
  ...unnamed([0x7118, 0x7180]),
  chicken('HDC_CHICKEN0', 0x7300, {
    fields: [
      bit('forceCsrNonCoherentOverrideDisable', 15),
      bit('fenceDestinationSlmDisable', 14),
      bit('doNotFetchMemoryWhenMasked', 11),
      bit('barrierPerformanceDisable', 10),
      bit('forceContextSaveRestoreNonCoherent', 5),
      bit('forceNonCoherent', 4),
    ],
  }),
  chicken('GEN8_HDC_CHICKEN1', 0x7304, { platforms: GEN9 }),
  ...unnamed([0x7408, 0x7c00]),
  { name: 'VF_GUARDBAND', offset: 0x83a4, platforms: BDW, flags: CMD },
  ...unnamed([0x8430], { platforms: BDW, flags: CMD }),
];

/** Half slices, samplers, rows of execution units. */
const HALF_SLICE: readonly RegisterRow[] = [
  chicken('GEN7_HALF_SLICE_CHICKEN1', 0xe100),
  { name: 'GEN7_SAMPLER_INSTDONE', offset: 0xe160 },
  { name: 'GEN7_ROW_INSTDONE', offset: 0xe164 },
  chicken('HALF_SLICE_CHICKEN2', 0xe180),
  chicken('HSW_HALF_SLICE_CHICKEN3', 0xe184),
  chicken('GEN9_HALF_SLICE_CHICKEN5', 0xe188),
  chicken('GEN9_HALF_SLICE_CHICKEN7', 0xe194),
  ...unnamed([0xe220, 0xe230, 0xe240, 0xe260, 0xe270, 0xe280, 0xe2a0, 0xe2b0, 0xe2c0, 0xe4cc], {
    flags: CMD,
  }),
  chicken('GEN8_ROW_CHICKEN', 0xe4f0),
  chicken('GEN7_ROW_CHICKEN2', 0xe4f4),
];

export const RENDER_REGISTERS: RegisterBlock = {
  name: 'Render',
  rows: [...RENDER_ENGINE, ...STATISTICS, ...SLICE, ...HALF_SLICE],
};
