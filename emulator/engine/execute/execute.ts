import type { Engine } from '../engine.ts';
import type { FetchedCommand } from '../fetch.ts';
import { executeAtomic } from './atomic.ts';
import * as batch from './batch.ts';
import { BLT_EXECUTED } from './blt/commands.ts';
import type { Execute } from './command.ts';
import * as display from './display.ts';
import { executeFlushDw, executePipeControl } from './flush.ts';
import { executeMath } from './math.ts';
import * as misc from './misc.ts';
import * as predicate from './predicate.ts';
import * as registers from './registers.ts';
import * as semaphore from './semaphore.ts';
import * as store from './store.ts';

/** Commands that would change memory or the context, and do not here; using one is a fault. */
export const WITHOUT_EFFECT: readonly string[] = [
  'MI_REPORT_PERF_COUNT',
  'MI_SET_CONTEXT',
  'MI_RS_STORE_DATA_IMM',
  'MI_STORE_URB_MEM',
  'COLOR_BLT',
  'SRC_COPY_BLT',
];

/**
 * Commands with an effect on what the model holds. All others are walked over: state of the 3D, media and video
 * pipelines, which draw nothing here, and what only orders or flushes, as everything happens in order.
 */
export const EXECUTED: Readonly<Record<string, Execute>> = {
  MI_NOOP: misc.executeNoop,
  MI_SET_PREDICATE: predicate.executeSetPredicate,
  MI_PREDICATE: predicate.executePredicate,
  MI_USER_INTERRUPT: misc.executeUserInterrupt,
  MI_REPORT_HEAD: store.executeReportHead,
  MI_BATCH_BUFFER_START: batch.executeBatchStart,
  MI_BATCH_BUFFER_END: batch.executeBatchEnd,
  MI_CONDITIONAL_BATCH_BUFFER_END: batch.executeConditionalEnd,
  MI_DISPLAY_FLIP: display.executeDisplayFlip,
  MI_SEMAPHORE_SIGNAL: semaphore.executeSignal,
  MI_SEMAPHORE_WAIT: semaphore.executeWait,
  MI_STORE_DATA_IMM: store.executeStoreDataImm,
  MI_STORE_DATA_INDEX: store.executeStoreDataIndex,
  MI_COPY_MEM_MEM: store.executeCopyMemMem,
  MI_UPDATE_GTT: store.executeUpdateGtt,
  MI_LOAD_REGISTER_IMM: registers.executeLoadRegisterImm,
  MI_LOAD_REGISTER_REG: registers.executeLoadRegisterReg,
  MI_LOAD_REGISTER_MEM: registers.executeLoadRegisterMem,
  MI_STORE_REGISTER_MEM: registers.executeStoreRegisterMem,
  MI_FLUSH_DW: executeFlushDw,
  PIPE_CONTROL: executePipeControl,
  MI_MATH: executeMath,
  MI_ATOMIC: executeAtomic,
  ...BLT_EXECUTED,
  ...Object.fromEntries(WITHOUT_EFFECT.map((name) => [name, misc.reportUnimplemented(name)])),
};

export function execute(engine: Engine, { row, dwords }: FetchedCommand): void {
  EXECUTED[row.name]?.(engine, dwords);
}
