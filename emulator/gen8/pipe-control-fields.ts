import type { CommandFieldRow, DwordTest } from '../command/command-row.ts';
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

/** A post-sync operation on memory; the one on a register comes first. */
const POST_SYNC_WRITE: readonly DwordTest[] = [isAny(1, 0xc000), isClear(1, 23)];

/** PIPE_CONTROL (SKL PRM vol 2a; gvt-facts §10.4): what is flushed, invalidated, waited for, written. */
export const PIPE_CONTROL_FIELDS: readonly CommandFieldRow[] = [
  flag(1, 'flushLlc', 26),
  field(1, 'addressSpace', 24, 24, { 0: 'PPGTT', 1: 'GGTT' }),
  flag(1, 'lriPostSync', 23),
  flag(1, 'storeDataIndex', 21),
  flag(1, 'commandStreamerStall', 20),
  flag(1, 'globalSnapshotCountReset', 19),
  flag(1, 'tlbInvalidate', 18),
  flag(1, 'genericMediaStateClear', 16),
  field(1, 'postSyncOperation', 15, 14, {
    0: 'none',
    1: 'write immediate',
    2: 'write PS depth count',
    3: 'write timestamp',
  }),
  flag(1, 'depthStall', 13),
  flag(1, 'renderTargetCacheFlush', 12),
  flag(1, 'instructionCacheInvalidate', 11),
  flag(1, 'textureCacheInvalidate', 10),
  flag(1, 'indirectStatePointersDisable', 9),
  flag(1, 'notifyEnable', 8),
  flag(1, 'pipeControlFlush', 7),
  flag(1, 'dcFlush', 5),
  flag(1, 'vfCacheInvalidate', 4),
  flag(1, 'constantCacheInvalidate', 3),
  flag(1, 'stateCacheInvalidate', 2),
  flag(1, 'stallAtPixelScoreboard', 1),
  flag(1, 'depthCacheFlush', 0),
  register(2, 'register', [isSet(1, 23)]),
  { ...addressField(2, 'statusPageOffset', 11, 3), when: [...POST_SYNC_WRITE, isSet(1, 21)] },
  data(4, 'data'),
  data(5, 'dataUpper'),
];

/** Where it has an address: it writes memory, and not into the status page. */
export const PIPE_CONTROL_WRITES: readonly DwordTest[] = [...POST_SYNC_WRITE, isClear(1, 21)];
