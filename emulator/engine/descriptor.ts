import type { Descriptor } from './engine-state.ts';

/** A context descriptor taken apart (gvt-facts §6.3). */
export interface DescriptorView {
  readonly valid: boolean;
  /** 1: 3-level ("legacy 32-bit"), 3: 4-level; others are refused. */
  readonly addressing: number;
  readonly privileged: boolean;
  readonly forceRestore: boolean;
  readonly forcePageDirectoryRestore: boolean;
  /** Graphics address of the context image. */
  readonly lrca: number;
  /** 21 bits. */
  readonly contextId: number;
}

export function decodeDescriptor({ low, high }: Descriptor): DescriptorView {
  return {
    valid: (low & 1) !== 0,
    addressing: (low >>> 3) & 3,
    privileged: (low & 0x100) !== 0,
    forceRestore: (low & 4) !== 0,
    forcePageDirectoryRestore: (low & 2) !== 0,
    lrca: (low & 0xfffff000) >>> 0,
    contextId: high & 0x1fffff,
  };
}

/** Same LRCA and same context id (gvt-facts §6.5). */
export function isSameContext(a: Descriptor, b: Descriptor): boolean {
  const [one, other] = [decodeDescriptor(a), decodeDescriptor(b)];
  return one.lrca === other.lrca && one.contextId === other.contextId;
}
