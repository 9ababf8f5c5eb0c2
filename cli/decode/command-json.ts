import {
  type CommandTree,
  type FieldValue,
  meaningOf,
  plainText,
  type StateTree,
} from '../../emulator/index.ts';

/** Addresses and dwords are hexadecimal texts, as JSON has no numbers of 64 bits. */
export function commandJson({ name, address, words, fields, state }: CommandTree): object {
  return {
    address: hex(address),
    name: name ?? null,
    dwords: words.map(dword),
    fields: fields.map(fieldJson),
    ...(state.length === 0 ? {} : { state: state.map(stateJson) }),
  };
}

export function stateJson({ fields, words, address, offset, ...state }: StateTree): object {
  return {
    ...state,
    address: hex(address),
    ...(offset === undefined ? {} : { offset: hex(offset) }),
    dwords: words.map(dword),
    ...(fields.length === 0 ? {} : { fields: fields.map(fieldJson) }),
  };
}

function fieldJson(field: FieldValue): object {
  const { name, bit, plan, fields } = field;
  const meaning = meaningOf(field);
  return {
    name,
    dword: bit >>> 5,
    bits: [bit % 32, (bit % 32) + plan.width - 1],
    ...(fields.length > 0 ? { struct: plan.row.struct } : { value: plainText(field) }),
    ...(meaning === undefined ? {} : { meaning }),
    ...(fields.length > 0 ? { fields: fields.map(fieldJson) } : {}),
  };
}

function dword(word: number): string {
  return `0x${word.toString(16).padStart(8, '0')}`;
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
