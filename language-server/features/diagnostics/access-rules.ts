import type { RegisterInfo } from '../../../emulator/index.ts';
import { BAR0_BYTES, GGTT_OFFSET, hex, isInGgtt, REGISTER_BYTES } from '../../../timeline/index.ts';
import { Space } from '../../../trace/index.ts';
import type { Access } from '../../index/access.ts';
import type { RegisterTables } from '../../registers/register-tables.ts';
import type { Finding, Fix } from './finding.ts';

/** A rule about one access to BAR0. `info`: the register at its offset. */
type AccessRule = (
  access: Access,
  info: RegisterInfo | undefined,
  tables: RegisterTables,
) => Finding | undefined;

const RULES: readonly AccessRule[] = [
  outsideBar,
  noRegister,
  wrongSize,
  oddPlace,
  readOnly,
  maskedNothing,
  entrySize,
  impossibleAnswer,
];

/** What the register tables say against an access that somebody wrote by hand. */
export function accessFindings(access: Access, tables: RegisterTables): readonly Finding[] {
  if (access.space !== Space.mmio) return [];
  const { offset } = access;
  const info = offset < REGISTER_BYTES ? tables.directory.at(offset) : undefined;
  return RULES.map((rule) => rule(access, info, tables)).filter((found) => found !== undefined);
}

function outsideBar({ offset, size }: Access): Finding | undefined {
  if (offset + size > BAR0_BYTES) {
    const message = `${hex(offset)} lies behind the end of BAR0, which has ${hex(BAR0_BYTES)} bytes.`;
    return { code: 'outside-bar', severity: 'error', message, part: 'place' };
  }
  if (offset < REGISTER_BYTES || offset >= GGTT_OFFSET) return undefined;
  const message = `${hex(offset)} lies between the registers, which end at ${hex(REGISTER_BYTES)}, and the GGTT, which begins at ${hex(GGTT_OFFSET)}: the access goes to neither.`;
  return { code: 'outside-bar', severity: 'warning', message, part: 'place' };
}

function noRegister({ offset }: Access, info: RegisterInfo | undefined, tables: RegisterTables) {
  if (info !== undefined || offset >= REGISTER_BYTES) return undefined;
  const message = `The tables of ${tables.title} have no register at ${hex(offset, 6)}: what is written there is stored, and has no effect.`;
  return { code: 'no-register', severity: 'information', message, part: 'place' } as const;
}

function wrongSize(
  { offset, size, isWrite, high }: Access,
  info: RegisterInfo | undefined,
  { directory }: RegisterTables,
): Finding | undefined {
  if (info === undefined || offset % size !== 0) return undefined;
  if (offset + size <= info.offset + info.size) return undefined;
  const next = directory.at(offset + size - 1);
  if (next !== undefined && isPair(info.name, next.name)) return undefined;
  const what = `${info.name} has ${info.size * 8} bits; this access of ${size * 8} also ${isWrite ? 'writes' : 'reads'}`;
  const other = next?.name ?? `${hex(info.offset + info.size, 6)}, where no register is known`;
  return {
    code: 'wrong-size',
    severity: 'warning',
    message: `${what} ${other}.`,
    part: 'keyword',
    fixes:
      info.size === 4 && high === 0
        ? [{ title: 'Access 32 bits', part: 'keyword', text: `${isWrite ? 'W' : 'R'}32` }]
        : [],
  };
}

/** Two registers that are the halves of one. */
function isPair(first: string, second: string): boolean {
  const stem = (name: string) => name.replace(/_?(?:LO|HI|LOW|HIGH|LDW|UDW)(?=$|\(|\[)/, '');
  return stem(first) === stem(second);
}

function oddPlace({ offset, size }: Access, info: RegisterInfo | undefined): Finding | undefined {
  if (offset >= REGISTER_BYTES || offset % size === 0) return undefined;
  if (info?.flags?.includes('unalign') === true) return undefined;
  const name = info === undefined ? hex(offset) : info.name;
  const message = `An access of ${size * 8} bits to ${name} has to begin at a multiple of ${size}; ${hex(offset)} is none, and the device refuses it.`;
  const start = hex(offset - (offset % size));
  const fixes: readonly Fix[] = [{ title: `Begin at ${start}`, part: 'place', text: start }];
  return { code: 'alignment', severity: 'warning', message, part: 'place', fixes };
}

function readOnly({ isWrite, size }: Access, info: RegisterInfo | undefined): Finding | undefined {
  if (!isWrite || info?.access !== 'ro') return undefined;
  const message = `${info.name} is read only: this write changes nothing.`;
  const title = 'Expect this value instead of writing it';
  const fixes: readonly Fix[] = [{ title, part: 'keyword', text: `R${size * 8}` }];
  return { code: 'read-only', severity: 'warning', message, part: 'keyword', fixes };
}

function maskedNothing(access: Access, info: RegisterInfo | undefined): Finding | undefined {
  if (!access.isWrite || info?.access !== 'masked' || access.offset % 4 !== 0) return undefined;
  const selects = access.size >= 4 ? access.low >>> 16 : 0;
  if (selects !== 0) return undefined;
  const why =
    access.size < 4
      ? `an access of ${access.size * 8} bits has none of them`
      : `the value ${hex(access.low, 8)} selects none`;
  const message = `${info.name} is written bit by bit: bits 31:16 of the value select which of bits 15:0 change, and ${why}. Nothing changes.`;
  const selected = hex(((access.low << 16) | access.low) >>> 0, 8);
  const fixes: readonly Fix[] =
    access.size === 4 && access.low !== 0
      ? [{ title: `Select the bits that it sets: ${selected}`, part: 'value', text: selected }]
      : [];
  return { code: 'masked-nothing', severity: 'warning', message, part: 'value', fixes };
}

function entrySize({ offset, size, isWrite }: Access): Finding | undefined {
  if (!isInGgtt(offset) || (size >= 4 && offset % size === 0)) return undefined;
  const message = `An entry of the GGTT is accessed as a whole, with 64 bits, or as halves, with 32; an access of ${size * 8} bits at ${hex(offset)} is refused.`;
  const text = `${isWrite ? 'W' : 'R'}64`;
  const fixes: readonly Fix[] =
    offset % 8 === 0 ? [{ title: 'Access the whole entry', part: 'keyword', text }] : [];
  return { code: 'entry-size', severity: 'warning', message, part: 'keyword', fixes };
}

/** Expectations that no device by these tables can fulfil, whatever happened before. */
function impossibleAnswer(access: Access, info: RegisterInfo | undefined): Finding | undefined {
  const { isWrite, valueKnown, offset, size, low } = access;
  if (isWrite || !valueKnown || info === undefined || offset % 4 !== 0 || size < 4)
    return undefined;
  if (info.volatile === true || info.fields.some(({ high }) => high > 15)) return undefined;
  const reset = info.reset?.value ?? 0;
  if (info.access === 'masked' && (low ^ reset) >>> 16 !== 0) {
    const message = `${info.name} cannot answer ${hex(low, 8)}: a write changes only bits 15:0, so that bits 31:16 stay ${hex(reset >>> 16, 4)}.`;
    const text = hex((((reset >>> 16) << 16) | (low & 0xffff)) >>> 0, 8);
    const fixes: readonly Fix[] = [{ title: `Expect ${text}`, part: 'value', text }];
    return { code: 'impossible', severity: 'warning', message, part: 'value', fixes };
  }
  return undefined;
}
