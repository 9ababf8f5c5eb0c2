import { type Core, fault, hex } from '../core.ts';
import type { WriteHook } from '../mmio/hooks.ts';
import { decodeDescriptor } from './descriptor.ts';
import { type Engine, engineOf } from './engine.ts';
import type { Descriptor } from './engine-state.ts';
import { scheduleIn } from './execlist.ts';

/** Dwords come as element 1 high, 1 low, 0 high, 0 low; the fourth submits. A rejected submission still takes its four writes. */
export const writeElsp: WriteHook = (core, _offset, _next, _previous, written, register) => {
  const engine = engineOf(core, register.engine);
  if (engine === undefined) return;
  const { port } = engine.state;
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
    fault(core, 'elsp-invalid', () => `${engine.row.name}: ${problem}`);
    return;
  }
  const elements = second.low === 0 && second.high === 0 ? [first] : [first, second];
  port.last = elements.flatMap(({ low, high }) => [low, high]);
  port.count++;
  core.listener?.submission?.({ engine: engine.row.name, elements });
  scheduleIn(engine, elements);
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
