import { fault, hex } from '../../core.ts';
import { type Engine, RING, ringSet } from '../engine.ts';
import type { Batch } from '../engine-state.ts';
import { readGpu, spaceFor } from '../gpu-memory.ts';
import { noteJump } from '../pace.ts';
import type { Execute } from './command.ts';
import { addressAt, bitOf, dwordAt, spaceOfMi } from './operands.ts';
import { predicateResult } from './predicate.ts';

/** BB_STATE bit 5: the batch is in the PPGTT. */
const STATE_PPGTT = 1 << 5;
/** Registers that show where a batch began; bit 0 of the address: it still runs. */
const FIRST_LEVEL = {
  address: RING.batchAddress,
  upper: RING.batchAddressUpper,
  state: RING.batchState,
};
const SECOND_LEVEL = {
  address: RING.secondBatchAddress,
  upper: RING.secondBatchAddressUpper,
  state: RING.secondBatchState,
};

/**
 * MI_BATCH_BUFFER_START (gvt-facts §10.2): from the ring a batch; inside of a batch a chain, which does not come
 * back, or with bit 22 a second level, which does. With bit 15 only where the predicate is set.
 */
export const executeBatchStart: Execute = (engine, dwords) => {
  const header = dwordAt(dwords, 0);
  if (bitOf(header, 15) && !predicateResult(engine)) return;
  const second = bitOf(header, 22);
  const { state } = engine;
  const top = state.batches.at(-1);
  if (second && top?.kind !== 'batch') {
    refuseLevel(engine, top?.kind ?? 'the ring');
    return;
  }
  const address = addressAt(dwords, 1);
  const space = spaceFor(engine, bitOf(header, 8));
  if (top !== undefined && !second && address < top.address) noteJump(engine, address);
  if (top !== undefined && !second) state.batches.pop();
  const kind: Batch['kind'] = second ? 'second-level batch' : (top?.kind ?? 'batch');
  state.batches.push({ kind, space, start: address, address, end: -1 });
  const shown = kind === 'second-level batch' ? SECOND_LEVEL : FIRST_LEVEL;
  ringSet(engine, shown.address, ((address % 2 ** 32) | 1) >>> 0);
  ringSet(engine, shown.upper, Math.floor(address / 2 ** 32));
  ringSet(engine, shown.state, space === 'ppgtt' ? STATE_PPGTT : 0);
};

function refuseLevel(engine: Engine, from: string): void {
  engine.state.stall = 'bad command';
  fault(
    engine.core,
    'batch-level',
    () => `${engine.row.name}: a second-level batch was started from ${from}`,
    { engine: engine.row.name },
  );
}

export const executeBatchEnd: Execute = (engine) => {
  const { state, core, row } = engine;
  const ended = state.batches.pop();
  if (ended !== undefined) {
    if (ended.kind === 'second-level batch') ringSet(engine, RING.secondBatchAddress, 0);
    else if (state.batches.length === 0) ringSet(engine, RING.batchAddress, 0);
    return;
  }
  fault(
    core,
    'batch-level',
    () => `${row.name}: MI_BATCH_BUFFER_END in the ring has nothing to end`,
    { engine: row.name },
  );
};

/**
 * Goes on where the dword in memory is greater than dword 1, else ends the batch. With bit 19 memory holds a mask
 * behind the value.
 */
export const executeConditionalEnd: Execute = (engine, dwords) => {
  const header = dwordAt(dwords, 0);
  const space = spaceOfMi(engine, dwords);
  const masked = bitOf(header, 19);
  // Bits 47:3: a qword, also where only its first dword is looked at.
  const address = addressAt(dwords, 2);
  const value = readGpu(engine, space, address - (address % 8), masked ? 8 : 4);
  if (!value.known) return;
  const compared = masked ? (value.low & value.high) >>> 0 : value.low;
  if (compared > dwordAt(dwords, 1)) return;
  if (engine.state.batches.length === 0) {
    const name = engine.row.name;
    fault(
      engine.core,
      'batch-level',
      () => `${name}: nothing to end at ${hex(addressAt(dwords, 2))}`,
      { engine: name, dwords },
    );
    return;
  }
  executeBatchEnd(engine, dwords);
};
