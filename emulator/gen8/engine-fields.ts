import type { FieldRow } from '../mmio/register-row.ts';
import { address, bit, bits } from './row-helpers.ts';

/** Fields of command streamer registers (i915 gt/intel_engine_regs.h, gvt-facts §6). */

export const RING_TAIL_FIELDS: readonly FieldRow[] = [address('tailOffset', 20, 3)];

export const RING_HEAD_FIELDS: readonly FieldRow[] = [
  bits('wrapCount', 31, 21),
  address('headOffset', 20, 2),
];

export const RING_START_FIELDS: readonly FieldRow[] = [address('startingAddress', 31, 12)];

export const RING_CTL_FIELDS: readonly FieldRow[] = [
  // Pages less one: 0 is a ring of 4 KiB.
  bits('bufferLength', 20, 12),
  bit('waitForEvent', 11),
  bit('semaphoreWait', 10),
  bits('reportHead', 2, 1, { 0: 'none', 1: 'every 64 KiB', 2: 'every 4 KiB', 3: 'every 128 KiB' }),
  bit('enable', 0, { 0: 'disabled', 1: 'enabled' }),
];

export const PSMI_CTL_FIELDS: readonly FieldRow[] = [
  bit('semaphoreIdleMessageDisable', 12),
  bit('ffDopClockGateDisable', 10),
  bit('goIndicator', 4),
  bit('sleepIndicator', 3),
  bit('sleepFlushDisable', 2),
  bit('sleepMessageDisable', 0),
];

export const IPEHR_FIELDS: readonly FieldRow[] = [
  bits('commandType', 31, 29, { 0: 'MI', 2: '2D', 3: '3D or media' }),
  bits('commandOpcode', 28, 23),
  bits('commandBody', 22, 0),
];

export const INSTDONE_FIELDS: readonly FieldRow[] = [
  bits('units', 31, 1),
  bit('ringEnable', 0, { 0: 'not done', 1: 'done' }),
];

export const MI_MODE_FIELDS: readonly FieldRow[] = [
  bit('asyncFlipPerformanceDisable', 14),
  bit('miFlushEnable', 12),
  bit('invalidateUhptrEnable', 11),
  bit('ringsIdle', 9, { 0: 'busy', 1: 'idle' }),
  bit('stopRings', 8, { 0: 'running', 1: 'stop' }),
  bit('vsTimerDispatch', 6),
];

/** Bits of EIR, EMR and ESR. */
export const ERROR_FIELDS: readonly FieldRow[] = [
  bit('pageTableError', 4),
  bit('commandPrivilegeViolation', 3),
  bit('memoryRefreshError', 1),
  bit('instructionError', 0),
];

/** An engine's interrupt sources, in one half of a GT group and in its own IMR (gvt-facts §7.2). */
export const ENGINE_INTERRUPT_BITS: readonly (readonly [string, number])[] = [
  ['UserInterrupt', 0],
  ['CsMasterError', 3],
  ['FlushNotify', 4],
  ['L3ParityError', 5],
  ['Timeout', 6],
  ['PageFault', 7],
  ['ContextSwitch', 8],
  ['WaitSemaphore', 11],
];

/** `rcsUserInterrupt` and so on at bit `shift` upwards. */
export function engineInterruptFields(engine: string, shift: number): FieldRow[] {
  return ENGINE_INTERRUPT_BITS.map(([source, at]) => bit(`${engine}${source}`, at + shift));
}

export const RING_IMR_FIELDS: readonly FieldRow[] = ENGINE_INTERRUPT_BITS.map(([source, at]) =>
  bit(source.charAt(0).toLowerCase() + source.slice(1), at, { 0: 'unmasked', 1: 'masked' }),
);

export const INSTPM_FIELDS: readonly FieldRow[] = [
  bit('tlbInvalidate', 9),
  bit('forceOrdering', 7),
  bit('syncFlush', 5),
];

export const R_PWR_CLK_STATE_FIELDS: readonly FieldRow[] = [
  bit('enable', 31),
  bit('sliceCountEnable', 18),
  bits('sliceCount', 17, 15),
  bit('subsliceCountEnable', 11),
  bits('subsliceCount', 10, 8),
  bits('euMax', 7, 4),
  bits('euMin', 3, 0),
];

export const RESET_CTL_FIELDS: readonly FieldRow[] = [
  bit('catastrophicError', 2),
  bit('readyToReset', 1),
  bit('requestReset', 0),
];

export const BB_STATE_FIELDS: readonly FieldRow[] = [
  bit('addressSpace', 5, { 0: 'GGTT', 1: 'PPGTT' }),
];

export const BB_ADDR_FIELDS: readonly FieldRow[] = [
  address('batchBufferHead', 31, 2),
  bit('valid', 0),
];

export const CCID_FIELDS: readonly FieldRow[] = [
  address('contextAddress', 31, 12),
  bit('extendedStateSave', 3),
  bit('extendedStateRestore', 2),
  bit('enable', 0),
];

export const PER_CONTEXT_BATCH_FIELDS: readonly FieldRow[] = [
  address('address', 31, 12),
  bit('force', 2),
  bit('valid', 0),
];

export const INDIRECT_CTX_FIELDS: readonly FieldRow[] = [
  address('address', 31, 6),
  bits('sizeInCacheLines', 5, 0),
];

export const INDIRECT_CTX_OFFSET_FIELDS: readonly FieldRow[] = [bits('offset', 15, 6)];

export const EXECLIST_STATUS_FIELDS: readonly FieldRow[] = [
  bit('element0Active', 18),
  bit('element1Active', 17),
  bit('arbitrationEnable', 16),
  bits('currentActiveElement', 15, 14, {
    0: 'none',
    1: 'element 0',
    2: 'element 1',
    3: 'reserved',
  }),
  bits('lastSwitchReason', 13, 5),
  bit('element0Valid', 4),
  bit('element1Valid', 3),
  bit('queueFull', 2),
  bit('writePointer', 1),
  bit('currentPointer', 0),
];

export const CONTEXT_CONTROL_FIELDS: readonly FieldRow[] = [
  bit('inhibitSynchronousContextSwitch', 3),
  bit('engineContextSaveInhibit', 2),
  bit('resourceStreamerEnable', 1),
  bit('engineContextRestoreInhibit', 0),
];

export const RING_MODE_FIELDS: readonly FieldRow[] = [
  bit('runListEnable', 15, { 0: 'ring buffer', 1: 'execlists' }),
  bit('interruptSteering', 14),
  bit('tlbInvalidateExplicit', 13),
  bit('surfaceFaultEnable', 12),
  bit('replayMode', 11),
  bit('psmiGranularity', 10),
  bit('ppgttEnable', 9),
  bit('ppgtt48Bit', 7),
  bits('forwardVblank', 6, 5, { 0: 'never', 1: 'always', 2: 'conditional' }),
  bit('hostReserved2', 2),
  bit('hostReserved0', 0),
];

/** Low dword of a context status buffer entry (gvt-facts §6.4). */
export const CSB_FIELDS: readonly FieldRow[] = [
  bit('liteRestore', 15),
  bits('displayPlane', 14, 12),
  bit('semaphoreWaitMode', 11, { 0: 'signal', 1: 'poll' }),
  bit('waitOnScanline', 8),
  bit('waitOnSemaphore', 7),
  bit('waitOnVblank', 6),
  bit('waitOnSyncFlip', 5),
  bit('contextComplete', 4),
  bit('activeToIdle', 3),
  bit('elementSwitch', 2),
  bit('preempted', 1),
  bit('idleToActive', 0),
];

export const CSB_POINTER_FIELDS: readonly FieldRow[] = [
  bits('readPointer', 10, 8),
  bits('writePointer', 2, 0, { 7: 'nothing written yet' }),
];

export const NONPRIV_FIELDS: readonly FieldRow[] = [address('registerOffset', 25, 2)];

export const BCS_SWCTRL_FIELDS: readonly FieldRow[] = [
  bit('sourceTileY', 0, { 0: 'X', 1: 'Y' }),
  bit('destinationTileY', 1, { 0: 'X', 1: 'Y' }),
];
