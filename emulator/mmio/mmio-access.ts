import { type Core, fault, hex } from '../core.ts';
import type { Answer } from '../device-model.ts';
import { isGgttOffset, readGgtt, writeGgtt } from '../gtt/ggtt.ts';
import { hooksOf } from '../hooks.ts';
import { MASTER_INTERRUPT } from '../interrupt/interrupt-tables.ts';
import { updateInterruptLine } from '../pci/intx.ts';
import { acceptPvinfoWrite, isPvinfo, notePvinfoRead } from '../pvinfo/pvinfo.ts';
import { hasQuirk } from '../quirks.ts';
import { MODE, mergeWrite } from './access-mode.ts';
import { MMIO_SIZE } from './register-map.ts';
import { readStray, writeStray } from './stray-access.ts';

/** The byte mask of a whole dword. */
export const ALL_BYTES = 0xffffffff;

/** A guest read of 1, 2, 4 or 8 bytes in BAR0, in the order of gvt-facts §2.3. */
export function readMmio(core: Core, offset: number, size: number): Answer {
  if (!sizeAccepted(core, offset, size)) return { low: 0, high: 0, known: true };
  if (size === 8 && hasQuirk(core.config, 'vfio-splits-accesses')) {
    const { low } = readMmio(core, offset, 4);
    return { low, high: readMmio(core, offset + 4, 4).low, known: true };
  }
  if (isGgttOffset(offset)) return readGgtt(core, offset, size);
  if (offset >= MMIO_SIZE) return readStray(core, offset, size);
  const shift = (offset & 3) * 8;
  if (shift !== 0 || offset % size !== 0) return readUnaligned(core, offset, size);
  const low = readRegister(core, offset);
  if (size === 8) return { low, high: readRegister(core, offset + 4), known: true };
  return { low: size === 4 ? low : (low & sizeMask(size)) >>> 0, high: 0, known: true };
}

/** A guest write of 1, 2, 4 or 8 bytes in BAR0. An 8-byte one is two dwords, the low one first. */
export function writeMmio(
  core: Core,
  offset: number,
  size: number,
  low: number,
  high: number,
): void {
  if (size === 4 && (offset & 3) === 0 && offset < MMIO_SIZE) {
    writeRegister(core, offset, low, ALL_BYTES);
    return;
  }
  if (!sizeAccepted(core, offset, size)) return;
  if (size === 8 && hasQuirk(core.config, 'vfio-splits-accesses')) {
    writeMmio(core, offset, 4, low, 0);
    writeMmio(core, offset + 4, 4, high, 0);
    return;
  }
  if (isGgttOffset(offset)) return writeGgtt(core, offset, size, low, high);
  if (offset >= MMIO_SIZE) return writeStray(core, offset, size, low, high);
  if (placeRefused(core, 'write', offset, size)) return;
  writeDwords(core, offset, Math.min(size, MMIO_SIZE - offset), low, high);
}

/** Dword by dword, as an 8-byte access to two registers is not defined by GVT-g (gvt-facts §2.3). */
function writeDwords(core: Core, offset: number, size: number, low: number, high: number): void {
  for (let done = 0; done < size; ) {
    const at = offset + done;
    const count = Math.min(4 - (at & 3), size - done);
    const shift = (at & 3) * 8;
    const mask = (sizeMask(count) << shift) >>> 0;
    const word = bytesFrom(low, high, done);
    writeRegister(core, at - (at & 3), ((word << shift) & mask) >>> 0, mask);
    done += count;
  }
}

/** Reads the dword at `offset` (aligned, a register's) with everything that a guest's read sets off. */
export function readRegister(core: Core, offset: number): number {
  const { registers } = core;
  const index = registers.map.indexOfDword[offset >>> 2] ?? 0;
  const stored = registers.get(offset);
  if (core.state.failsafe >= 0) return stored;
  if (isPvinfo(offset)) notePvinfoRead(core, offset);
  const register = registers.map.descriptors[index];
  if (!register) {
    reportUntracked(core, 'read', offset);
    return stored;
  }
  const mode = registers.modes[index] ?? 0;
  const hook = hooksOf(registers.map).read[index];
  const answer = hook === undefined ? stored : hook(core, offset, stored, register) >>> 0;
  if (mode === MODE.unimplemented) reportUnimplemented(core, register.name, offset);
  return answer;
}

/** Writes the dword at `offset` (aligned, a register's): merge by access mode, store, then hook. */
export function writeRegister(core: Core, offset: number, written: number, byteMask: number): void {
  const { registers } = core;
  const previous = registers.get(offset);
  if (core.state.failsafe >= 0) {
    registers.set(offset, mergeWrite(MODE.rw, previous, written, byteMask, 0));
    if (offset === MASTER_INTERRUPT) updateInterruptLine(core);
    return;
  }
  if (isPvinfo(offset) && !acceptPvinfoWrite(core, offset, written)) return;
  const index = registers.map.indexOfDword[offset >>> 2] ?? 0;
  const register = registers.map.descriptors[index];
  if (!register) {
    reportUntracked(core, 'write', offset);
    registers.set(offset, mergeWrite(MODE.rw, previous, written, byteMask, 0));
    return;
  }
  const mode = registers.modes[index] ?? 0;
  const readOnly = registers.readOnlyMasks[index] ?? 0;
  const next = mergeWrite(mode, previous, written, byteMask, readOnly);
  registers.set(offset, next);
  const hook = hooksOf(registers.map).write[index];
  if (hook !== undefined) hook(core, offset, next, previous, written, register, byteMask);
  if (mode === MODE.unimplemented) reportUnimplemented(core, register.name, offset);
  else if (mode === MODE.masked) reportEmptyMask(core, register.name, offset, written);
  else if (mode === MODE['ro-bits'] || (mode === MODE.ro && reportsReadOnly(core))) {
    reportReadOnly(core, register.name, offset, previous, written, byteMask, mode, readOnly);
  }
}

/**
 * Whether an access is not where it may be: it ends behind the register file, or stands at an odd place without a
 * register that permits it (F_UNALIGN). GVT-g looks at reads only.
 */
function placeRefused(core: Core, what: 'read' | 'write', offset: number, size: number): boolean {
  const inside = offset + size <= MMIO_SIZE;
  if (inside && (offset % size === 0 || core.state.failsafe >= 0)) return false;
  if (what === 'write' && hasQuirk(core.config, 'mmio-writes-unchecked')) return false;
  const register = core.registers.map.at(offset);
  if (inside && register?.row.flags?.includes('unalign')) return false;
  const where = register ? register.name : hex(offset);
  const message = () => `${size}-byte ${what} at ${hex(offset)} (${where})`;
  fault(core, inside ? 'access-alignment' : 'access-end', message, { register: offset });
  return true;
}

function readUnaligned(core: Core, offset: number, size: number): Answer {
  if (placeRefused(core, 'read', offset, size)) return { low: 0, high: 0, known: true };
  const start = offset - (offset & 3);
  const first = readRegister(core, start);
  const second = (offset & 3) + size > 4 ? readRegister(core, start + 4) : 0;
  const shift = (offset & 3) * 8;
  const low = shift === 0 ? first : (first >>> shift) | (second << (32 - shift));
  const high = size === 8 && shift !== 0 ? second >>> shift : second;
  return {
    low: (low & sizeMask(Math.min(size, 4))) >>> 0,
    high: size === 8 ? high >>> 0 : 0,
    known: true,
  };
}

function sizeAccepted(core: Core, offset: number, size: number): boolean {
  if (size === 4 || size === 8 || size === 1 || size === 2) return true;
  const message = () => `${size}-byte access at ${hex(offset)}`;
  fault(core, 'access-size', message, { register: offset });
  return false;
}

function sizeMask(size: number): number {
  return size >= 4 ? ALL_BYTES : (1 << (size * 8)) - 1;
}

/** The dword that starts `skip` bytes into an 8-byte value. */
function bytesFrom(low: number, high: number, skip: number): number {
  if (skip === 0) return low;
  if (skip >= 4) return high >>> ((skip - 4) * 8);
  return ((low >>> (skip * 8)) | (high << (32 - skip * 8))) >>> 0;
}

function reportUntracked(core: Core, what: string, offset: number): void {
  const message = () => `${what} of ${hex(offset)}, which has no row`;
  fault(core, 'untracked-register', message, { register: offset });
}

function reportUnimplemented(core: Core, name: string, offset: number): void {
  const message = () => `${name} is only stored and read back`;
  fault(core, 'unimplemented-register', message, { register: offset });
}

/** The upper half of a masked register's value says which bits of the lower half count. */
function reportEmptyMask(core: Core, name: string, offset: number, written: number): void {
  if (written === 0 || written >>> 16 !== 0) return;
  const message = () => `${name}: write of ${hex(written)} names no bit in its upper half`;
  fault(core, 'mask-empty', message, { register: offset, value: written });
}

function reportsReadOnly(core: Core): boolean {
  return core.listener !== undefined && !hasQuirk(core.config, 'ro-write-unreported');
}

function reportReadOnly(
  core: Core,
  name: string,
  offset: number,
  previous: number,
  written: number,
  byteMask: number,
  mode: number,
  readOnlyMask: number,
): void {
  const kept = (mode === MODE.ro ? ALL_BYTES : readOnlyMask) & byteMask;
  if (((previous ^ written) & kept) === 0) return;
  fault(
    core,
    'read-only-write',
    () =>
      `${name}: write of ${hex(written)} over ${hex(previous)} touches read-only bits ${hex(kept >>> 0)}`,
    { register: offset, value: written },
  );
}
