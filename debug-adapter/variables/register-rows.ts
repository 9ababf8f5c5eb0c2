import type { DataTarget, FieldView, RegisterView, TimelineSession } from '../../timeline/index.ts';
import { formatField, formatRegister, type NumberFormat } from './format.ts';
import { listOf, type Row } from './row.ts';

/** Where a register stands, for watches and data breakpoints. */
export interface RegisterPlace {
  readonly space: 'mmio' | 'config';
  /** Left out of the shown name: the container says it already (`RCS0.`). */
  readonly prefix?: string;
}

const MMIO: RegisterPlace = { space: 'mmio' };

/** A register with its fields below it. */
export function registerRow(
  session: TimelineSession,
  register: RegisterView,
  format: NumberFormat,
  place: RegisterPlace = MMIO,
): Row {
  const expression = registerExpression(register, place);
  const row: Row = {
    name: shortName(register.name, place.prefix),
    value: formatRegister(register, format),
    type: `${register.size * 8}-bit register, ${register.access}`,
    expression,
    settable: true,
    target: registerTarget(register, place.space),
    memory: { space: place.space, address: register.offset },
  };
  if (register.volatile === true) {
    // What it holds changes by itself: the client asks for it when the user wants to know.
    return { name: row.name, value: 'read on demand', lazy: true, children: listOf([row]) };
  }
  if (register.fields.length === 0) return row;
  return { ...row, children: { rows: () => fieldRows(session, register, format, place) } };
}

/** Rows with names that occur once: the tables have registers that stand in several places. */
export function registerRows(
  session: TimelineSession,
  registers: readonly RegisterView[],
  format: NumberFormat,
  place: RegisterPlace = MMIO,
): readonly Row[] {
  const taken = new Set<string>();
  return registers.map((register) => {
    const row = registerRow(session, register, format, place);
    const name = taken.has(row.name) ? `${row.name} @0x${register.offset.toString(16)}` : row.name;
    taken.add(name);
    return { ...row, name };
  });
}

export function registerTarget(register: RegisterView, space: RegisterPlace['space']): DataTarget {
  return { space, address: register.offset, size: register.size };
}

/** The part of a register's target that a field takes. */
export function fieldTarget(
  register: RegisterView,
  field: FieldView,
  space: RegisterPlace['space'],
): DataTarget {
  return { ...registerTarget(register, space), bits: { low: field.low, high: field.high } };
}

/** As they are when they are asked for: the register may have been changed since it was shown. */
async function fieldRows(
  session: TimelineSession,
  shown: RegisterView,
  format: NumberFormat,
  place: RegisterPlace,
): Promise<readonly Row[]> {
  const register = (await presentView(session, shown, place)) ?? shown;
  const expression = registerExpression(register, place);
  return register.fields.map((field) => ({
    name: field.name,
    value: register.value.known ? formatField(field, format) : 'unknown',
    type: bitsName(field),
    expression: `${expression}.${field.name}`,
    settable: true,
    target: fieldTarget(register, field, place.space),
  }));
}

async function presentView(
  session: TimelineSession,
  { name, offset }: RegisterView,
  { space }: RegisterPlace,
): Promise<RegisterView | undefined> {
  if (space === 'mmio') return await session.inspect({ kind: 'register', name });
  const all = await session.inspect({ kind: 'config' });
  return all.find((each) => each.offset === offset);
}

export function bitsName({ low, high }: { low: number; high: number }): string {
  return low === high ? `bit ${low}` : `bits ${high}:${low}`;
}

/** Registers without a name of their own are read by their offset. */
function registerExpression(register: RegisterView, place: RegisterPlace): string {
  if (place.space === 'config') return `config.${register.name}`;
  return /^[A-Za-z_]/.test(register.name)
    ? register.name
    : `mmio[0x${register.offset.toString(16)}]`;
}

function shortName(name: string, prefix: string | undefined): string {
  return prefix !== undefined && name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

/** The registers of one block, asked of the session when the block is opened. */
export async function blockRows(
  session: TimelineSession,
  block: string,
  format: NumberFormat,
): Promise<readonly Row[]> {
  const registers = await session.inspect({ kind: 'registers', block });
  return registerRows(session, registers, format, { space: 'mmio', prefix: `${block}.` });
}
