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
