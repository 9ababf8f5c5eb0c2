import { type Core, fault, hex } from '../core.ts';
import type { Answer } from '../device-model.ts';
import { CONFIG_ROWS, type ConfigRow, PM_CAPABILITY } from './config-rows.ts';
import { CONFIG_SIZE } from './config-state.ts';

const BAR0 = 0x10;
const BAR2 = 0x18;
const ROM = 0x30;
const SWSCI = 0xe8;
const ASLS = 0xfc;
const BAR0_SIZE = 0x1000000;

const ROW_OF_BYTE = rowOfByte();

/** A guest read of 1 to 4 bytes. Rejected accesses answer all ones, as a bus does where nobody answers. */
export function readConfig(core: Core, offset: number, size: number): Answer {
  if (!accepted(core, offset, size))
    return { low: byteMask(Math.min(size, 4)), high: 0, known: true };
  return { low: configValue(core, offset, size), high: 0, known: true };
}

/** The stored value of up to 4 bytes; for debuggers and blocks. */
export function configValue(core: Core, offset: number, size: number): number {
  let value = 0;
  for (let i = 0; i < size; i++) value |= (core.state.config.bytes[offset + i] ?? 0) << (i * 8);
  return value >>> 0;
}

/** A guest write of 1 to 4 bytes, by the rules of gvt-facts §1.2 and §1.3. */
export function writeConfig(core: Core, offset: number, size: number, value: number): void {
  if (!accepted(core, offset, size)) return;
  const start = offset - (offset % 4);
  if ((start >= BAR0 && start < 0x28) || start === ROM) {
    if (!aligned(core, offset)) return;
    const kept = configValue(core, offset, 4) & ~byteMask(size);
    return writeBar(core, offset, (kept | (value & byteMask(size))) >>> 0);
  }
  if (start === SWSCI || start === ASLS) {
    if (!aligned(core, offset)) return;
    if (start === SWSCI) return writeSwsci(core, value);
  }
  for (let i = 0; i < size; i++) writeByte(core, offset + i, (value >>> (i * 8)) & 0xff);
  if (offset === PM_CAPABILITY + 4 && (value & 3) === 3) core.state.config.d3Entered = true;
}

/** Only the full dword 0xffffffff is a size probe; anything else is stored as it is, not masked with the size. */
function writeBar(core: Core, offset: number, value: number): void {
  if (offset === ROM) {
    // There is no ROM: a probe finds size 0 (gvt-facts §1.2).
    const probe = (value & 0xfffff800) >>> 0 === 0xfffff800;
    return store(core, offset, 4, probe ? 0 : value & 0xfffff801);
  }
  const low = offset === BAR0 || offset === BAR2;
  const high = offset === BAR0 + 4 || offset === BAR2 + 4;
  if (!low && !high) return; // BAR4 and BAR5 are not there: sizing reads back 0.
  const size = offset < BAR2 ? BAR0_SIZE : core.config.apertureSize;
  const attributes = low ? configValue(core, offset, 4) & 0xf : 0;
  const probe = low ? ~(size - 1) : 0xffffffff;
  const next = value === 0xffffffff ? probe : value;
  store(core, offset, 4, low ? (next & ~0xf) | attributes : next);
}

function writeByte(core: Core, at: number, value: number): void {
  const row = ROW_OF_BYTE[at];
  const previous = core.state.config.bytes[at] ?? 0;
  if (at >= 0x40) return store(core, at, 1, value);
  if (!row) return;
  const shift = (at - row.offset) * 8;
  const writable = ((row.writable ?? 0) >>> shift) & 0xff;
  const clears = ((row.writeOneClears ?? 0) >>> shift) & 0xff;
  store(core, at, 1, ((previous & ~writable) | (value & writable)) & ~(value & clears));
}

/** A request is bit 0 rising with bit 15 (SCI) set; the written value is never stored (gvt-facts §1.5). */
function writeSwsci(core: Core, value: number): void {
  if ((value & 0x8000) === 0) {
    fault(core, 'swsci-smi', () => `SWSCI write ${hex(value)} asks for an SMI`, SWSCI);
    return;
  }
  if ((value & 1) !== 0) {
    fault(core, 'swsci-unimplemented', () => 'SWSCI calls are not implemented', SWSCI);
  }
}

function store(core: Core, offset: number, size: number, value: number): void {
  for (let i = 0; i < size; i++) {
    const at = offset + i;
    const next = (value >>> (i * 8)) & 0xff;
    const previous = core.state.config.bytes[at] ?? 0;
    if (next === previous) continue;
    core.state.config.bytes[at] = next;
    core.listener?.configChanged?.(at, previous, next);
  }
}

function accepted(core: Core, offset: number, size: number): boolean {
  if ((size === 1 || size === 2 || size === 4) && offset >= 0 && offset + size <= CONFIG_SIZE)
    return true;
  fault(core, 'config-access', () => `${size}-byte configuration access at ${hex(offset)}`, offset);
  return false;
}

function aligned(core: Core, offset: number): boolean {
  if (offset % 4 === 0) return true;
  fault(core, 'config-access', () => `write at ${hex(offset)} must start at a dword`, offset);
  return false;
}

function byteMask(size: number): number {
  return 0xffffffff >>> (32 - size * 8);
}

function rowOfByte(): readonly (ConfigRow | undefined)[] {
  const rows = new Array<ConfigRow | undefined>(CONFIG_SIZE).fill(undefined);
  for (const row of CONFIG_ROWS) rows.fill(row, row.offset, row.offset + row.size);
  return rows;
}
