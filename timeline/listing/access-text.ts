import { RecordKind, Space } from '../../trace/index.ts';
import { configRegisterAt } from '../config-registers.ts';
import type { RecordSource } from '../record-source.ts';
import {
  dwordName,
  graphicsAddressOf,
  hex,
  isInGgtt,
  REGISTER_BYTES,
  type RegisterDirectory,
  type RegisterField,
} from '../register-directory.ts';
import { changedFieldsText, setFieldsText } from './field-text.ts';
import { forEachDword, type RegisterHistory } from './register-history.ts';

/** `R32` … `W64`. */
export function accessText(source: RecordSource, record: number): string {
  return `${source.kind(record) === RecordKind.write ? 'W' : 'R'}${source.size(record) * 8}`;
}

/** Where an access went: `RCS0.RING_TAIL`, `ggtt[0x04000000].low`, `aperture 0x04080000`, `config 0x04 COMMAND`. */
export function placeText(
  source: RecordSource,
  record: number,
  directory: RegisterDirectory,
): string {
  const offset = source.offset(record);
  switch (source.space(record)) {
    case Space.mmio:
      return mmioText(offset, source.size(record), directory);
    case Space.aperture:
      return `aperture ${hex(offset, 8)}`;
    case Space.config:
      return `config ${hex(offset, 2)} ${configRegisterAt(offset, directory)?.name ?? ''}`.trimEnd();
    case Space.io:
      return `io ${hex(offset, 2)}`;
    default:
      return `memory ${hex(offset, 8)}`;
  }
}

/** What was read or written, all digits of its size; `?` where the recording does not say. */
export function valueText(source: RecordSource, record: number): string {
  if (!source.valueKnown(record)) return '?';
  const size = source.size(record);
  const low = source.low(record);
  if (size <= 4) return hex(low, size * 2);
  return `${hex(source.high(record), 8)}${low.toString(16).padStart(8, '0')}`;
}

/** What the value says: entry, set fields of a read, changed fields of a write. */
export function meaningText(
  source: RecordSource,
  record: number,
  directory: RegisterDirectory,
  history: RegisterHistory,
): string {
  if (!source.valueKnown(record)) return 'answer not recorded';
  const space = source.space(record);
  if (space === Space.mmio && isInGgtt(source.offset(record), directory)) {
    return entryText(source, record);
  }
  if (space !== Space.mmio && space !== Space.config) return '';
  const parts: string[] = [];
  forEachDword(source, record, (offset, value, mask) => {
    const text =
      source.kind(record) === RecordKind.read
        ? setFieldsText(fieldsAt(space, offset, directory), value, mask)
        : writeText(history, space, offset, value, mask, directory);
    if (text !== '') parts.push(text);
  });
  return parts.join(', ');
}

function mmioText(offset: number, size: number, directory: RegisterDirectory): string {
  if (isInGgtt(offset, directory)) {
    return `ggtt[${hex(graphicsAddressOf(offset), 8)}]${entryPart(offset % 8, size)}`;
  }
  const info = offset < REGISTER_BYTES ? directory.at(offset) : undefined;
  if (!info) return `mmio ${hex(offset, 6)}`;
  const byte = offset % 4 === 0 ? '' : `+${offset % 4}`;
  return `${dwordName(info, offset)}${byte}`;
}

/** Which part of an entry an access is; `+N` where it begins at no half, or goes on into the next entry. */
function entryPart(byte: number, size: number): string {
  if (byte % 4 !== 0 || (size >= 8 && byte !== 0)) return `+${byte}`;
  if (size >= 8) return '';
  return byte === 0 ? '.low' : '.high';
}

/** Configuration registers of a dword, their fields moved to their place in it. */
function fieldsAt(
  space: number,
  offset: number,
  directory: RegisterDirectory,
): readonly RegisterField[] {
  if (space === Space.mmio) return directory.at(offset)?.fields ?? [];
  const fields: RegisterField[] = [];
  for (let byte = offset; byte < offset + 4; byte++) {
    const info = configRegisterAt(byte, directory);
    if (info?.offset !== byte) continue;
    const shift = (byte - offset) * 8;
    for (const field of info.fields) {
      fields.push({ ...field, low: field.low + shift, high: field.high + shift });
    }
  }
  return fields;
}

function writeText(
  history: RegisterHistory,
  space: number,
  offset: number,
  value: number,
  mask: number,
  directory: RegisterDirectory,
): string {
  const fields = fieldsAt(space, offset, directory);
  const before = history.at(space, offset);
  const after = history.afterWrite(space, offset, value, mask);
  const changed = (before.value ^ after.value) & before.known & after.known;
  const text = changedFieldsText(fields, before, after);
  if (text !== '') return text;
  const isW1c = space === Space.mmio && directory.at(offset)?.access === 'w1c';
  if (isW1c && fields.length > 0) return clearsText(fields, value);
  if (changed !== 0) return `was ${partText(before.value, mask)}`;
  return before.known === after.known && after.known !== 0 ? 'unchanged' : '';
}

/** The bytes of a dword that an access touched, at the access's own size. */
function partText(value: number, mask: number): string {
  const lowest = 31 - Math.clz32(mask & -mask);
  const digits = (32 - Math.clz32(mask >>> lowest)) / 4;
  return hex((value & mask) >>> lowest, digits);
}

/** Write-one-to-clear: what is cleared, also where nobody knows whether it was set. */
function clearsText(fields: readonly RegisterField[], value: number): string {
  const named = setFieldsText(fields, value);
  return named === '' ? 'clears nothing' : `clears ${named}`;
}

/** Bits of a GGTT entry in words (gvt-facts §5.1): present in bit 0, frame in bits 45:12. */
function entryText(source: RecordSource, record: number): string {
  const offset = source.offset(record);
  const low = source.low(record);
  if (source.size(record) >= 8) return wholeEntryText(low, source.high(record));
  if (offset % 8 >= 4) {
    const high = (low & 0x3fff) >>> 0;
    return high === 0 ? '' : `frame bits 45:32 = ${hex(high)}`;
  }
  return wholeEntryText(low, 0);
}

/** `→ 0x029cb000`, `not present`. */
export function wholeEntryText(low: number, high: number): string {
  if ((low & 1) === 0) return 'not present';
  return `→ ${hex(((low & 0xfffff000) >>> 0) + (high & 0x3fff) * 2 ** 32, 8)}`;
}
