import { type Core, fault, hex } from '../core.ts';
import { refuseGuest } from '../failsafe.ts';
import type { ReadHook, WriteHook } from '../mmio/hooks.ts';
import { ownerOf } from '../partition.ts';
import { hasQuirk } from '../quirks.ts';
import { engineOf, RING, ringSet } from './engine.ts';
import { isNonprivAllowed } from './nonpriv-whitelist.ts';
import { keepCopy } from './read-through.ts';

/** CSB pointer: write 7, read 0. */
const NO_ENTRY_WRITTEN = 7;
const RUN_LIST = 1 << 15;
const PPGTT = 1 << 9;
const MODE_HOST_BIT = 1 << 0;
const CSFE_HOST_BITS = 0x18;
const ALL_BYTES = 0xffffffff;

/** RING_MODE: what a write turns on decides, not what its mask only names (gvt-facts §2.4; bugs in masked tests). */
export const writeRingMode: WriteHook = (core, offset, next, previous, written, register) => {
  const turnedOn = (written >>> 16) & written & 0xffff;
  if (keepHostBits(core, offset, next, previous, turnedOn & MODE_HOST_BIT, written, register.name))
    return;
  if ((turnedOn & (RUN_LIST | PPGTT)) !== 0 && !core.state.pvNotified) {
    const message = `${register.name} turned run lists or PPGTT on before PVINFO was read`;
    refuseGuest(core, message, { register: offset, value: written });
  }
  if ((turnedOn & RUN_LIST) === 0 || !hasQuirk(core.config, 'run-list-clears-csb')) return;
  const engine = engineOf(core, register.engine);
  if (engine !== undefined) ringSet(engine, RING.csbPointer, NO_ENTRY_WRITTEN);
};

/** CSFE_CHICKEN1: bits 3 and 4 are the host's (gvt-facts §2.4). */
export const writeCsfeChicken: WriteHook = (core, offset, next, previous, written, register) => {
  const turnedOn = (written >>> 16) & written & 0xffff;
  keepHostBits(core, offset, next, previous, turnedOn & CSFE_HOST_BITS, written, register.name);
};

/** Bits that are the host's were set: they keep their value, and the guest is not supported. */
function keepHostBits(
  core: Core,
  offset: number,
  next: number,
  previous: number,
  set: number,
  written: number,
  name: string,
): boolean {
  if (set === 0) return false;
  core.registers.set(offset, (next & ~set) | (previous & set));
  const message = `${name}: bits ${hex(set)}, which are the host's, were set`;
  const evidence = { register: offset, value: written };
  fault(core, 'host-owned-bit', () => message, evidence);
  refuseGuest(core, message, evidence);
  return true;
}

/** HWS_PGA: 0 or an address in the own slice; anything else is refused and not stored (gvt-facts §6.2). */
export const writeHwsPage: WriteHook = (core, offset, next, previous, _written, register) => {
  if (next === 0 || ownerOf(core.config.partition, next) !== 'not owned') return;
  core.registers.set(offset, previous);
  fault(core, 'hws-page-range', () => `${register.name} = ${hex(next)} is not in the own slice`, {
    register: offset,
    value: next,
  });
};

/** FORCE_TO_NONPRIV: only whitelisted registers, or the ring's own NOPID, in one access of 4 bytes (gvt-facts §6.2). */
export const writeForceToNonpriv: WriteHook = (
  core,
  offset,
  next,
  previous,
  written,
  register,
  byteMask,
) => {
  const target = next & 0x03fffffc;
  const nopid = (register.engine?.base ?? 0) + RING.nopid;
  const whole = byteMask >>> 0 === ALL_BYTES;
  if (whole && (target === nopid || isNonprivAllowed(target))) return;
  core.registers.set(offset, previous);
  const why = () =>
    whole
      ? `${register.name} = ${hex(target)} is not whitelisted`
      : `${register.name} was written in part; it takes 4 bytes only`;
  fault(core, 'nonpriv-refused', why, { register: offset, value: written });
};

/** GEN9_GAMW_ECO_DEV_RW_IA: 64K pages for all walkers or none (gvt-facts §5.2). */
export const writeGamw: WriteHook = (core, offset, next, previous) => {
  const walkers = next & 0xf;
  if (walkers === 0 || walkers === 0xf) return;
  core.registers.set(offset, previous);
  fault(core, 'gamw-partial', () => `64K pages for walkers ${hex(walkers)} only were refused`, {
    register: offset,
    value: next,
  });
};

/** TRTTE: enabled with physical addresses is an error (gvt-facts §8). */
export const writeTrtt: WriteHook = (core, offset, next, previous) => {
  if ((next & 3) !== 1) return;
  core.registers.set(offset, previous);
  const message = () => 'TR-TT with physical addresses was refused';
  fault(core, 'trtt-physical', message, { register: offset, value: next });
};

/** Skylake's command streamer timestamp: 12 MHz, 36 bits (i915 gt/intel_gt_clock_utils.c, Gen9 with a 24 MHz crystal). */
const TIMESTAMP_NS = 1e9 / 12e6;

/** RING_TIMESTAMP, low and high dword: device time. */
export const readRingTimestamp: ReadHook = (core, offset, _stored, register) => {
  const ticks = Math.floor(core.state.now / TIMESTAMP_NS);
  const answer = offset === register.offset ? ticks % 2 ** 32 : Math.floor(ticks / 2 ** 32) & 0xf;
  keepCopy(core, offset, answer);
  return answer;
};
