import type { Engine } from '../engine.ts';
import { readGpu } from '../gpu-memory.ts';
import { noteEffect } from '../pace.ts';
import type { Execute } from './command.ts';
import { addressAt, dwordAt, spaceOfMi } from './operands.ts';

/** MI_SEMAPHORE_WAIT bits 14:12: how memory must stand to the data of dword 1. */
const COMPARISONS: readonly ((memory: number, data: number) => boolean)[] = [
  (memory, data) => memory > data,
  (memory, data) => memory >= data,
  (memory, data) => memory < data,
  (memory, data) => memory <= data,
  (memory, data) => memory === data,
  (memory, data) => memory !== data,
];

/**
 * Goes on where the comparison holds. Else the engine stalls, and looks again when another engine has done
 * something, and with each millisecond of device time: so in poll mode (bit 15), and in signal mode, in which
 * hardware would wait for a signal before looking.
 */
export const executeWait: Execute = (engine, dwords) => {
  const value = readGpu(engine, spaceOfMi(engine, dwords), addressAt(dwords, 2), 4);
  if (!value.known) return;
  const compare = COMPARISONS[(dwordAt(dwords, 0) >>> 12) & 7];
  if (compare?.(value.low, dwordAt(dwords, 1)) !== true) engine.state.stall = 'semaphore';
};

/** Whoever waits for a semaphore looks again. */
export const executeSignal: Execute = (engine: Engine) => noteEffect(engine);
