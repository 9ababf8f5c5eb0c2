import type { CommandRow } from '../../command/command-row.ts';
import { lengthOf } from '../../command/command-table.ts';
import { decodeCommand } from '../../command/decode.ts';
import { hasQuirk } from '../../quirks.ts';
import type { Engine } from '../engine.ts';
import { auditAddress, auditIndex } from './address-audit.ts';
import { type Refusal, refuse, type ScannedCommand } from './refusal.ts';
import { auditRegister, type RegisterAccess } from './register-audit.ts';

const STORE_INDEX = 1 << 21;

/** What GVT-g's scanner has against a command (gvt-facts §10.3–10.6); undefined where it lets it pass. */
export function auditCommand(engine: Engine, command: ScannedCommand): Refusal | undefined {
  const { row, dwords } = command;
  if (row.gvt === 'unknown') return refuse('bad request', 'it is not in the scanner’s table');
  if (row.gvt === 'rejected') return refuse('bad request', 'it is not allowed in any form');
  const has = lengthOf(row, dwords[0] ?? 0);
  const right = rightLengths(row, dwords[0] ?? 0, dwords[2] ?? 0);
  if (right !== undefined && !right.includes(has)) {
    return refuse('fault', `it has ${has} dwords instead of ${right.join(' or ')}`);
  }
  return auditRegisters(engine, command) ?? auditAddresses(engine, command);
}

const QWORD = 1 << 21;
const INLINE_DATA = 1 << 18;
const STEREO_FLIP = 2;

/** Lengths that a command may have, by its operands too (gvt-facts §10.3); undefined for any. */
function rightLengths(
  { name, length }: CommandRow,
  header: number,
  surface: number,
): readonly number[] | undefined {
  switch (name) {
    case 'MI_STORE_DATA_IMM':
      return [(header & QWORD) !== 0 ? 5 : 4];
    case 'MI_FLUSH_DW':
      return [4, 5];
    case 'MI_ATOMIC':
      return [(header & INLINE_DATA) !== 0 ? 11 : 3];
    case 'MI_DISPLAY_FLIP':
      return [(surface & 3) === STEREO_FLIP ? 4 : 3];
    default:
      return 'bits' in length && length.exactly !== undefined ? [length.exactly] : undefined;
  }
}

/** The registers that a command names, and how. */
function registersOf({ row, dwords }: ScannedCommand): [number, RegisterAccess][] {
  const at = (index: number) => dwords[index] ?? 0;
  switch (row.name) {
    case 'MI_LOAD_REGISTER_IMM':
      return dwords.flatMap((dword, index) =>
        index % 2 === 1 ? [[dword, 'load immediate'] as [number, RegisterAccess]] : [],
      );
    case 'MI_LOAD_REGISTER_MEM':
      return [[at(1), 'load']];
    case 'MI_STORE_REGISTER_MEM':
      return [[at(1), 'store']];
    case 'MI_LOAD_REGISTER_REG':
      return [
        [at(1), 'copy'],
        [at(2), 'copy'],
      ];
    case 'PIPE_CONTROL':
      return ((at(1) >>> 23) & 1) === 1 ? [[at(2), 'post-sync']] : [];
    default:
      return [];
  }
}

function auditRegisters(engine: Engine, command: ScannedCommand): Refusal | undefined {
  for (const [operand, access] of registersOf(command)) {
    const refused = auditRegister(engine.core, engine.row, operand, access);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** Only what names the GGTT is looked at; addresses of user batches are PPGTT ones (gvt-facts §10.7). */
function auditAddresses(engine: Engine, { row, dwords }: ScannedCommand): Refusal | undefined {
  if (row.gvt !== 'audited') return undefined;
  const long = row.name === 'MI_FLUSH_DW' && dwords.length >= 5;
  if (long && hasQuirk(engine.core.config, 'flush-dw-unaudited')) return undefined;
  if (isIndexed(row.name, dwords)) {
    const place = row.name === 'PIPE_CONTROL' ? dwords[2] : dwords[1];
    return auditIndex((place ?? 0) & 0xfffffff8);
  }
  if (!writesMemory(row.name, dwords)) return undefined;
  for (const { space, address } of decodeCommand(row, dwords).addresses) {
    if (space !== 'ggtt') continue;
    const refused = auditAddress(engine.core, address, bytesOf(row.name, dwords));
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function isIndexed(name: string, dwords: readonly number[]): boolean {
  if (name === 'MI_FLUSH_DW') return ((dwords[0] ?? 0) & STORE_INDEX) !== 0;
  return name === 'PIPE_CONTROL' && ((dwords[1] ?? 0) & STORE_INDEX) !== 0;
}

/** A flush without post-sync operation has no address. */
function writesMemory(name: string, dwords: readonly number[]): boolean {
  if (name === 'MI_FLUSH_DW') return (((dwords[0] ?? 0) >>> 14) & 3) !== 0;
  if (name === 'PIPE_CONTROL') return (((dwords[1] ?? 0) >>> 14) & 3) !== 0;
  return true;
}

function bytesOf(name: string, dwords: readonly number[]): number {
  const header = dwords[0] ?? 0;
  if (name === 'MI_ATOMIC') return 4 * 2 ** ((header >>> 19) & 3);
  if (name === 'MI_STORE_DATA_IMM') return ((header >>> 21) & 1) === 1 ? 8 : 4;
  return name === 'PIPE_CONTROL' ? 8 : 4;
}
