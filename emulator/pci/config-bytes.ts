import type { Core } from '../core.ts';

/** The stored value of up to 4 bytes of configuration space; for debuggers and blocks. */
export function configValue(core: Core, offset: number, size: number): number {
  let value = 0;
  for (let i = 0; i < size; i++) value |= (core.state.config.bytes[offset + i] ?? 0) << (i * 8);
  return value >>> 0;
}

/** Stores without any rule of the registers, and tells the listener. */
export function storeConfig(core: Core, offset: number, size: number, value: number): void {
  for (let i = 0; i < size; i++) {
    const at = offset + i;
    const next = (value >>> (i * 8)) & 0xff;
    const previous = core.state.config.bytes[at] ?? 0;
    if (next === previous) continue;
    core.state.config.bytes[at] = next;
    core.listener?.configChanged?.(at, previous, next);
  }
}

const CAPABILITIES_POINTER = 0x34;
/** A chain that is longer has a circle. */
const MOST_CAPABILITIES = 48;

export const CAPABILITY = { powerManagement: 0x01, msi: 0x05 } as const;

/** Where a capability stands, found by walking the list as the host does (gvt-facts §1.2); 0 where it is not there. */
export function findCapability(core: Core, id: number): number {
  let at = configValue(core, CAPABILITIES_POINTER, 1) & ~3;
  for (let step = 0; at >= 0x40 && step < MOST_CAPABILITIES; step++) {
    if (configValue(core, at, 1) === id) return at;
    at = configValue(core, at + 1, 1) & ~3;
  }
  return 0;
}
