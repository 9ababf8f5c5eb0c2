import type { CommandFieldRow } from '../command/command-row.ts';
import {
  addressField,
  data,
  field,
  flag,
  isAny,
  isClear,
  isSet,
  register,
} from './command-helpers.ts';

/** Fields of MI commands (SKL PRM vol 2a; gvt-facts §10.3, §10.4). */

const USE_GGTT = flag(0, 'useGlobalGtt', 22);
const POST_SYNC = { 0: 'none', 1: 'write immediate', 3: 'write timestamp' };

export const MI_NOOP_FIELDS: readonly CommandFieldRow[] = [
  flag(0, 'identificationNumberWriteEnable', 22),
  field(0, 'identificationNumber', 21, 0),
];

export const MI_WAIT_FOR_EVENT_FIELDS: readonly CommandFieldRow[] = [
  flag(0, 'pipeAScanLine', 0),
  flag(0, 'pipeAPlane1FlipPending', 1),
  flag(0, 'pipeAPlane2FlipPending', 2),
  flag(0, 'pipeAVblank', 3),
  flag(0, 'pipeBScanLine', 8),
  flag(0, 'pipeBPlane1FlipPending', 9),
  flag(0, 'pipeBPlane2FlipPending', 10),
  flag(0, 'pipeBVblank', 11),
  flag(0, 'pipeCScanLine', 14),
  flag(0, 'pipeCPlane1FlipPending', 15),
  flag(0, 'pipeCPlane2FlipPending', 20),
  flag(0, 'pipeCVblank', 21),
];

export const MI_FLUSH_FIELDS: readonly CommandFieldRow[] = [
  flag(0, 'indirectStatePointersDisable', 5),
  flag(0, 'genericMediaStateClear', 4),
  flag(0, 'globalSnapshotCountReset', 3),
  flag(0, 'renderCacheFlushInhibit', 2),
  flag(0, 'instructionCacheInvalidate', 1),
];

export const MI_RS_CONTROL_FIELDS: readonly CommandFieldRow[] = [
  field(0, 'resourceStreamer', 0, 0, { 0: 'stop', 1: 'start' }),
];

export const MI_ARB_ON_OFF_FIELDS: readonly CommandFieldRow[] = [
  field(0, 'arbitration', 0, 0, { 0: 'off', 1: 'on' }),
];

export const MI_URB_ATOMIC_ALLOC_FIELDS: readonly CommandFieldRow[] = [
  field(0, 'storageOffset', 19, 12),
  field(0, 'storageSize', 8, 0),
];

export const MI_SUSPEND_FLUSH_FIELDS: readonly CommandFieldRow[] = [
  field(0, 'flushes', 0, 0, { 0: 'resumed', 1: 'suspended' }),
];

export const MI_TOPOLOGY_FILTER_FIELDS: readonly CommandFieldRow[] = [field(0, 'topology', 5, 0)];

export const MI_SET_APPID_FIELDS: readonly CommandFieldRow[] = [
  field(0, 'applicationType', 7, 7, { 0: 'display', 1: 'transcode' }),
  field(0, 'applicationId', 6, 0),
];

export const MI_RS_CONTEXT_FIELDS: readonly CommandFieldRow[] = [
  field(0, 'resourceStreamerContext', 0, 0, { 0: 'restore', 1: 'save' }),
];

export const MI_SET_PREDICATE_FIELDS: readonly CommandFieldRow[] = [
  field(0, 'predicateEnable', 3, 0, {
    0: 'skip never',
    1: 'skip on result 2 clear',
    2: 'skip on result 2 set',
    3: 'skip on result clear',
    4: 'skip on result set',
    5: 'only with one slice',
    6: 'only with two slices',
    7: 'only with three slices',
    15: 'skip always',
  }),
];

export const MI_PREDICATE_FIELDS: readonly CommandFieldRow[] = [
  field(0, 'loadOperation', 7, 6, { 0: 'keep', 2: 'load', 3: 'load inverted' }),
  field(0, 'combineOperation', 4, 3, { 0: 'set', 1: 'and', 2: 'or', 3: 'xor' }),
  field(0, 'compareOperation', 1, 0, {
    0: 'true',
    1: 'false',
    2: 'sources equal',
    3: 'deltas equal',
  }),
];

export const MI_LOAD_SCAN_LINES_FIELDS: readonly CommandFieldRow[] = [
  field(0, 'plane', 21, 19, {
    0: 'plane 1 of pipe A',
    1: 'plane 1 of pipe B',
    4: 'plane 1 of pipe C',
  }),
  field(1, 'startScanLine', 28, 16),
  field(1, 'endScanLine', 12, 0),
];

const FLIP_TYPE = field(2, 'flipType', 1, 0, {
  0: 'synchronous',
  1: 'asynchronous',
  2: 'stereo',
});

export const MI_DISPLAY_FLIP_FIELDS_BDW: readonly CommandFieldRow[] = [
  flag(0, 'asynchronousFlip', 22),
  field(0, 'plane', 21, 19, {
    0: 'primary plane of pipe A',
    1: 'primary plane of pipe B',
    2: 'sprite of pipe A',
    3: 'sprite of pipe B',
    4: 'primary plane of pipe C',
    5: 'sprite of pipe C',
  }),
  addressField(1, 'stride', 15, 6),
  field(1, 'tileMode', 0, 0, { 0: 'linear', 1: 'X' }),
  FLIP_TYPE,
];

export const MI_DISPLAY_FLIP_FIELDS: readonly CommandFieldRow[] = [
  flag(0, 'asynchronousFlip', 22),
  field(0, 'plane', 12, 8, {
    0: 'plane 1 of pipe A',
    1: 'plane 1 of pipe B',
    2: 'plane 1 of pipe C',
    4: 'plane 2 of pipe A',
    5: 'plane 2 of pipe B',
    6: 'plane 2 of pipe C',
    7: 'plane 3 of pipe A',
    8: 'plane 3 of pipe B',
    9: 'plane 3 of pipe C',
  }),
  // In units that depend on the tiling: 64 bytes where linear, one tile's width otherwise.
  field(1, 'stride', 15, 6),
  field(1, 'tileMode', 2, 0, { 0: 'linear', 1: 'X', 4: 'Y', 5: 'Yf' }),
  FLIP_TYPE,
];

export const MI_SEMAPHORE_MBOX_FIELDS: readonly CommandFieldRow[] = [
  USE_GGTT,
  flag(0, 'updateSemaphore', 21),
  flag(0, 'compareSemaphore', 20),
  flag(0, 'compareRegister', 18),
  field(0, 'registerSelect', 17, 16),
  data(1, 'semaphoreData'),
];

export const MI_SET_CONTEXT_FIELDS: readonly CommandFieldRow[] = [
  flag(1, 'coreMode', 4),
  flag(1, 'resourceStreamerStateSave', 3),
  flag(1, 'resourceStreamerStateRestore', 2),
  flag(1, 'forceRestore', 1),
  flag(1, 'restoreInhibit', 0),
];

export const MI_URB_CLEAR_FIELDS: readonly CommandFieldRow[] = [
  field(1, 'clearLength', 29, 16),
  field(1, 'urbAddress', 14, 0),
];

/** An instruction of the command streamer's arithmetic unit; each dword is one. */
export const MI_MATH_FIELDS: readonly CommandFieldRow[] = [
  field(1, 'aluOpcode', 31, 20, {
    0: 'NOOP',
    128: 'LOAD',
    129: 'LOAD0',
    256: 'ADD',
    257: 'SUB',
    258: 'AND',
    259: 'OR',
    260: 'XOR',
    384: 'STORE',
    1152: 'LOADINV',
    1153: 'LOAD1',
    1408: 'STOREINV',
  }),
  field(1, 'operand1', 19, 10),
  field(1, 'operand2', 9, 0),
];

export const MI_SEMAPHORE_SIGNAL_FIELDS: readonly CommandFieldRow[] = [
  flag(0, 'postSync', 21),
  field(0, 'targetEngine', 17, 15, { 0: 'RCS', 1: 'VCS0', 2: 'BCS', 3: 'VECS', 4: 'VCS1' }),
  data(1, 'targetContextId'),
];

export const MI_SEMAPHORE_WAIT_FIELDS: readonly CommandFieldRow[] = [
  USE_GGTT,
  flag(0, 'registerPollMode', 16),
  field(0, 'waitMode', 15, 15, { 0: 'signal', 1: 'poll' }),
  field(0, 'compareOperation', 14, 12, {
    0: 'memory > data',
    1: 'memory ≥ data',
    2: 'memory < data',
    3: 'memory ≤ data',
    4: 'memory = data',
    5: 'memory ≠ data',
  }),
  data(1, 'data'),
  register(2, 'register', [isSet(0, 16)]),
];

export const MI_FORCE_WAKEUP_FIELDS: readonly CommandFieldRow[] = [
  field(1, 'mask', 31, 16),
  flag(1, 'forceRenderAwake', 1),
  flag(1, 'forceMediaAwake', 0),
];

export const MI_STORE_DATA_IMM_FIELDS: readonly CommandFieldRow[] = [
  USE_GGTT,
  flag(0, 'storeQword', 21),
  flag(1, 'coreMode', 0),
  data(3, 'data'),
  data(4, 'dataUpper'),
];

export const MI_STORE_DATA_INDEX_FIELDS: readonly CommandFieldRow[] = [
  flag(0, 'usePerProcessStatusPage', 21),
  addressField(1, 'offset', 11, 2),
  data(2, 'data'),
  data(3, 'dataUpper'),
];

export const MI_LOAD_REGISTER_IMM_FIELDS: readonly CommandFieldRow[] = [
  flag(0, 'forcePosted', 12),
  field(0, 'byteWriteDisables', 11, 8),
  register(1, 'register'),
  data(2, 'data'),
];

export const MI_UPDATE_GTT_FIELDS: readonly CommandFieldRow[] = [
  USE_GGTT,
  addressField(1, 'entryAddress', 31, 12),
  data(2, 'entry'),
  data(3, 'entryUpper'),
];

export const MI_STORE_REGISTER_MEM_FIELDS: readonly CommandFieldRow[] = [
  USE_GGTT,
  flag(0, 'predicateEnable', 21),
  register(1, 'register'),
];

export const MI_FLUSH_DW_FIELDS: readonly CommandFieldRow[] = [
  flag(0, 'storeDataIndex', 21),
  flag(0, 'tlbInvalidate', 18),
  field(0, 'postSyncOperation', 15, 14, POST_SYNC),
  flag(0, 'flushLlc', 9),
  flag(0, 'notifyEnable', 8),
  flag(0, 'videoPipelineCacheInvalidate', 7),
  field(1, 'addressSpace', 2, 2, { 0: 'PPGTT', 1: 'GGTT' }),
  { ...addressField(1, 'statusPageOffset', 11, 3), when: [isSet(0, 21), isAny(0, 0xc000)] },
  data(3, 'data'),
  data(4, 'dataUpper'),
];

export const MI_CLFLUSH_FIELDS: readonly CommandFieldRow[] = [
  USE_GGTT,
  addressField(1, 'startingCacheLine', 11, 6),
  data(3, 'halfCacheLines'),
];

export const MI_REPORT_PERF_COUNT_FIELDS: readonly CommandFieldRow[] = [
  flag(1, 'coreMode', 4),
  flag(1, 'useGlobalGtt', 0),
  data(3, 'reportId'),
];

export const MI_LOAD_REGISTER_MEM_FIELDS: readonly CommandFieldRow[] = [
  USE_GGTT,
  flag(0, 'asyncModeEnable', 21),
  register(1, 'register'),
];

export const MI_LOAD_REGISTER_REG_FIELDS: readonly CommandFieldRow[] = [
  register(1, 'sourceRegister'),
  register(2, 'destinationRegister'),
];

export const MI_RS_STORE_DATA_IMM_FIELDS: readonly CommandFieldRow[] = [
  flag(1, 'coreMode', 0),
  data(3, 'data'),
];

export const MI_URB_MEM_FIELDS: readonly CommandFieldRow[] = [addressField(1, 'urbAddress', 14, 2)];

export const MI_COPY_MEM_MEM_FIELDS: readonly CommandFieldRow[] = [
  flag(0, 'useGlobalGttSource', 22),
  flag(0, 'useGlobalGttDestination', 21),
];

export const MI_ATOMIC_FIELDS: readonly CommandFieldRow[] = [
  USE_GGTT,
  flag(0, 'postSync', 21),
  field(0, 'dataSize', 20, 19, { 0: 'dword', 1: 'qword', 2: 'octword' }),
  flag(0, 'inlineData', 18),
  flag(0, 'csStall', 17),
  flag(0, 'returnData', 16),
  field(0, 'operationWidth', 14, 13, { 0: '32 bits', 1: '64 bits', 2: '128 bits' }),
  field(0, 'operation', 12, 8, {
    1: 'and',
    2: 'or',
    3: 'xor',
    4: 'move',
    5: 'increment',
    6: 'decrement',
    7: 'add',
    8: 'subtract',
    9: 'reverse subtract',
    10: 'signed maximum',
    11: 'signed minimum',
    12: 'unsigned maximum',
    13: 'unsigned minimum',
    14: 'compare and write',
    15: 'predecrement',
  }),
  ...[0, 1, 2, 3].flatMap((part) => [
    data(3 + part * 2, `operand1Dword${part}`),
    data(4 + part * 2, `operand2Dword${part}`),
  ]),
];

export const MI_BATCH_BUFFER_START_FIELDS: readonly CommandFieldRow[] = [
  field(0, 'level', 22, 22, { 0: 'first', 1: 'second' }),
  flag(0, 'addOffsetEnable', 16),
  flag(0, 'predicationEnable', 15),
  flag(0, 'resourceStreamerEnable', 10),
  field(0, 'addressSpace', 8, 8, { 0: 'GGTT', 1: 'PPGTT' }),
];

export const MI_CONDITIONAL_BATCH_BUFFER_END_FIELDS: readonly CommandFieldRow[] = [
  USE_GGTT,
  flag(0, 'compareSemaphore', 21),
  flag(0, 'compareMaskMode', 19),
  data(1, 'data'),
];

/** Where MI_FLUSH_DW has an address: it writes, and not into the status page. */
export const MI_FLUSH_DW_WRITES = [isAny(0, 0xc000), isClear(0, 21)];
