import type { Element } from './xml.ts';

const KINDS: Readonly<Record<string, string>> = {
  instruction: 'i',
  struct: 's',
  register: 'r',
  enum: 'e',
};
const TYPES: Readonly<Record<string, string>> = {
  uint: '',
  int: 'i',
  bool: 'b',
  float: 'f',
  address: 'a',
  offset: 'o',
  mbo: 'm',
  mbz: 'z',
};
/** Fields that name a surface format and list no names: their names are those of `isl.h`. */
const FORMATS: ReadonlySet<string> = new Set(['Surface Format', 'Source Element Format']);
/** Bits of dword 0 that tell commands apart. */
const OPCODE = { low: 16, high: 31 };

/** A row of the table, in the form that emulator/fields/parse-row.ts reads. */
export function encodeRow(group: Element): string {
  const { tag, children } = group;
  const head = `${KINDS[tag]}${text(group, 'name')}`;
  if (tag === 'enum') return `${head}|${valuesOf(group)}`;
  const rest = tag === 'instruction' ? instructionHead(group) : plainHead(group);
  const isOpcode = tag === 'instruction' ? isOpcodeField : () => false;
  const fields = children.filter((child) => !isOpcode(child)).map(encodeMember);
  return [head, rest, ...fields].join('|');
}

function plainHead(group: Element): string {
  const length = text(group, 'length');
  return group.tag === 'register' ? `${length},${number(group, 'num').toString(16)}` : length;
}

/** Opcode and mask, what is added to the length field, and engines where not all have it. */
function instructionHead(group: Element): string {
  let opcode = 0;
  let mask = 0;
  for (const child of group.children.filter(isOpcodeField)) {
    const [start, end] = [number(child, 'start'), number(child, 'end')];
    opcode |= number(child, 'default') << start;
    mask |= ((2 ** (end - start + 1) - 1) << start) >>> 0;
  }
  const bits = [opcode, mask].map((word) => (word >>> 0).toString(16).padStart(8, '0').slice(0, 4));
  const engines = (group.attributes.get('engine') ?? '').split('|').map((name) => name.charAt(0));
  return [
    ...bits,
    text(group, 'bias'),
    group.attributes.get('length') ?? '',
    engines.join(''),
  ].join(',');
}

function isOpcodeField(member: Element): boolean {
  return (
    member.attributes.has('default') &&
    number(member, 'start') >= OPCODE.low &&
    number(member, 'end') <= OPCODE.high
  );
}

function encodeMember(member: Element): string {
  if (member.tag === 'field') return encodeField(member);
  const place = ['count', 'start', 'size'].map((name) => number(member, name)).join();
  return [`>${place}`, ...member.children.map(encodeMember), '<'].join('|');
}

function encodeField(field: Element): string {
  const [start, end] = [number(field, 'start'), number(field, 'end')];
  const bits = start === end ? `${start}` : `${start}-${end}`;
  const name = text(field, 'name');
  const values = valuesOf(field);
  const formats = values === '' && FORMATS.has(name) ? '%Surface Format' : '';
  return `${name}@${bits}${formats || typeOf(text(field, 'type'))}${values && `{${values}`}`;
}

function typeOf(type: string): string {
  const fixed = /^([us])(\d+)\.(\d+)$/.exec(type);
  if (fixed !== null) return `${fixed[1]?.toUpperCase()}${fixed[2]}.${fixed[3]}`;
  return TYPES[type] ?? `%${type}`;
}

/** Names in order of their values; a value that is not the one before it plus 1 is told. */
function valuesOf(element: Element): string {
  const rows = element.children.map((row) => [number(row, 'value'), text(row, 'name')] as const);
  return valuesText(new Map(rows.reverse()));
}

/** Of several names of a value the first counts, as the map was filled from behind. */
export function valuesText(names: ReadonlyMap<number, string>): string {
  let next = 0;
  return [...names]
    .sort(([one], [other]) => one - other)
    .map(([value, name]) => {
      const told = value === next ? '' : `${value}=`;
      next = value + 1;
      return `${told}${name}`;
    })
    .join(';');
}

function text(element: Element, name: string): string {
  const value = element.attributes.get(name);
  if (value === undefined) {
    throw new Error(`<${element.tag} name="${element.attributes.get('name')}"> has no ${name}.`);
  }
  if (/[|;={}@%<>\\`$]/.test(value))
    throw new Error(`"${value}" has a letter that separates fields.`);
  return value;
}

function number(element: Element, name: string): number {
  const value = Number(text(element, name));
  if (Number.isSafeInteger(value)) return value;
  throw new Error(`${name}="${text(element, name)}" is no number.`);
}
