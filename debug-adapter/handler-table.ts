import { BREAKPOINTS } from './handlers/breakpoints.ts';
import { DISASSEMBLY } from './handlers/disassembly.ts';
import { EVALUATE } from './handlers/evaluate.ts';
import { EXCEPTIONS } from './handlers/exceptions.ts';
import { LIFE_CYCLE } from './handlers/life-cycle.ts';
import { MEMORY } from './handlers/memory.ts';
import { RUNNING } from './handlers/running.ts';
import { SOURCES } from './handlers/sources.ts';
import { STACK } from './handlers/stack.ts';
import { VARIABLES } from './handlers/variables.ts';
import type { Handlers } from './requests.ts';

/** Every request that is served. */
export const HANDLERS: Handlers = {
  ...LIFE_CYCLE,
  ...RUNNING,
  ...STACK,
  ...VARIABLES,
  ...EVALUATE,
  ...BREAKPOINTS,
  ...EXCEPTIONS,
  ...MEMORY,
  ...DISASSEMBLY,
  ...SOURCES,
};
