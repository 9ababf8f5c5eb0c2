import type { CommandFieldRow } from '../command/command-row.ts';
import { addressField, field, flag } from './command-helpers.ts';

/** Fields of MI commands (SKL PRM vol 2a; gvt-facts §10.3, §10.4). */

const USE_GGTT = flag(0, 'useGlobalGtt', 22);
const POST_SYNC = { 0: 'none', 1: 'write immediate', 3: 'write timestamp' };

export const MI_NOOP_FIELDS: readonly CommandFieldRow[] = [
  flag(0, 'identificationNumberWriteEnable', 22),
  field(0, 'identificationNumber', 21, 0),
];

export const MI_WAIT_FOR_EVENT_FIELDS: readonly CommandFieldRow[] = [
  flag(0, 'pipeAPlane1FlipPending', 1),
  flag(0, 'pipeAPlane2FlipPending', 2),
  flag(0, 'pipeAVblank', 3),
  flag(0, 'pipeBPlane1FlipPending', 9),
  flag(0, 'pipeBPlane2FlipPending', 10),
  flag(0, 'pipeBVblank', 11),
  flag(0, 'pipeCPlane1FlipPending', 15),
  flag(0, 'pipeCPlane2FlipPending', 20),
  flag(0, 'pipeCVblank', 21),
];

export const MI_ARB_ON_OFF_FIELDS: readonly CommandFieldRow[] = [
  field(0, 'arbitration', 0, 0, { 0: 'off', 1: 'on' }),
];

export const MI_SET_PREDICATE_FIELDS: readonly CommandFieldRow[] = [
  field(0, 'predicateEnable', 3, 0, {
    0: 'skip never',
    1: 'skip on result 2 clear',
    2: 'skip on result 2 set',
    3: 'skip on result clear',
    4: 'skip on result set',
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

export const MI_DISPLAY_FLIP_FIELDS: readonly CommandFieldRow[] = [
  field(0, 'plane', 12, 8, {
    0: 'plane 1 of pipe A',
    1: 'plane 1 of pipe B',
    2: 'plane 1 of pipe C',
    4: 'plane 2 of pipe A',
    5: 'plane 2 of pipe B',
    6: 'plane 2 of pipe C',
  }),
  field(1, 'stride', 15, 6),
  field(1, 'tileMode', 2, 0, { 0: 'linear', 1: 'X', 4: 'Y', 5: 'Yf' }),
  addressField(2, 'surface', 31, 12),
  field(2, 'flipType', 1, 0, { 0: 'synchronous', 1: 'asynchronous', 2: 'stereo' }),
];

export const MI_SEMAPHORE_SIGNAL_FIELDS: readonly CommandFieldRow[] = [
  flag(0, 'postSync', 21),
  field(0, 'targetEngine', 17, 15, { 0: 'RCS', 1: 'VCS0', 2: 'BCS', 3: 'VECS', 4: 'VCS1' }),
  field(1, 'targetContextId', 31, 0),
];

export const MI_SEMAPHORE_WAIT_FIELDS: readonly CommandFieldRow[] = [
  USE_GGTT,
  field(0, 'waitMode', 15, 15, { 0: 'signal', 1: 'poll' }),
  field(0, 'compareOperation', 14, 12, {
    0: 'memory > data',
    1: 'memory ≥ data',
    2: 'memory < data',
    3: 'memory ≤ data',
    4: 'memory = data',
    5: 'memory ≠ data',
  }),
  field(1, 'data', 31, 0),
];

export const MI_STORE_DATA_IMM_FIELDS: readonly CommandFieldRow[] = [
  USE_GGTT,
  flag(0, 'storeQword', 21),
  flag(1, 'coreMode', 0),
  field(3, 'data', 31, 0),
  field(4, 'dataUpper', 31, 0),
];

export const MI_STORE_DATA_INDEX_FIELDS: readonly CommandFieldRow[] = [
  flag(0, 'usePerProcessStatusPage', 21),
  addressField(1, 'offset', 11, 2),
  field(2, 'data', 31, 0),
  field(3, 'dataUpper', 31, 0),
];

export const MI_LOAD_REGISTER_IMM_FIELDS: readonly CommandFieldRow[] = [
  flag(0, 'forcePosted', 12),
  field(0, 'byteWriteDisables', 11, 8),
];

export const MI_STORE_REGISTER_MEM_FIELDS: readonly CommandFieldRow[] = [
  USE_GGTT,
  flag(0, 'predicateEnable', 21),
  addressField(1, 'register', 22, 2),
];

export const MI_LOAD_REGISTER_MEM_FIELDS: readonly CommandFieldRow[] = [
  USE_GGTT,
  flag(0, 'asyncModeEnable', 21),
  addressField(1, 'register', 22, 2),
];

export const MI_LOAD_REGISTER_REG_FIELDS: readonly CommandFieldRow[] = [
  addressField(1, 'sourceRegister', 22, 2),
  addressField(2, 'destinationRegister', 22, 2),
];

export const MI_FLUSH_DW_FIELDS: readonly CommandFieldRow[] = [
  flag(0, 'storeDataIndex', 21),
  flag(0, 'tlbInvalidate', 18),
  field(0, 'postSyncOperation', 15, 14, POST_SYNC),
  flag(0, 'notifyEnable', 8),
  flag(0, 'videoPipelineCacheInvalidate', 7),
  field(1, 'addressSpace', 2, 2, { 0: 'PPGTT', 1: 'GGTT' }),
  field(3, 'data', 31, 0),
  field(4, 'dataUpper', 31, 0),
];

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
  field(0, 'operationWidth', 13, 13, { 0: '32 bits', 1: '64 bits' }),
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
  }),
];

export const MI_BATCH_BUFFER_START_FIELDS: readonly CommandFieldRow[] = [
  field(0, 'level', 22, 22, { 0: 'first', 1: 'second' }),
  flag(0, 'predicationEnable', 15),
  flag(0, 'resourceStreamerEnable', 10),
  field(0, 'addressSpace', 8, 8, { 0: 'GGTT', 1: 'PPGTT' }),
];

export const MI_CONDITIONAL_BATCH_BUFFER_END_FIELDS: readonly CommandFieldRow[] = [
  USE_GGTT,
  flag(0, 'compareSemaphore', 21),
  flag(0, 'compareMaskMode', 19),
  field(1, 'data', 31, 0),
];

export const MI_UPDATE_GTT_FIELDS: readonly CommandFieldRow[] = [
  USE_GGTT,
  addressField(1, 'entryAddress', 31, 12),
];
