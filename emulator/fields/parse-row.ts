import type { ArrayRow, FieldRow, FieldType, GroupRow } from './field-row.ts';

/**
 * A row of the table of fields, without the generations before it. Parts are separated by `|`:
 *
 *     iNAME|opcode,mask,bias,length,engines|member…     a command; opcode and mask are bits 31:16, hexadecimal
 *     sNAME|length|member…                              a structure
 *     rNAME|length,offset|member…                       a register; offset hexadecimal
 *     eNAME|values                                      names of values, used by fields of type %NAME
 *
 * A member is a field, `name@start-end`, with a letter for its type and `{values` behind (no `-end` for one bit), or an
 * array: `>count,start,size`, its members, `<`. Types: none unsigned, `i` signed, `b` boolean, `f` float, `a` address,
 * `o` offset, `m` and `z` must be one or zero, `U4.8` and `S4.8` fixed-point, `%NAME` a structure or an enumeration.
 * Values are separated by `;`, and stand for 0, 1, 2 … or, behind `5=`, for 5, 6 …
 */
export function parseGroup(
  row: string,
  valuesNamed: (name: string) => Values | undefined,
): GroupRow {
  const [head = '', about = '', ...parts] = row.split('|');
  const kind = KINDS[head.charAt(0)] ?? 'struct';
  const members = new Members(parts, valuesNamed).read();
  const base = { kind, name: head.slice(1), opcode: 0, mask: 0, bias: 1, engines: '', offset: 0 };
  const [first = '', second = '', bias = '1', length = '', engines = ''] = about.split(',');
  if (kind === 'instruction') {
    const opcode = Number.parseInt(first, 16);
    const mask = Number.parseInt(second, 16);
    return { ...base, length: Number(length), opcode, mask, bias: Number(bias), engines, members };
  }
  const offset = kind === 'register' ? Number.parseInt(second, 16) : 0;
  return { ...base, length: Number(first), offset, members };
}

export type Values = ReadonlyMap<number, string>;

export function parseValues(text: string): Values {
  const values = new Map<number, string>();
  let next = 0;
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    if (equals >= 0) next = Number(part.slice(0, equals));
    values.set(next++, part.slice(equals + 1));
  }
  return values;
}

const KINDS: Readonly<Record<string, GroupRow['kind']>> = {
  i: 'instruction',
  s: 'struct',
  r: 'register',
};

const TYPES: Readonly<Record<string, FieldType>> = {
  '': 'uint',
  i: 'int',
  b: 'bool',
  f: 'float',
  a: 'address',
  o: 'offset',
  m: 'reserved',
  z: 'reserved',
  U: 'fixed',
  S: 'fixed',
  '%': 'struct',
};

const FIELD = /^([^@]*)@(\d+)(?:-(\d+))?([^{]?)([^{]*)(?:\{(.*))?$/;

class Members {
  readonly #parts: readonly string[];
  readonly #valuesNamed: (name: string) => Values | undefined;
  #next = 0;

  constructor(parts: readonly string[], valuesNamed: (name: string) => Values | undefined) {
    this.#parts = parts;
    this.#valuesNamed = valuesNamed;
  }

  /** Up to the end of the array, or of the row; in order of their places. */
  read(): (FieldRow | ArrayRow)[] {
    const members: (FieldRow | ArrayRow)[] = [];
    while (this.#next < this.#parts.length) {
      const part = this.#parts[this.#next++] ?? '';
      if (part === '<') break;
      members.push(part.startsWith('>') ? this.#array(part) : this.#field(part));
    }
    return members.sort((one, other) => one.start - other.start);
  }

  #array(part: string): ArrayRow {
    const [count = 0, start = 0, size = 0] = part.slice(1).split(',').map(Number);
    return { count, start, size, members: this.read() };
  }

  /** @throws for a part that is no field: a wrong table */
  #field(part: string): FieldRow {
    const match = FIELD.exec(part);
    const type = TYPES[match?.[4] ?? ''];
    if (match === null || type === undefined) throw new Error(`"${part}" describes no field.`);
    const [, name = '', start, end = start, letter, rest = '', values] = match;
    const named = type === 'struct' ? this.#valuesNamed(rest) : undefined;
    return {
      name,
      start: Number(start),
      end: Number(end),
      type: named === undefined ? type : 'uint',
      fraction: type === 'fixed' ? Number(rest.split('.')[1]) : 0,
      isSigned: letter === 'i' || letter === 'S',
      struct: type === 'struct' && named === undefined ? rest : undefined,
      values: values === undefined ? named : parseValues(values),
    };
  }
}
