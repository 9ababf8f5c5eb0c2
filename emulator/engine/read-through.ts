import type { Core } from '../core.ts';
import type { ReadHook, WriteHook } from '../mmio/hooks.ts';

/**
 * A read of such a register: the engine answers, and where there is GVT-g it keeps the answer. While the engine is
 * another's, GVT-g answers what it has kept (gvt-facts §6.2).
 */
export const readThrough: ReadHook = (core, offset, stored) => {
  if (!owns(core, offset)) return copyOf(core, offset) ?? stored;
  keepCopy(core, offset, stored);
  return stored;
};

export const writeThrough: WriteHook = (core, offset, next) => keepCopy(core, offset, next);

export function keepCopy(core: Core, offset: number, value: number): void {
  if (core.config.policy !== 'gvt-g') return;
  const copies = core.state.engines.copies;
  const known = copies.find((copy) => copy.offset === offset);
  if (known) known.value = value;
  else copies.push({ offset, value });
}

function owns({ ownsEngine, registers: { map } }: Core, offset: number): boolean {
  const engine = map.at(offset)?.engine;
  if (ownsEngine === undefined || engine === undefined) return true;
  return ownsEngine(map.tables.engines.indexOf(engine));
}

/** Registers of engines are reset: the copies are the host's values again. */
export function dropCopies(core: Core): void {
  core.state.engines.copies = [];
}

/** What GVT-g's copy of a register holds; undefined where it keeps none beside the register. */
export function copyOf(core: Core, offset: number): number | undefined {
  const row = core.registers.map.at(offset)?.row;
  const isKept = row?.onRead === 'read-through' || row?.onRead === 'ring-timestamp';
  if (core.config.policy !== 'gvt-g' || !isKept) return undefined;
  const kept = core.state.engines.copies.find((copy) => copy.offset === offset);
  return kept?.value ?? core.registers.startValue(offset);
}
