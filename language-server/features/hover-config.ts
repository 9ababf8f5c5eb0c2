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
  const info = configRegisterAt(offset, document.index.tables.directory);
  if (info === undefined) return undefined;
  if (offset >= COMMON_BYTES && !isDisplay(document, line)) return undefined;
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

/** Whether the bytes are those of a display controller, by the line that names the device. */
function isDisplay(document: TraceDocument, below: number): boolean {
  for (let line = below; line >= 0; line--) {
    const text = document.line(line);
    if (FUNCTION.test(text)) return DISPLAY.test(text);
  }
  return false;
}
