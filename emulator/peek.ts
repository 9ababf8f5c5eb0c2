import type { Core } from './core.ts';
import type { Answer, PeekSpace } from './device-model.ts';
import { lookForWork } from './engine/pace.ts';
import { GGTT_OFFSET, isGgttOffset, translateGgtt } from './gtt/ggtt.ts';
import { MMIO_SIZE } from './mmio/register-map.ts';
import { configValue } from './pci/config-bytes.ts';
import { CONFIG_SIZE } from './pci/config-state.ts';
import { UNKNOWN } from './state/guest-memory.ts';

/** Looks at up to 8 bytes without side effects: no hook runs, no fault is reported, nothing is marked. */
export function peekCore(core: Core, space: PeekSpace, address: number, size: number): Answer {
  if (space === 'memory') return core.memory.readValue(address, size);
  let low = 0;
  let high = 0;
  for (let i = 0; i < size; i++) {
    const byte = peekByte(core, space, address + i);
    if (byte < 0) return UNKNOWN;
    if (i < 4) low |= byte << (i * 8);
    else high |= byte << ((i - 4) * 8);
  }
  return { low: low >>> 0, high: high >>> 0, known: true };
}

/** The byte, or -1 where nothing is known to be there. */
function peekByte(core: Core, space: PeekSpace, address: number): number {
  switch (space) {
    case 'mmio':
      return mmioByte(core, address);
    case 'config':
      return address < CONFIG_SIZE ? configValue(core, address, 1) : -1;
    case 'aperture':
    case 'ggtt': {
      const at = translateGgtt(core, address);
      return at === undefined ? -1 : core.memory.byte(at);
    }
    case 'memory':
      return core.memory.byte(address);
    case 'io':
      return -1;
  }
}

function mmioByte(core: Core, address: number): number {
  const shift = (address & 3) * 8;
  if (address < MMIO_SIZE) return (core.registers.get(address - (address & 3)) >>> shift) & 0xff;
  if (!isGgttOffset(address)) return -1;
  return (core.ggtt.get((address - GGTT_OFFSET) >>> 2) >>> shift) & 0xff;
}

/** Changes up to 8 bytes without side effects. False where there is nothing to change. */
export function pokeCore(
  core: Core,
  space: PeekSpace,
  address: number,
  size: number,
  low: number,
  high: number,
): boolean {
  for (let i = 0; i < size; i++) {
    const byte = (i < 4 ? low >>> (i * 8) : high >>> ((i - 4) * 8)) & 0xff;
    if (!pokeByte(core, space, address + i, byte)) return false;
  }
  // What a register holds may be what keeps an engine: RING_MI_MODE's stop bit.
  if (space === 'mmio') lookForWork(core);
  return true;
}

function pokeByte(core: Core, space: PeekSpace, address: number, byte: number): boolean {
  const shift = (address & 3) * 8;
  const merge = (word: number) => ((word & ~(0xff << shift)) | (byte << shift)) >>> 0;
  switch (space) {
    case 'mmio': {
      if (address < MMIO_SIZE) {
        const at = address - (address & 3);
        core.registers.set(at, merge(core.registers.get(at)));
        return true;
      }
      if (!isGgttOffset(address)) return false;
      const word = (address - GGTT_OFFSET) >>> 2;
      core.ggtt.set(word, merge(core.ggtt.get(word)));
      return true;
    }
    case 'config':
      if (address >= CONFIG_SIZE) return false;
      core.state.config.bytes[address] = byte;
      return true;
    case 'memory':
      core.memory.writeValue(address, 1, byte, 0);
      return true;
    case 'aperture':
    case 'ggtt': {
      const at = translateGgtt(core, address);
      if (at === undefined) return false;
      core.memory.writeValue(at, 1, byte, 0);
      return true;
    }
    case 'io':
      return false;
  }
}
