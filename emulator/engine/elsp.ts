import { type Core, fault, hex, whoseOf } from '../core.ts';
import type { WriteHook } from '../mmio/hooks.ts';
import { decodeDescriptor } from './descriptor.ts';
import { type Engine, engineOf, RING } from './engine.ts';
import type { Descriptor } from './engine-state.ts';
import { scheduleIn } from './execlist.ts';

const ALL_BYTES = 0xffffffff;

/** Dwords come as element 1 high, 1 low, 0 high, 0 low; the fourth submits. A rejected submission still takes its four writes. */
export const writeElsp: WriteHook = (core, offset, _next, _previous, written, register, mask) => {
  const engine = engineOf(core, register.engine);
  if (engine === undefined) return;
  const { port } = engine.state;
  if (mask !== ALL_BYTES) {
    const message = () =>
      `${register.name}: a part of a dword was written, and taken for all of it`;
    fault(core, 'elsp-size', message, {
      engine: engine.row.name,
      register: offset,
      value: written,
    });
  }
  core.state.config.d3Entered = false;
  port.dwords[port.written] = written;
  port.written = (port.written + 1) % 4;
  if (port.written !== 0) return;
  const [high1 = 0, low1 = 0, high0 = 0, low0 = 0] = port.dwords;
  submit(core, engine, { low: low0, high: high0 }, { low: low1, high: high1 });
};

function submit(core: Core, engine: Engine, first: Descriptor, second: Descriptor): void {
  const { port } = engine.state;
  const problem = refusal(first, second);
  if (problem !== undefined) {
    reject(core, engine, [second.high, second.low, first.high, first.low], problem);
    return;
  }
  const elements = second.low === 0 && second.high === 0 ? [first] : [first, second];
  port.last = elements.flatMap(({ low, high }) => [low, high]);
  port.count++;
  core.listener?.submission?.({ engine: engine.row.name, elements, ...whoseOf(core) });
  scheduleIn(engine, elements);
}

/** Where the same dwords are right when they are read from another one on, the driver has left out some before. */
function reject(core: Core, engine: Engine, dwords: readonly number[], problem: string): void {
  const { row } = engine;
  const evidence = {
    engine: row.name,
    register: row.base + RING.elsp,
    value: dwords[3] ?? 0,
    dwords,
  };
  if (isTurned(dwords, 1) || isTurned(dwords, 3)) {
    const message = () => `${row.name}: ${problem}; the dwords are out of step with the port`;
    fault(core, 'elsp-out-of-step', message, evidence);
  } else {
    fault(core, 'elsp-invalid', () => `${row.name}: ${problem}`, evidence);
  }
}

function isTurned(dwords: readonly number[], by: number): boolean {
  const at = (index: number) => dwords[(index + by) % 4] ?? 0;
  return refusal({ low: at(3), high: at(2) }, { low: at(1), high: at(0) }) === undefined;
}

/** Before a reset, which takes the port back to its first dword: those that were written have submitted nothing. */
export function reportUnfinished({ core, state: { port }, row }: Engine): void {
  if (port.written === 0) return;
  const dwords = port.dwords.slice(0, port.written);
  const message = () => `${row.name}: reset after ${port.written} of the four ELSP dwords`;
  const evidence = { engine: row.name, register: row.base + RING.elsp, dwords };
  fault(core, 'elsp-out-of-step', message, evidence);
}

function refusal(first: Descriptor, second: Descriptor): string | undefined {
  if (!decodeDescriptor(first).valid) return 'element 0 is not valid';
  for (const [index, descriptor] of [first, second].entries()) {
    if (index === 1 && descriptor.low === 0 && descriptor.high === 0) continue;
    const { valid, privileged, addressing, lrca } = decodeDescriptor(descriptor);
    if (!valid) return `element ${index} is neither valid nor 0`;
    if (!privileged) return `element ${index} (context at ${hex(lrca)}) lacks the privilege bit`;
    if (addressing !== 1 && addressing !== 3) {
      return `element ${index} asks for addressing mode ${addressing}; 1 and 3 are supported`;
    }
  }
  return undefined;
}
