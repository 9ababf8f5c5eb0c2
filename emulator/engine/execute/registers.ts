import { fault, hex } from '../../core.ts';
import { readMmio, writeMmio } from '../../mmio/mmio-access.ts';
import { MMIO_SIZE } from '../../mmio/register-map.ts';
import type { Engine } from '../engine.ts';
import { readGpu, writeGpu } from '../gpu-memory.ts';
import { noteEffect } from '../pace.ts';
import { isRedirected } from '../scan/register-audit.ts';
import type { Execute } from './command.ts';
import { addressAt, bitOf, dwordAt, spaceOfMi } from './operands.ts';
import { predicateResult } from './predicate.ts';

/** Register offset: bits 22:2 of its dword. */
const REGISTER = 0x7ffffc;

/** Pairs of register and value; bit n of 11:8, byte disables, are not modelled as no driver uses them. */
export const executeLoadRegisterImm: Execute = (engine, dwords) => {
  for (let index = 1; index + 1 < dwords.length; index += 2) {
    writeRegister(engine, dwordAt(dwords, index), dwordAt(dwords, index + 1));
  }
};

/** Dword 1 is the source, dword 2 the destination. */
export const executeLoadRegisterReg: Execute = (engine, dwords) => {
  writeRegister(engine, dwordAt(dwords, 2), readRegister(engine, dwordAt(dwords, 1)));
};

export const executeLoadRegisterMem: Execute = (engine, dwords) => {
  const value = readGpu(engine, spaceOfMi(engine, dwords), addressAt(dwords, 2), 4);
  if (value.known) writeRegister(engine, dwordAt(dwords, 1), value.low);
};

/** With bit 21 only where the predicate is set. */
export const executeStoreRegisterMem: Execute = (engine, dwords) => {
  if (bitOf(dwordAt(dwords, 0), 21) && !predicateResult(engine)) return;
  const value = readRegister(engine, dwordAt(dwords, 1));
  writeGpu(engine, spaceOfMi(engine, dwords), addressAt(dwords, 2), 4, value, 0);
};

/** A command writes as the guest does: access mode, then hook. */
export function writeRegister(engine: Engine, operand: number, value: number): void {
  const { core, row } = engine;
  const offset = operand & REGISTER;
  if (offset >= MMIO_SIZE) {
    fault(
      core,
      'command-register',
      () => `${row.name} writes ${hex(offset)}, behind the registers`,
      { engine: row.name, register: offset, value },
    );
    return;
  }
  if (isRedirected(core, offset)) return;
  core.listener?.commandRegister?.({ engine: row.name, direction: 'write', offset, value });
  writeMmio(core, offset, 4, value, 0);
  noteEffect(engine);
}

export function readRegister(engine: Engine, operand: number): number {
  const { core, row } = engine;
  const offset = operand & REGISTER;
  if (offset >= MMIO_SIZE) {
    const message = () => `${row.name} reads ${hex(offset)}, behind the registers`;
    fault(core, 'command-register', message, { engine: row.name, register: offset });
    return 0;
  }
  const value = readMmio(core, offset, 4).low;
  core.listener?.commandRegister?.({ engine: row.name, direction: 'read', offset, value });
  return value;
}
