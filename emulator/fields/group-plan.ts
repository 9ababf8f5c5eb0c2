import { type ArrayRow, type FieldRow, type GroupRow, isArray } from './field-row.ts';

/** Where structures that fields are of can be found. */
export interface StructSource {
  struct(name: string): GroupPlan | undefined;
}

/** A group made ready to be decoded: its fields in a row, arrays of known length laid out. */
export interface GroupPlan {
  readonly row: GroupRow;
  readonly fields: readonly FieldPlan[];
  /** Elements that come as often as there is room, behind all else. */
  readonly tail: TailPlan | undefined;
  /** Of a command: its length field. */
  readonly lengthField: FieldPlan | undefined;
}

export interface TailPlan {
  /** First bit, and bits from one element to the next. */
  readonly start: number;
  readonly size: number;
  /** Of the first element, at bit 0. */
  readonly fields: readonly FieldPlan[];
}

export interface FieldPlan {
  readonly row: FieldRow;
  /** With its place in arrays: `Read Length[0]`. */
  readonly name: string;
  /** First bit and number of bits. */
  readonly start: number;
  readonly width: number;
  /** Of a structure. */
  readonly struct: GroupPlan | undefined;
}

const LENGTH_FIELD = 'DWord Length';

export function planOf(row: GroupRow, structs: StructSource): GroupPlan {
  const tail = row.members.filter(isArray).find(({ count }) => count === 0);
  const fields = [...flat(row.members, 0, '', structs)];
  return {
    row,
    fields,
    tail: tail && {
      start: tail.start,
      size: tail.size,
      fields: [...flat(tail.members, 0, '', structs)],
    },
    lengthField: fields.find(({ name }) => name === LENGTH_FIELD),
  };
}

function* flat(
  members: readonly (FieldRow | ArrayRow)[],
  base: number,
  place: string,
  structs: StructSource,
): Iterable<FieldPlan> {
  for (const member of members) {
    if (!isArray(member)) {
      yield fieldPlan(member, base, place, structs);
      continue;
    }
    const { count, start, size } = member;
    for (let index = 0; index < count; index++) {
      yield* flat(member.members, base + start + index * size, `${place}[${index}]`, structs);
    }
  }
}

function fieldPlan(row: FieldRow, base: number, place: string, structs: StructSource): FieldPlan {
  const struct = row.struct === undefined ? undefined : structs.struct(row.struct);
  return {
    row,
    name: `${row.name}${place}`,
    start: base + row.start,
    width: row.end - row.start + 1,
    struct,
  };
}

/** Dwords of a command, 1 or more, as its first one says. */
export function commandLength({ row, lengthField }: GroupPlan, dword: number): number {
  if (lengthField === undefined) return Math.max(1, row.length);
  const { start, width } = lengthField;
  return Math.max(1, ((dword >>> start) & (2 ** width - 1)) + row.bias);
}
