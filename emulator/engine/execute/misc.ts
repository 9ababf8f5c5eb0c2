import { fault } from '../../core.ts';
import { askForEvent } from '../command-events.ts';
import { RING, ringSet } from '../engine.ts';
import { noteEffect } from '../pace.ts';
import type { Execute } from './command.ts';
import { bitOf, dwordAt } from './operands.ts';

/** With bit 22 a no-operation leaves its identification, bits 21:0, in NOPID. */
export const executeNoop: Execute = (engine, dwords) => {
  const header = dwordAt(dwords, 0);
  if (bitOf(header, 22)) ringSet(engine, RING.nopid, header & 0x3fffff);
};

export const executeUserInterrupt: Execute = (engine) => {
  noteEffect(engine);
  askForEvent(engine, 'user');
};

export function reportUnimplemented(name: string): Execute {
  return (engine) => {
    const message = () => `${engine.row.name}: ${name} has no effect`;
    fault(engine.core, 'command-unimplemented', message, { engine: engine.row.name });
  };
}
