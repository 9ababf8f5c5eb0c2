import type { FieldPlan, GroupPlan } from './group-plan.ts';

/** A field with its value. */
export interface FieldValue {
  /** With its place in arrays: `Buffer[2]`. */
  readonly name: string;
  readonly plan: FieldPlan;
  /** First bit, from bit 0 of the first dword of what is decoded. */
  readonly bit: number;
  /** Lower 32 bits of the value and the bits above them. Addresses and offsets stand in their place: low bits are 0. */
  readonly low: number;
  readonly high: number;
  /** Of a structure; else empty. */
  readonly fields: readonly FieldValue[];
}

const NONE: readonly FieldValue[] = [];

/**
 * Takes a command, structure or register apart.
 * @param words its dwords; fields that begin behind the last are left out
 */
export function decodeGroup(plan: GroupPlan, words: readonly number[]): FieldValue[] {
  const values: FieldValue[] = [];
  decodeInto(values, plan, words, 0, words.length * 32);
  return values;
}

/** `base`: bit of `words` at which the group begins. */
function decodeInto(
  values: FieldValue[],
  { fields, tail }: GroupPlan,
  words: readonly number[],
  base: number,
  end: number,
): void {
  for (const field of fields) {
    if (base + field.start < end) values.push(decodeField(field, field.name, words, base, end));
  }
  if (tail === undefined) return;
  for (let index = 0; base + tail.start + index * tail.size < end; index++) {
    const element = base + tail.start + index * tail.size;
    for (const field of tail.fields) {
      if (element + field.start >= end) continue;
      values.push(decodeField(field, `${field.name}[${index}]`, words, element, end));
    }
  }
}

function decodeField(
  plan: FieldPlan,
  name: string,
  words: readonly number[],
  base: number,
  end: number,
): FieldValue {
  const bit = base + plan.start;
  const { width, struct, row } = plan;
  if (struct !== undefined) {
    const fields: FieldValue[] = [];
    decodeInto(fields, struct, words, bit, Math.min(end, bit + width));
    return { name, plan, bit, low: 0, high: 0, fields };
  }
  const shift = bit & 31;
  const word = bit >>> 5;
  if (shift + width <= 32) {
    const inPlace = row.type === 'address' || row.type === 'offset';
    const mask = width === 32 ? -1 : (1 << width) - 1;
    const first = words[word] ?? 0;
    const low = inPlace ? first & (mask << shift) : (first >>> shift) & mask;
    return { name, plan, bit, low: low >>> 0, high: 0, fields: NONE };
  }
  return wideField(plan, name, words, bit);
}

/** A field of more than one dword; of those of more than 64 bits the lowest 64. */
function wideField(
  plan: FieldPlan,
  name: string,
  words: readonly number[],
  bit: number,
): FieldValue {
  const word = bit >>> 5;
  const shift = bit & 31;
  const { type } = plan.row;
  const inPlace = type === 'address' || type === 'offset';
  const width = Math.min(plan.width, inPlace ? 64 - shift : 64);
  const [first, second, third] = [words[word] ?? 0, words[word + 1] ?? 0, words[word + 2] ?? 0];
  if (inPlace) {
    const top = shift + width - 32;
    const low = first & (-1 << shift);
    const high = top >= 32 ? second : second & ((1 << top) - 1);
    return { name, plan, bit, low: low >>> 0, high: high >>> 0, fields: NONE };
  }
  const low = shift === 0 ? first : (first >>> shift) | (second << (32 - shift));
  const above = shift === 0 ? second : (second >>> shift) | (third << (32 - shift));
  const high = width >= 64 ? above : above & (2 ** (width - 32) - 1);
  return { name, plan, bit, low: low >>> 0, high: high >>> 0, fields: NONE };
}
