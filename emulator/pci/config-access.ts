import { type Core, fault, hex } from '../core.ts';
import type { Answer } from '../device-model.ts';
import { BARS_END, ROM, writeBar } from './bars.ts';
import { asksForReset, pmCapability } from './capabilities.ts';
import { configValue, storeConfig } from './config-bytes.ts';
import { type ConfigRow, FIXED_ROWS } from './config-rows.ts';
import { CONFIG_SIZE } from './config-state.ts';
import { updateInterruptLine } from './intx.ts';
import { BAR0, followMemorySpace, MEMORY_SPACE } from './memory-decode.ts';
import { moveOpRegion, writeSwsci } from './swsci.ts';

const COMMAND = 0x04;
const SWSCI = 0xe8;
const ASLS = 0xfc;
/** From the PM capability. */
const PMCSR = 4;
const D3_HOT = 3;

const ROW_OF_BYTE = rowOfByte();

/** A guest read of 1 to 4 bytes. Rejected accesses answer all ones, as a bus does where nobody answers. */
export function readConfig(core: Core, offset: number, size: number): Answer {
  if (!accepted(core, offset, size))
    return { low: byteMask(Math.min(size, 4)), high: 0, known: true };
  return { low: configValue(core, offset, size), high: 0, known: true };
}

/** A guest write of 1 to 4 bytes, by the rules of gvt-facts §1.2 and §1.3. */
export function writeConfig(core: Core, offset: number, size: number, value: number): void {
  if (!accepted(core, offset, size)) return;
  core.state.config.written = true;
  const start = offset - (offset % 4);
  if (isDwordRegister(start)) {
    if (aligned(core, offset)) writeDwordRegister(core, offset, size, value);
    return;
  }
  if (offset === COMMAND && size > 2) {
    const message = () => `${size}-byte write of COMMAND, which has 2`;
    fault(core, 'config-access', message, { config: COMMAND, value });
    return;
  }
  const before = configValue(core, COMMAND, 2);
  for (let i = 0; i < size; i++) writeByte(core, offset + i, (value >>> (i * 8)) & 0xff);
  // A change of COMMAND's memory bit brings the windows or takes them away.
  if (((before ^ configValue(core, COMMAND, 2)) & MEMORY_SPACE) !== 0) followMemorySpace(core);
  followPowerState(core, offset, value);
  updateInterruptLine(core);
}

/** Registers whose writes must begin at a dword. */
function isDwordRegister(start: number): boolean {
  return (start >= BAR0 && start < BARS_END) || start === ROM || start === SWSCI || start === ASLS;
}

function writeDwordRegister(core: Core, offset: number, size: number, value: number): void {
  if (offset === SWSCI) return writeSwsci(core, value);
  const kept = configValue(core, offset, 4) & ~byteMask(size);
  const whole = (kept | (value & byteMask(size))) >>> 0;
  if (offset !== ASLS) return writeBar(core, offset, whole, size === 4);
  storeConfig(core, ASLS, 4, whole);
  moveOpRegion(core);
}

/** D3hot is noticed only where the write starts at PMCSR itself (gvt-facts §1.2). */
function followPowerState(core: Core, offset: number, value: number): void {
  const pmcsr = pmCapability(core.config) + PMCSR;
  if (offset === pmcsr && (value & D3_HOT) === D3_HOT) core.state.config.d3Entered = true;
}

function writeByte(core: Core, at: number, value: number): void {
  const row = ROW_OF_BYTE[at];
  const previous = core.state.config.bytes[at] ?? 0;
  if (at >= 0x40) {
    if (asksForReset(core.config, at, value)) {
      const message = () =>
        'a function-level reset was asked for; GVT-g stores the bit and resets nothing';
      fault(core, 'function-reset', message, { config: at, value });
    }
    return storeConfig(core, at, 1, value);
  }
  if (!row) return;
  const shift = (at - row.offset) * 8;
  const writable = ((row.writable ?? 0) >>> shift) & 0xff;
  const clears = ((row.writeOneClears ?? 0) >>> shift) & 0xff;
  storeConfig(core, at, 1, ((previous & ~writable) | (value & writable)) & ~(value & clears));
}

function accepted(core: Core, offset: number, size: number): boolean {
  if ((size === 1 || size === 2 || size === 4) && offset >= 0 && offset + size <= CONFIG_SIZE)
    return true;
  const message = () => `${size}-byte configuration access at ${hex(offset)}`;
  fault(core, 'config-access', message, { config: offset });
  return false;
}

function aligned(core: Core, offset: number): boolean {
  if (offset % 4 === 0) return true;
  const message = () => `write at ${hex(offset)} must start at a dword`;
  fault(core, 'config-access', message, { config: offset });
  return false;
}

function byteMask(size: number): number {
  return 0xffffffff >>> (32 - size * 8);
}

function rowOfByte(): readonly (ConfigRow | undefined)[] {
  const rows = new Array<ConfigRow | undefined>(CONFIG_SIZE).fill(undefined);
  for (const row of FIXED_ROWS) rows.fill(row, row.offset, row.offset + row.size);
  return rows;
}
