import { type Core, fault, hex } from '../core.ts';
import type { ContextDescriptor } from '../device-model.ts';
import type { WriteHook } from '../mmio/hooks.ts';

/**
 * A context descriptor taken apart (gvt-facts §6.3).
 */
export interface DescriptorView {
  readonly valid: boolean;
  /** 1: 3-level ("legacy 32-bit"), 3: 4-level; others are refused. */
  readonly addressing: number;
  readonly privileged: boolean;
  readonly forceRestore: boolean;
  readonly forcePageDirectoryRestore: boolean;
  /** Graphics address of the context image. */
  readonly lrca: number;
  /** 21 bits; appears in the CSB. */
  readonly contextId: number;
}

export function decodeDescriptor({ low, high }: ContextDescriptor): DescriptorView {
  return {
    valid: (low & 1) !== 0,
    addressing: (low >>> 3) & 3,
    privileged: (low & 0x100) !== 0,
    forceRestore: (low & 4) !== 0,
    forcePageDirectoryRestore: (low & 2) !== 0,
    lrca: low - (low % 4096),
    contextId: high & 0x1fffff,
  };
}

/** Dwords come as element 1 high, 1 low, 0 high, 0 low; the fourth submits. A rejected submission still takes its four writes. */
export const writeElsp: WriteHook = (core, _offset, _next, _previous, written, register) => {
  const name = register.engine?.name;
  const port = name === undefined ? undefined : core.state.elsp[name];
  if (name === undefined || !port) return;
  core.state.config.d3Entered = false;
  port.dwords[port.written] = written;
  port.written = (port.written + 1) % 4;
  if (port.written !== 0) return;
  const [high1 = 0, low1 = 0, high0 = 0, low0 = 0] = port.dwords;
  submit(core, name, [
    { low: low0, high: high0 },
    { low: low1, high: high1 },
  ]);
};

function submit(
  core: Core,
  engine: string,
  [first, second]: readonly [ContextDescriptor, ContextDescriptor],
): void {
  const problem = refusal(first, second);
  if (problem !== undefined) {
    fault(core, 'elsp-invalid', () => `${engine}: ${problem}`);
    return;
  }
  const elements = second.low === 0 && second.high === 0 ? [first] : [first, second];
  const port = core.state.elsp[engine];
  if (port) {
    port.last = elements.flatMap(({ low, high }) => [low, high]);
    port.count++;
  }
  core.listener?.submission?.({ engine, elements });
}

function refusal(first: ContextDescriptor, second: ContextDescriptor): string | undefined {
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
