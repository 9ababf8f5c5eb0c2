import {
  configRegisterAt,
  dwordName,
  fieldText,
  fieldValue,
  forEachDword,
  graphicsAddressOf,
  hex,
  isInGgtt,
  PAGE_BYTES,
  PTE_BYTES,
  pteOffsetOf,
  REGISTER_BYTES,
  type RegisterDirectory,
  type RegisterField,
  type ShownValue,
  wholeEntryText,
} from '../../timeline/index.ts';
import { Space } from '../../trace/index.ts';
import type { TraceDocument } from '../document.ts';
import { type Access, accessOn, lastWrite } from '../index/access.ts';
import { code, paragraphs, plain, table } from './markdown.ts';
import { registerText } from './register-text.ts';

/** What the access on a line means, in Markdown. */
export function accessHover(document: TraceDocument, line: number): string | undefined {
  const access = accessOn(document.index.columns, line);
  if (access === undefined) return undefined;
  switch (access.space) {
    case Space.mmio:
      return isInGgtt(access.offset)
        ? entryHover(document, access)
        : registerHover(document, access);
    case Space.config:
      return configHover(document, access);
    case Space.aperture:
      return apertureHover(document, access);
    default:
      return `${accessTitle(access)} of I/O port ${code(hex(access.offset, 2))}`;
  }
}

function registerHover(document: TraceDocument, access: Access): string {
  const { directory } = document.index.tables;
  const parts: string[] = [];
  forEachShown(document, access, (offset, before, after, mask) => {
    const info = offset < REGISTER_BYTES ? directory.at(offset) : undefined;
    const half = isUpper(access, offset) ? upperText(access, directory) : undefined;
    if (info === undefined) {
      const what = half === undefined ? '' : ` ${half}`;
      parts.push(`**mmio ${hex(offset, 6)}**: no register of this platform is known here.${what}`);
      return;
    }
    parts.push(
      registerText(info, offset),
      half ?? '',
      changeText(access, before, after),
      fieldsTable(info.fields, access, before, after, mask),
    );
  });
  return paragraphs(...parts);
}

/** Whether this is the second dword of a 64-bit access. */
function isUpper({ size, offset }: Access, dword: number): boolean {
  return size > 4 && dword !== offset - (offset % 4);
}

function upperText({ offset }: Access, directory: RegisterDirectory): string {
  const lower = offset < REGISTER_BYTES ? directory.at(offset) : undefined;
  const name = lower === undefined ? code(hex(offset, 6)) : plain(dwordName(lower, offset));
  return `Upper half of ${name}.`;
}

function configHover(document: TraceDocument, access: Access): string {
  const info = configRegisterAt(access.offset, document.index.tables.directory);
  if (info === undefined) return `**config ${hex(access.offset, 2)}**`;
  const parts = [`**${plain(info.name)}** — configuration space ${code(hex(info.offset, 2))}`];
  const shift = (info.offset % 4) * 8;
  const moved = info.fields.map((field) => ({
    ...field,
    low: field.low + shift,
    high: field.high + shift,
  }));
  forEachShown(document, access, (_offset, before, after, mask) => {
    parts.push(fieldsTable(moved, access, before, after, mask));
  });
  return paragraphs(...parts);
}

/** Calls back for each dword with what it held before and holds after, as far as the text tells. */
function forEachShown(
  document: TraceDocument,
  { line, isWrite }: Access,
  visit: (offset: number, before: ShownValue, after: ShownValue, mask: number) => void,
): void {
  const { records, histories } = document.derived;
  const record = records.recordAt(line);
  if (record === undefined) return;
  const history = histories.at(record);
  forEachDword(records, record, (offset, value, mask) => {
    const space = records.space(record);
    const before = history.at(space, offset);
    const after = isWrite
      ? history.afterWrite(space, offset, value, mask)
      : { value, known: records.valueKnown(record) ? mask : 0 };
    visit(offset, before, after, mask);
  });
}

function accessTitle({ isWrite, size }: Access): string {
  return `${isWrite ? 'Write' : 'Read'} of ${size * 8} bits`;
}

/** `0x00000040 → 0x00000080`, as far as both are known. */
function changeText(access: Access, before: ShownValue, after: ShownValue): string {
  if (!access.valueKnown) return 'The answer is not recorded.';
  const [old, next] = [shown(before), shown(after)];
  if (!access.isWrite)
    return `Answer: ${code(next)}${old === next || before.known === 0 ? '' : `, shown before as ${code(old)}`}`;
  return old === next ? `Stays ${code(next)}` : `${code(old)} → ${code(next)}`;
}

/** Hexadecimal, with `?` for digits of which a bit is not known. */
function shown({ value, known }: ShownValue): string {
  let text = '0x';
  for (let shift = 28; shift >= 0; shift -= 4) {
    const isKnown = ((known >>> shift) & 0xf) === 0xf;
    text += isKnown ? ((value >>> shift) & 0xf).toString(16) : '?';
  }
  return text;
}

function fieldsTable(
  fields: readonly RegisterField[],
  access: Access,
  before: ShownValue,
  after: ShownValue,
  mask: number,
): string {
  if (fields.length === 0 || !access.valueKnown) return '';
  const rows = fields
    .filter((field) => (maskOf(field) & mask) !== 0)
    .map((field) => {
      const bits = field.low === field.high ? `${field.low}` : `${field.high}:${field.low}`;
      return [plain(field.name), bits, fieldChange(field, before, after)];
    });
  return table(['field', 'bits', 'value'], rows);
}

function fieldChange(field: RegisterField, before: ShownValue, after: ShownValue): string {
  const mask = maskOf(field);
  const text = ({ value, known }: ShownValue) =>
    (known & mask) >>> 0 === mask ? fieldText(field, fieldValue(field, value)) : '?';
  const [old, next] = [text(before), text(after)];
  if (old === next || old === '?') return plain(next);
  return `${plain(old)} → **${plain(next)}**`;
}

function maskOf({ low, high }: RegisterField): number {
  return (2 ** (high + 1) - 2 ** low) >>> 0;
}

function entryHover(document: TraceDocument, access: Access): string {
  const address = graphicsAddressOf(access.offset);
  const isHalf = access.size < 8;
  const half = isHalf ? (access.offset % 8 < 4 ? ', its low half' : ', its high half') : '';
  const title = `**GGTT entry** of graphics address ${code(hex(address, 8))}${half} — BAR0 ${code(hex(access.offset, 6))}`;
  if (!access.valueKnown) return paragraphs(title, 'The answer is not recorded.');
  const [low, high] = entryValue(document, access);
  if (low === undefined) {
    return paragraphs(
      title,
      `Frame bits 45:32 = ${code(hex((high ?? 0) & 0x3fff))}; the low half is not known here.`,
    );
  }
  return paragraphs(
    title,
    `${code(`${hex(high ?? 0, 8)}${low.toString(16).padStart(8, '0')}`)}: ${plain(wholeEntryText(low, high ?? 0))}`,
    table(
      ['field', 'bits', 'value'],
      [
        ['present', '0', (low & 1) === 1 ? 'yes' : 'no'],
        [
          'frame',
          '45:12',
          code(hex(((low & 0xfffff000) >>> 0) + ((high ?? 0) & 0x3fff) * 2 ** 32)),
        ],
      ],
    ),
    high === undefined ? 'The high half is not known here.' : '',
  );
}

/** Both halves, the other one as it was last shown above. */
function entryValue(
  document: TraceDocument,
  access: Access,
): [number | undefined, number | undefined] {
  const { low, high, offset, size } = access;
  if (size >= 8) return [low, high];
  const isLow = offset % 8 < 4;
  const other = isLow ? offset + 4 : offset - 4;
  const { columns } = document.index;
  const place = { space: Space.mmio, first: other, end: other + 4 };
  const line = lastWrite(columns, access.line, place);
  const before = line === undefined ? undefined : accessOn(columns, line);
  // A write of the whole entry has the other half in its own.
  const value = before?.size === 8 && isLow ? before.high : before?.low;
  return isLow ? [low, value] : [value, low];
}

function apertureHover(document: TraceDocument, access: Access): string {
  const { columns } = document.index;
  const entry = pteOffsetOf(access.offset);
  const line = lastWrite(columns, access.line, {
    space: Space.mmio,
    first: entry,
    end: entry + PTE_BYTES,
  });
  const title = `**Aperture** at graphics address ${code(hex(access.offset, 8))}: ${accessTitle(access).toLowerCase()} `;
  const written = line === undefined ? undefined : accessOn(columns, line);
  if (line === undefined || written === undefined) {
    return paragraphs(title, 'No line above writes the entry that translates it.');
  }
  const target = entryText(document, written, access.offset);
  return paragraphs(title, `Its entry, last written on line ${line + 1}, ${target}.`);
}

/** Where an address is led by the entry that an access writes: `leads to guest memory …`. */
export function entryText(document: TraceDocument, written: Access, address: number): string {
  const [low, high] = entryValue(document, written);
  if (low === undefined || (low & 1) === 0) return 'is not present';
  const frame = ((low & 0xfffff000) >>> 0) + ((high ?? 0) & 0x3fff) * 2 ** 32;
  return `leads to guest memory ${code(hex(frame + (address % PAGE_BYTES), 8))}`;
}
