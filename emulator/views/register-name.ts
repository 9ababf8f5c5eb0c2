import type { Engine } from '../engine/engine.ts';

/** Name of the register dword at a BAR0 offset. */
export function registerName(engine: Engine, offset: number): string | undefined {
  const descriptor = engine.core.registers.map.at(offset);
  if (descriptor === undefined) return undefined;
  const { name, count } = descriptor;
  return count === 1 ? name : `${name}[${(offset - descriptor.offset) >>> 2}]`;
}
