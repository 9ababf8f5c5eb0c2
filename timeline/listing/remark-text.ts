import { RecordKind, SPACE_NAMES } from '../../trace/index.ts';
import type { RecordSource } from '../record-source.ts';
import { dwordName, hex, REGISTER_BYTES, type RegisterDirectory } from '../register-directory.ts';
import { placeText, valueText } from './access-text.ts';
import { counted } from './line.ts';

/** Text of a row that is no access. `end` is the record after the row's last one. */
export function remarkText(
  source: RecordSource,
  record: number,
  end: number,
  directory: RegisterDirectory,
): string {
  const text = source.text(record).trim();
  switch (source.kind(record)) {
    case RecordKind.note:
      return noteText(text);
    case RecordKind.expectation:
      return `  expect ${text}`;
    case RecordKind.memory:
      return memoryText(source, record, end);
    case RecordKind.interrupt:
      return `${BELOW}interrupt ${interruptText(text)}`;
    case RecordKind.command:
      return `${BELOW}command ${text}`;
    case RecordKind.commandRead:
    case RecordKind.commandWrite:
      return commandAccessText(source, record, text, directory);
    case RecordKind.deviceWrite:
      return `${BELOW}device wrote ${spaceText(source, record)} = ${valueText(source, record)}`;
    case RecordKind.unknownAccess:
      return unknownAccessText(source, record, directory);
    case RecordKind.mapping:
      return `  mapping ${text}`;
    default:
      return text;
  }
}

/** Known but for the device's part in it, or with its place alone. */
function unknownAccessText(
  source: RecordSource,
  record: number,
  directory: RegisterDirectory,
): string {
  const place = placeText(source, record, directory);
  const direction = source.direction?.(record);
  if (direction === undefined) return `  unknown access ${place}`;
  const access = `${direction === 'write' ? 'W' : 'R'}${source.size(record) * 8}`;
  return `  outside: ${access} ${place} = ${valueText(source, record)}`;
}

/** Stands before what the device did because of the access above. */
const BELOW = '    ↳ ';

/** A console line keeps the kernel's own time stamp; the recorder's seconds are in the time column already. */
function noteText(text: string): string {
  const body = text.replace(/^\d+\.\d+\s+/, '');
  const console = /^DMESG ?(.*)$/s.exec(body);
  return console ? `# dmesg: ${console[1]}`.trimEnd() : `# ${body}`.trimEnd();
}

/** `msi fee01004 0026`, as recordings have it, with its numbers named. */
function interruptText(text: string): string {
  const msi = /^msi ([0-9a-f]+) ([0-9a-f]+)$/i.exec(text);
  if (msi) return `MSI, address 0x${msi[1]}, data 0x${msi[2]}`;
  const line = /^intx ([01])$/i.exec(text);
  return line ? `INTx ${line[1] === '1' ? 'raised' : 'lowered'}` : text;
}

function memoryText(source: RecordSource, record: number, end: number): string {
  const pages = new Set<number>();
  let bytes = 0;
  for (let at = record; at < end; at++) {
    pages.add(Math.floor(source.offset(at) / 4096));
    bytes += source.size(at);
  }
  const place = `memory ${hex(source.offset(record), 8)}`;
  if (end - record === 1) return `  ${place}: ${counted(bytes, 'byte')} shown`;
  const where = pages.size === 1 ? '' : ` in ${counted(pages.size, 'page')}`;
  return `  ${place} and on: ${counted(bytes, 'byte')} shown${where}`;
}

function commandAccessText(
  source: RecordSource,
  record: number,
  text: string,
  directory: RegisterDirectory,
): string {
  const offset = source.offset(record);
  const info = offset < REGISTER_BYTES ? directory.at(offset) : undefined;
  const name = info ? dwordName(info, offset) : `mmio ${hex(offset, 6)}`;
  const engine = /^[a-z]+\d+/i.exec(text)?.[0] ?? 'an engine';
  const verb = source.kind(record) === RecordKind.commandRead ? 'read' : 'wrote';
  return `${BELOW}command on ${engine} ${verb} ${name} = ${valueText(source, record)}`;
}

function spaceText(source: RecordSource, record: number): string {
  return `${SPACE_NAMES[source.space(record)] ?? 'memory'} ${hex(source.offset(record), 8)}`;
}
