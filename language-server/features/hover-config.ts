import { capabilitiesIn, configInfos } from '../../emulator/index.ts';
import {
  configRegisterAt,
  fieldText,
  fieldValue,
  hex,
  type RegisterInfo,
} from '../../timeline/index.ts';
import type { TraceDocument } from '../document.ts';
import type { Word } from '../lines/word.ts';
import { code, paragraphs, plain, table } from './markdown.ts';

/** Up to here all devices have the same registers. */
const COMMON_BYTES = 0x40;
/** Where capabilities are. */
const LISTED_BYTES = 0x100;
const ROW = /^([0-9a-f]{2,3}): ((?:[0-9a-f]{2} ){15}[0-9a-f]{2})\s*$/i;
const DISPLAY = /VGA compatible|Display controller|3D controller|\[03[0-9a-f]{2}\]/;
const FUNCTION = /^(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] /;

/** A byte in a list of PCI devices: the configuration register that it belongs to, and what that holds. */
export function configByteHover(
  document: TraceDocument,
  line: number,
  words: readonly Word[],
  word: Word,
): string | undefined {
  const row = Number.parseInt(words[0]?.text ?? '', 16);
  const offset = row + words.indexOf(word) - 1;
  const head = headOf(document, line);
  const isDisplay = head >= 0 && DISPLAY.test(document.line(head));
  if (offset >= COMMON_BYTES && !isDisplay) return undefined;
  const config = configInfos(capabilitiesIn(bytesBelow(document, head)));
  const info = configRegisterAt(offset, { config });
  if (info === undefined) return undefined;
  const bytes = words.slice(1 + info.offset - row).slice(0, info.size);
  const digits = bytes.map(({ text }) => text).reverse();
  return configText(info, Number.parseInt(digits.join(''), 16));
}

function configText(info: RegisterInfo, value: number): string {
  const rows = info.fields.map((field) => [
    plain(field.name),
    field.low === field.high ? `${field.low}` : `${field.high}:${field.low}`,
    plain(fieldText(field, fieldValue(field, value))),
  ]);
  return paragraphs(
    `**${plain(info.name)}** — configuration space ${code(hex(info.offset, 2))}`,
    `Value: ${code(hex(value, info.size * 2))}`,
    rows.length === 0 ? undefined : table(['field', 'bits', 'value'], rows),
  );
}

/** The line that names the device whose bytes these are; -1 for none. */
function headOf(document: TraceDocument, below: number): number {
  for (let line = below; line >= 0; line--) if (FUNCTION.test(document.line(line))) return line;
  return -1;
}

/** The first bytes of the configuration space below such a line. */
function bytesBelow(document: TraceDocument, head: number): Uint8Array {
  const bytes = new Uint8Array(LISTED_BYTES);
  for (let line = head + 1; line < document.lineCount; line++) {
    const text = document.line(line);
    if (FUNCTION.test(text)) break;
    const [, row = '', values = ''] = ROW.exec(text) ?? [];
    const at = Number.parseInt(row, 16);
    if (!(at + 16 <= LISTED_BYTES)) continue;
    bytes.set(
      values.split(' ').map((value) => Number.parseInt(value, 16)),
      at,
    );
  }
  return bytes;
}
