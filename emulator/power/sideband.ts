import type { Core } from '../core.ts';
import type { WriteHook } from '../mmio/hooks.ts';

const SBI_ADDR = 0xc6000;
const SBI_DATA = 0xc6004;
const SBI_CTL_STAT = 0xc6008;

const BUSY = 1;
/** 0 is success. */
const RESPONSE = 3 << 1;
const READ = 0x06;
const WRITE = 0x07;

/** Sideband registers that have been written are kept, 20 of them (gvt-facts §8). */
const CACHE_ENTRIES = 20;

/** SBI_CTL_STAT: the operation of bits 15:8 is done at once and always succeeds. Address and data only store. */
export const writeSideband: WriteHook = (core, offset, next) => {
  if (offset !== SBI_CTL_STAT) return;
  core.registers.set(offset, next & ~(BUSY | RESPONSE));
  const address = core.registers.get(SBI_ADDR) >>> 16;
  const operation = (next >>> 8) & 0xff;
  if (operation === READ) core.registers.set(SBI_DATA, read(core, address));
  else if (operation === WRITE) write(core, address, core.registers.get(SBI_DATA));
};

function read(core: Core, address: number): number {
  return core.state.display.sideband.find((row) => row.address === address)?.value ?? 0;
}

function write(core: Core, address: number, value: number): void {
  const cache = core.state.display.sideband;
  const entry = cache.find((row) => row.address === address);
  if (entry) entry.value = value;
  else if (cache.length < CACHE_ENTRIES) cache.push({ address, value });
}
