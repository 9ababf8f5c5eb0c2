import { blitText, copyText, fillText } from './blit-text.ts';
import type { CommandRow } from './command-row.ts';
import { decodeCommand } from './decode.ts';
import { mathText } from './math-text.ts';
import {
  at,
  fieldsText,
  hex,
  immediate,
  meaningIn,
  place,
  type RegisterNamer,
  register,
  type Subject,
  valueIn,
} from './operand-text.ts';

/** Dwords of a command without a text of its own that a line shows. */
const SHOWN_DWORDS = 6;
/** Registers that one line shows. */
const SHOWN_LOADS = 8;

/**
 * One line for people: `MI_STORE_DATA_IMM ggtt 0x37ffe100 ← 0x1`. `others` tells the operands of commands without
 * fields of their own; where it does not, their dwords are shown.
 */
export function disassemble(
  row: CommandRow,
  dwords: readonly number[],
  nameOf: RegisterNamer,
  others?: () => string | undefined,
): string {
  const subject: Subject = { dwords, decoded: decodeCommand(row, dwords), nameOf };
  const textFor = TEXTS[row.name] ?? textOf(row);
  const other = textFor === plainText ? others?.() : undefined;
  const text = other ?? textFor(subject);
  return text === '' ? row.name : `${row.name} ${text}`;
}

type Text = (subject: Subject) => string;

/** How commands are shown that have no text of their own. */
function textOf({ family, fields, length }: CommandRow): Text {
  if (family === '2D') return blitText;
  if (fields !== undefined) return (subject) => fieldsText(subject);
  return 'dwords' in length && length.dwords === 1 ? () => '' : plainText;
}

const TEXTS: Readonly<Record<string, Text>> = {
  MI_NOOP: ({ dwords }) => (at(dwords, 0) === 0 ? '' : `id ${hex(at(dwords, 0) & 0x3fffff)}`),
  MI_DISPLAY_FLIP: flipText,
  MI_MATH: mathText,
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
  MI_RS_STORE_DATA_IMM: (subject) => `${place(subject)} ← ${hex(valueIn(subject, 'data'))}`,
  MI_REPORT_PERF_COUNT: (subject) => `${place(subject)} id ${hex(valueIn(subject, 'reportId'))}`,
  MI_LOAD_URB_MEM: (subject) => `urb ${hex(valueIn(subject, 'urbAddress'))} ← ${place(subject)}`,
  MI_STORE_URB_MEM: (subject) => `${place(subject)} ← urb ${hex(valueIn(subject, 'urbAddress'))}`,
  MI_CLFLUSH: (subject) => place(subject),
  MI_SET_CONTEXT: (subject) => [place(subject), fieldsText(subject)].filter(Boolean).join(' '),
  MI_SEMAPHORE_WAIT: (subject) => {
    const polled = subject.decoded.addresses.length === 0;
    const target = polled ? register(at(subject.dwords, 2), subject.nameOf) : place(subject);
    return `${target}: ${meaningIn(subject, 'compareOperation')} ${hex(at(subject.dwords, 1))}`;
  },
  MI_BATCH_BUFFER_START: (subject) =>
    `${place(subject)}${meaningIn(subject, 'level') === 'second' ? ', second level' : ''}`,
  MI_CONDITIONAL_BATCH_BUFFER_END: (subject) =>
    `unless ${place(subject)} > ${hex(at(subject.dwords, 1))}`,
  MI_ATOMIC: (subject) => `${meaningIn(subject, 'operation')} ${place(subject)}`,
  MI_FLUSH_DW: (subject) =>
    [postSync(subject, 3), fieldsText(subject, TOLD)].filter(Boolean).join(', '),
  PIPE_CONTROL: (subject) =>
    [fieldsText(subject, TOLD), postSync(subject, 4)].filter(Boolean).join(', '),
  COLOR_BLT: fillText,
  SRC_COPY_BLT: copyText,
  XY_COLOR_BLT: fillText,
  XY_SRC_COPY_BLT: copyText,
  XY_SRC_COPY_CHROMA_BLT: copyText,
  XY_FAST_COPY_BLT: copyText,
  XY_SETUP_CLIP_BLT: (subject) => fieldsText(subject),
  XY_PIXEL_BLT: (subject) => fieldsText(subject),
  XY_SCANLINES_BLT: (subject) => fieldsText(subject),
};

function flipText(subject: Subject): string {
  const tiling = meaningIn(subject, 'tileMode');
  const surface = [place(subject), tiling, `stride ${hex(valueIn(subject, 'stride'))}`];
  const flip = `${meaningIn(subject, 'plane')} ← ${surface.filter(Boolean).join(' ')}`;
  return [flip, meaningIn(subject, 'flipType')].filter(Boolean).join(', ');
}

function loadsText({ dwords, nameOf, decoded }: Subject): string {
  const pairs = Math.floor((Math.min(dwords.length, decoded.length) - 1) / 2);
  const loads = Array.from({ length: Math.min(pairs, SHOWN_LOADS) }, (_, pair) => {
    const value = hex(at(dwords, pair * 2 + 2), 8);
    return `${register(at(dwords, pair * 2 + 1), nameOf)} ← ${value}`;
  });
  if (pairs > SHOWN_LOADS) loads.push(`${pairs - SHOWN_LOADS} more`);
  return loads.join(', ');
}

/** Fields that tell what a post-sync operation is; its text says that. */
const TOLD: ReadonlySet<string> = new Set([
  'addressSpace',
  'postSyncOperation',
  'storeDataIndex',
  'statusPageOffset',
  'lriPostSync',
  'register',
  'data',
  'dataUpper',
]);

/** What a flush writes when it is done: a register, or memory. */
function postSync(subject: Subject, data: number): string {
  if (valueIn(subject, 'lriPostSync') === 1) {
    const target = register(at(subject.dwords, 2), subject.nameOf);
    return `${target} ← ${hex(at(subject.dwords, data), 8)}`;
  }
  const operation = meaningIn(subject, 'postSyncOperation');
  if (operation === 'none' || operation === '') return '';
  const indexed = valueIn(subject, 'storeDataIndex') === 1;
  const target = indexed
    ? `status page ${hex(valueIn(subject, 'statusPageOffset'))}`
    : place(subject);
  if (operation !== 'write immediate') return `${operation} to ${target}`;
  return `${target} ← ${immediate(subject.dwords, data)}`;
}

function plainText({ dwords }: Subject): string {
  const shown = dwords.slice(1, 1 + SHOWN_DWORDS).map((dword) => hex(dword >>> 0, 8).slice(2));
  return dwords.length - 1 > SHOWN_DWORDS ? `${shown.join(' ')} …` : shown.join(' ');
}
