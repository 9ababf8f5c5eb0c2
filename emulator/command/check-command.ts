import { fieldMask } from '../mmio/register-map.ts';
import type { AddressRow, CommandFieldRow, CommandRow } from './command-row.ts';
import { opcodeMask } from './opcode.ts';

/** Throws where a row of a command table cannot be right. */
export function checkCommand(row: CommandRow): void {
  checkOpcode(row);
  checkLength(row);
  const used = new Map<number, number>([[0, headerBits(row)]]);
  for (const field of row.fields ?? []) checkField(row, field, used);
  for (const address of row.addresses ?? []) checkAddress(row, address, used);
  if (row.repeat && (row.repeat.from < 1 || row.repeat.every < 1)) {
    throw new Error(`${row.name} repeats what cannot be repeated.`);
  }
}

function checkOpcode({ name, opcode, engines, platforms }: CommandRow): void {
  const mask = opcodeMask(opcode);
  if (mask === 0) throw new Error(`${name} is of a type that does not exist.`);
  if ((opcode & mask) >>> 0 !== opcode)
    throw new Error(`The opcode of ${name} has bits of operands.`);
  if (engines?.length === 0 || platforms?.length === 0) throw new Error(`Nothing has ${name}.`);
}

function checkLength({ name, opcode, length }: CommandRow): void {
  if ('dwords' in length) {
    if (length.dwords < 1) throw new Error(`The length of ${name} cannot be.`);
    return;
  }
  const { bits, bias = 2, exactly } = length;
  const most = 2 ** bits - 1 + bias;
  if (bits < 1 || bits > 16 || bias < 1 || (exactly ?? bias) < bias || (exactly ?? most) > most) {
    throw new Error(`The length of ${name} cannot be.`);
  }
  if ((fieldMask(0, bits - 1) & opcodeMask(opcode)) !== 0) {
    throw new Error(`The length of ${name} overlaps its opcode.`);
  }
}

/** What of dword 0 no field may have: opcode and length. */
function headerBits({ opcode, length }: CommandRow): number {
  return opcodeMask(opcode) | ('dwords' in length ? 0 : fieldMask(0, length.bits - 1));
}

function checkField(
  { name, length }: CommandRow,
  field: CommandFieldRow,
  used: Map<number, number>,
): void {
  const label = `${name}.${field.name}`;
  const { dword, low, high } = field;
  if (low < 0 || high > 31 || low > high) throw new Error(`${label} is outside bits 0 to 31.`);
  if (dword < 0 || dword >= mostDwords(length)) throw new Error(`${label} is behind the command.`);
  // Fields that are there on a condition lie where others are without it.
  if (field.when === undefined) claim(label, dword, fieldMask(low, high), used);
}

function checkAddress(
  { name, length }: CommandRow,
  address: AddressRow,
  used: Map<number, number>,
): void {
  const label = `${name}.${address.name}`;
  const last = address.dword + (address.short ? 0 : 1);
  if (address.dword < 1 || last >= mostDwords(length)) {
    throw new Error(`${label} is behind the command.`);
  }
  if (address.when !== undefined) return;
  claim(label, address.dword, fieldMask(address.low, 31), used);
  if (!address.short) claim(label, last, 0xffff, used);
}

function claim(label: string, dword: number, mask: number, used: Map<number, number>): void {
  const before = used.get(dword) ?? 0;
  if ((before & mask) !== 0) throw new Error(`${label} overlaps another field.`);
  used.set(dword, before | mask);
}

function mostDwords(length: CommandRow['length']): number {
  if ('dwords' in length) return length.dwords;
  return length.exactly ?? 2 ** length.bits - 1 + (length.bias ?? 2);
}
