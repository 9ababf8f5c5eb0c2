import type { Core } from '../core.ts';
import { configValue, storeConfig } from './config-bytes.ts';
import {
  BAR0,
  BAR0_SIZE,
  BAR2,
  decodesMemory,
  mapAperture,
  trapRegisters,
} from './memory-decode.ts';

export const ROM = 0x30;
/** Behind BAR5. */
export const BARS_END = 0x28;
const PROBE = 0xffffffff;

/**
 * A write of a BAR or of the ROM base (gvt-facts §1.2); `isWhole` where it has all four bytes. Only the full dword 0xffffffff is a size probe; anything else
 * is stored as it is, not masked with the size, so that a guest can park a BAR at a misaligned address.
 */
export function writeBar(core: Core, offset: number, value: number, isWhole: boolean): void {
  if (offset === ROM) return writeRom(core, value);
  const low = offset === BAR0 || offset === BAR2;
  const high = offset === BAR0 + 4 || offset === BAR2 + 4;
  if (!low && !high) return; // BAR4 and BAR5 are not there: sizing reads back 0.
  const size = offset < BAR2 ? BAR0_SIZE : core.config.apertureSize;
  const attributes = low ? configValue(core, offset, 4) & 0xf : 0;
  // The high dword is the upper half of the 64-bit mask: all ones for any BAR below 4 GiB.
  const answer = low ? ~(size - 1) : PROBE;
  const isProbe = isWhole && value === PROBE;
  const next = isProbe ? answer : value;
  storeConfig(core, offset, 4, low ? (next & ~0xf) | attributes : next);
  // A probe takes the window away: the guest has given it no address yet.
  const on = !isProbe && decodesMemory(core);
  if (offset < BAR2) trapRegisters(core, on);
  else mapAperture(core, on);
}

/** There is no ROM: a probe finds size 0. */
function writeRom(core: Core, value: number): void {
  const probe = (value & 0xfffff800) >>> 0 === 0xfffff800;
  storeConfig(core, ROM, 4, probe ? 0 : value & 0xfffff801);
}
