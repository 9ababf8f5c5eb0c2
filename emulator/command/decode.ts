import type { CommandRow } from './command-row.ts';

/** A field with its value. */
export interface DecodedField {
  readonly name: string;
  readonly dword: number;
  /** Inclusive bit positions. */
  readonly low: number;
  readonly high: number;
  /** Unsigned; address-like fields in place. */
  readonly value: number;
  /** Name of the value, where the table has one. */
  readonly meaning?: string;
}

export interface DecodedAddress {
  /** First of the two dwords. */
  readonly dword: number;
  readonly space: 'ggtt' | 'ppgtt';
  /** ≤ 48 bits, multiple of 4. */
  readonly address: number;
}

export interface DecodedCommand {
  readonly name: string;
  readonly fields: readonly DecodedField[];
  readonly addresses: readonly DecodedAddress[];
}

/** Takes a command apart. Dwords that are missing, as of a command that is cut off, give no field. */
export function decodeCommand(row: CommandRow, dwords: readonly number[]): DecodedCommand {
  const fields: DecodedField[] = [];
  for (const { name, dword, low, high, shift, values } of row.fields ?? []) {
    const word = dwords[dword];
    if (word === undefined) continue;
    const bits = Math.floor(word / 2 ** low) % 2 ** (high - low + 1);
    const meaning = values?.[bits];
    const value = bits * 2 ** (shift ?? 0);
    fields.push({ name, dword, low, high, value, ...(meaning === undefined ? {} : { meaning }) });
  }
  return { name: row.name, fields, addresses: addressesOf(row, dwords) };
}

function addressesOf(row: CommandRow, dwords: readonly number[]): DecodedAddress[] {
  return (row.addresses ?? []).flatMap((dword, index) => {
    const low = dwords[dword];
    if (low === undefined) return [];
    const high = (dwords[dword + 1] ?? 0) & 0xffff;
    const address = high * 2 ** 32 + ((low & 0xfffffffc) >>> 0);
    return [{ dword, space: spaceOf(row, dwords, index), address: clean(row, address) }];
  });
}

/** Bit 2 of MI_FLUSH_DW's address is its space. */
function clean({ name }: CommandRow, address: number): number {
  return name === 'MI_FLUSH_DW' ? address - (address % 8) : address;
}

/** Where a command says in which space its address lies: dword, bit, and what that bit set means. */
interface SpaceBit {
  readonly dword: number;
  readonly bit: number;
  readonly set: 'ggtt' | 'ppgtt';
}

const USE_GGTT: SpaceBit = { dword: 0, bit: 22, set: 'ggtt' };

/** By name; one for each of the command's addresses, or one for all. Others lie in the PPGTT (gvt-facts §10.7). */
const SPACE_BITS: Readonly<Record<string, readonly SpaceBit[]>> = {
  MI_SEMAPHORE_WAIT: [USE_GGTT],
  MI_STORE_DATA_IMM: [USE_GGTT],
  MI_STORE_REGISTER_MEM: [USE_GGTT],
  MI_LOAD_REGISTER_MEM: [USE_GGTT],
  MI_ATOMIC: [USE_GGTT],
  MI_CONDITIONAL_BATCH_BUFFER_END: [USE_GGTT],
  MI_COPY_MEM_MEM: [{ dword: 0, bit: 21, set: 'ggtt' }, USE_GGTT],
  MI_BATCH_BUFFER_START: [{ dword: 0, bit: 8, set: 'ppgtt' }],
  MI_FLUSH_DW: [{ dword: 1, bit: 2, set: 'ggtt' }],
  PIPE_CONTROL: [{ dword: 1, bit: 24, set: 'ggtt' }],
};

function spaceOf({ name }: CommandRow, dwords: readonly number[], index: number): 'ggtt' | 'ppgtt' {
  const bits = SPACE_BITS[name];
  const row = bits?.[index] ?? bits?.[0];
  if (row === undefined) return 'ppgtt';
  const isSet = (((dwords[row.dword] ?? 0) >>> row.bit) & 1) !== 0;
  if (isSet) return row.set;
  return row.set === 'ggtt' ? 'ppgtt' : 'ggtt';
}
