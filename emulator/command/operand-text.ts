import type { DecodedAddress, DecodedCommand } from './decode.ts';

/** Name of a register at a BAR0 offset, or undefined where it has none. */
export type RegisterNamer = (offset: number) => string | undefined;

/** A command whose line is made. */
export interface Subject {
  readonly dwords: readonly number[];
  readonly decoded: DecodedCommand;
  readonly nameOf: RegisterNamer;
}

/** Register offset in a command: bits 22:2. */
const REGISTER = 0x7ffffc;

/** Names of the bits that are set, and values of wider fields that are not 0; without those that are `told` already. */
export function fieldsText({ decoded, nameOf }: Subject, told?: ReadonlySet<string>): string {
  return decoded.fields
    .filter(({ name, value, meaning }) => !told?.has(name) && (value !== 0 || meaning))
    .map(({ name, value, meaning, low, high, register }) => {
      if (register) return `${name} ${nameOf(value) ?? hex(value)}`;
      if (low === high && meaning === undefined) return name;
      return `${name} ${meaning ?? hex(value)}`;
    })
    .join(' ');
}

/** Value of a field; 0 where the command has none of that name. */
export function valueIn({ decoded }: Subject, field: string): number {
  return decoded.fields.find(({ name }) => name === field)?.value ?? 0;
}

/** What a field's value means, or the value; nothing where the command has none of that name. */
export function meaningIn({ decoded }: Subject, field: string): string {
  const found = decoded.fields.find(({ name }) => name === field);
  return found === undefined ? '' : (found.meaning ?? hex(found.value));
}

/** `ggtt 0x1000` of one of the command's addresses. */
export function place({ decoded }: Subject, index = 0): string {
  return addressText(decoded.addresses[index]);
}

export function placeNamed({ decoded }: Subject, name: string): string {
  return addressText(decoded.addresses.find((address) => address.name === name));
}

function addressText(found: DecodedAddress | undefined): string {
  return found === undefined ? 'nowhere' : `${found.space} ${hex(found.address)}`;
}

/** One dword or, where the next is not 0, two. */
export function immediate(dwords: readonly number[], index: number): string {
  const high = at(dwords, index + 1);
  return high === 0 ? hex(at(dwords, index)) : `${hex(high)}_${hex(at(dwords, index), 8).slice(2)}`;
}

export function register(operand: number, nameOf: RegisterNamer): string {
  const offset = operand & REGISTER;
  return nameOf(offset) ?? hex(offset);
}

export function at(dwords: readonly number[], index: number): number {
  return (dwords[index] ?? 0) >>> 0;
}

export function hex(value: number, digits = 1): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}
