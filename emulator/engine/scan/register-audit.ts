import { type Core, hex } from '../../core.ts';
import { MMIO_SIZE } from '../../mmio/register-map.ts';
import type { EngineRow } from '../../mmio/register-row.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Registers that MI_STORE_REGISTER_MEM and MI_LOAD_REGISTER_MEM may name (gvt-facts §10.4). */
const MEMORY_REGISTERS = new Set([0xb118, 0x21f0]);
const MEMORY_REGISTERS_BDW = new Set([0xb118, 0x21f0, 0x20c0]);
/** The one that MI_LOAD_REGISTER_REG may, on Broadwell. */
const COPIED_REGISTER_BDW = 0x215c;
/** DERRMR and FORCEWAKE_MT: the command is sent to where a write is discarded. */
const REDIRECTED = new Set([0x44050, 0xa188]);
/** Whether GVT-g sends a command's access to this register there. */
export function isRedirected(core: Core, offset: number): boolean {
  return core.config.policy === 'gvt-g' && REDIRECTED.has(offset);
}

const DERRMR = 0x44050;
/** A register field with one of these bits set is refused on Broadwell, but for RCS's loads. */
const BDW_REFUSED_BITS = 0x7c0000;

export type RegisterAccess = 'load immediate' | 'load' | 'store' | 'copy' | 'post-sync';

/** Whether a command may name a register (gvt-facts §10.5). */
export function auditRegister(
  core: Core,
  engine: EngineRow,
  operand: number,
  access: RegisterAccess,
): Refusal | undefined {
  const offset = operand & 0x7ffffc;
  if (offset > MMIO_SIZE - 4) return refuse('fault', `register ${hex(offset)} does not exist`);
  const refused = auditBroadwell(core, engine, offset, access);
  if (refused !== undefined) return refused;
  if (REDIRECTED.has(offset)) return undefined;
  const register = core.registers.map.at(offset);
  const name = register?.name ?? hex(offset);
  if (!isAccessible(core, offset)) {
    return refuse('bad request', `${name} cannot be accessed by commands`);
  }
  return auditFilter(core, offset, name, access);
}

/** Memory and register copies have a list of their own. */
function auditFilter(
  core: Core,
  offset: number,
  name: string,
  access: RegisterAccess,
): Refusal | undefined {
  const bdw = core.config.platform === 'bdw';
  if (access === 'load' || access === 'store') {
    const allowed = bdw ? MEMORY_REGISTERS_BDW : MEMORY_REGISTERS;
    return allowed.has(offset) ? undefined : refuse('not permitted', `${name}, ${access}`);
  }
  if (access === 'copy' && !(bdw && offset === COPIED_REGISTER_BDW)) {
    return refuse('not permitted', `${name} in a register copy`);
  }
  return undefined;
}

function auditBroadwell(
  core: Core,
  engine: EngineRow,
  offset: number,
  access: RegisterAccess,
): Refusal | undefined {
  if (core.config.platform !== 'bdw' || (offset & BDW_REFUSED_BITS) === 0) return undefined;
  if (access === 'load immediate' && engine.name === 'RCS0') return undefined;
  if (access === 'load immediate' && engine.name === 'BCS0' && offset === DERRMR) return undefined;
  return refuse('bad request', `register ${hex(offset)} has bits 22:18, which hang Broadwell`);
}

/**
 * What rows say, and what the default context image loads: GVT-g learns that from its host when it starts
 * (gvt-facts §2.2, §6.7).
 */
function isAccessible(core: Core, offset: number): boolean {
  const register = core.registers.map.at(offset);
  if (register?.row.flags?.includes('cmd') === true) return true;
  // Not all of them have a row.
  return core.registers.map.tables.engines.some(({ base }) => isInImage(offset - base));
}

function isInImage(register: number): boolean {
  return IMAGE_REGISTERS.has(register) || (register >= 0x600 && register <= 0x67c);
}

const IMAGE_REGISTERS = new Set([
  0x244, 0x34, 0x30, 0x38, 0x3c, 0x168, 0x140, 0x110, 0x11c, 0x114, 0x118, 0x1c0, 0x1c4, 0x1c8,
  0x3a8, 0x270, 0x274, 0x278, 0x27c, 0x280, 0x284, 0x288, 0x28c, 0xc8, 0x200, 0x28, 0x9c, 0xc0,
  0x178, 0x17c, 0x358, 0x170, 0x150, 0x154, 0x158, 0x41c, 0x68,
]);
