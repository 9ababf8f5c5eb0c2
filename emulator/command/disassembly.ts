import type { CommandRow } from './command-row.ts';
import { type DecodedAddress, type DecodedCommand, decodeCommand } from './decode.ts';

/** Name of a register at a BAR0 offset, or undefined where it has none. */
export type RegisterNamer = (offset: number) => string | undefined;

/** Dwords of a command without a text of its own that a line shows. */
const SHOWN_DWORDS = 6;
/** Register offset in a command: bits 22:2. */
const REGISTER = 0x7ffffc;

/** One line for people: `MI_STORE_DATA_IMM ggtt 0x37ffe100 ← 0x1`. */
export function disassemble(
  row: CommandRow,
  dwords: readonly number[],
  nameOf: RegisterNamer,
): string {
  const decoded = decodeCommand(row, dwords);
  const text = TEXTS[row.name]?.({ dwords, decoded, nameOf }) ?? plainText(dwords);
  return text === '' ? row.name : `${row.name} ${text}`;
}

interface Subject {
  readonly dwords: readonly number[];
  readonly decoded: DecodedCommand;
  readonly nameOf: RegisterNamer;
}

const TEXTS: Readonly<Record<string, (subject: Subject) => string>> = {
  MI_NOOP: ({ dwords }) => (at(dwords, 0) === 0 ? '' : `id ${hex(at(dwords, 0) & 0x3fffff)}`),
  MI_USER_INTERRUPT: () => '',
  MI_BATCH_BUFFER_END: () => '',
  MI_ARB_CHECK: () => '',
  MI_ARB_ON_OFF: flags,
  MI_SET_PREDICATE: flags,
  MI_PREDICATE: flags,
  MI_STORE_DATA_IMM: (subject) => `${place(subject)} ← ${immediate(subject.dwords, 3)}`,
  MI_STORE_DATA_INDEX: ({ dwords }) =>
    `status page ${hex(at(dwords, 1) & 0xffc)} ← ${immediate(dwords, 2)}`,
  MI_LOAD_REGISTER_IMM: loadsText,
  MI_LOAD_REGISTER_REG: ({ dwords, nameOf }) =>
    `${register(at(dwords, 2), nameOf)} ← ${register(at(dwords, 1), nameOf)}`,
  MI_LOAD_REGISTER_MEM: (subject) =>
    `${register(at(subject.dwords, 1), subject.nameOf)} ← ${place(subject)}`,
  MI_STORE_REGISTER_MEM: (subject) =>
    `${place(subject)} ← ${register(at(subject.dwords, 1), subject.nameOf)}`,
  MI_COPY_MEM_MEM: (subject) => `${place(subject, 0)} ← ${place(subject, 1)}`,
  MI_SEMAPHORE_WAIT: (subject) =>
    `${place(subject)}: ${meaning(subject, 'compareOperation')} ${hex(at(subject.dwords, 1))}`,
  MI_BATCH_BUFFER_START: (subject) =>
    `${place(subject)}${meaning(subject, 'level') === 'second' ? ', second level' : ''}`,
  MI_CONDITIONAL_BATCH_BUFFER_END: (subject) =>
    `unless ${place(subject)} > ${hex(at(subject.dwords, 1))}`,
  MI_ATOMIC: (subject) => `${meaning(subject, 'operation')} ${place(subject)}`,
  MI_FLUSH_DW: (subject) => [postSync(subject, 3), flags(subject)].filter(Boolean).join(', '),
  PIPE_CONTROL: (subject) => [flags(subject), postSync(subject, 4)].filter(Boolean).join(', '),
};

function loadsText({ dwords, nameOf }: Subject): string {
  const loads: string[] = [];
  for (let index = 1; index + 1 < dwords.length; index += 2) {
    loads.push(`${register(at(dwords, index), nameOf)} ← ${hex(at(dwords, index + 1), 8)}`);
  }
  return loads.join(', ');
}

/** Fields that tell what a post-sync write is; its text says that. */
const TOLD = new Set(['addressSpace', 'postSyncOperation', 'storeDataIndex', 'data', 'dataUpper']);

/** Names of the bits that are set, and of the values of wider fields. */
function flags({ decoded }: Subject): string {
  return decoded.fields
    .filter(
      ({ name, value, meaning: text }) => !TOLD.has(name) && (value !== 0 || text !== undefined),
    )
    .map(({ name, meaning: text }) => (text === undefined ? name : `${name} ${text}`))
    .join(' ');
}

function postSync(subject: Subject, data: number): string {
  const operation = meaning(subject, 'postSyncOperation');
  if (operation === 'none' || operation === '') return '';
  const indexed = subject.decoded.fields.some(
    ({ name, value }) => name === 'storeDataIndex' && value === 1,
  );
  const [address] = subject.decoded.addresses;
  const target = indexed ? `status page ${hex((address?.address ?? 0) % 4096)}` : place(subject);
  if (operation !== 'write immediate') return `${operation} to ${target}`;
  return `${target} ← ${immediate(subject.dwords, data)}`;
}

function meaning({ decoded }: Subject, field: string): string {
  const found = decoded.fields.find(({ name }) => name === field);
  return found?.meaning ?? '';
}

function place({ decoded }: Subject, index = 0): string {
  const found: DecodedAddress | undefined = decoded.addresses[index];
  return found === undefined ? 'nowhere' : `${found.space} ${hex(found.address)}`;
}

function immediate(dwords: readonly number[], index: number): string {
  const high = at(dwords, index + 1);
  return high === 0 ? hex(at(dwords, index)) : `${hex(high)}_${hex(at(dwords, index), 8).slice(2)}`;
}

function register(operand: number, nameOf: RegisterNamer): string {
  const offset = operand & REGISTER;
  return nameOf(offset) ?? hex(offset);
}

function plainText(dwords: readonly number[]): string {
  const shown = dwords.slice(1, 1 + SHOWN_DWORDS).map((dword) => hex(dword, 8).slice(2));
  return dwords.length - 1 > SHOWN_DWORDS ? `${shown.join(' ')} …` : shown.join(' ');
}

function at(dwords: readonly number[], index: number): number {
  return (dwords[index] ?? 0) >>> 0;
}

function hex(value: number, digits = 1): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}
