import {
  type CommandTree,
  type FieldValue,
  floatOf,
  hexText,
  looksLikeFloat,
  numberText,
  type StateTree,
  valueText,
} from '../../emulator/index.ts';

/** Dwords of programs and buffers on one line. */
const PER_LINE = 8;

/**
 * A command with all its fields and what it points to, as lines, each ended. Fields stand below the dword that they
 * begin in:
 *
 *     0xfffefffee018  PIPE_CONTROL
 *       dw0 0x7a000004
 *         DWord Length: 4
 */
export function commandText({ name, address, length, words, fields, state }: CommandTree): string {
  const header = words[0] ?? 0;
  if (name === undefined) return `${addressText(address)}  ${hexText(header)} is no command\n`;
  let text = `${addressText(address)}  ${name}\n${dwordsText(words, fields, '  ')}`;
  if (words.length < length) text += `  memory unknown from dw${words.length} on\n`;
  for (const each of state) text += stateText(each);
  return text;
}

/** What a command points to, below a line that says what it is and where. */
export function stateText({
  kind,
  title,
  address,
  offset,
  bytes,
  words,
  fields,
  problem,
  elementBytes,
}: StateTree) {
  let text = `  ${title} at ${addressText(address)}`;
  if (offset !== undefined) text += `, base + ${shortHex(offset)}`;
  if (kind === 'kernel' || kind === 'buffer') text += `, ${bytes} bytes`;
  text += problem === undefined ? '\n' : `: ${problem}\n`;
  if (kind === 'kernel') return text + rows(words, instructionText);
  if (elementBytes !== undefined) return text + elementRows(words, bytes, elementBytes);
  if (kind === 'buffer') return text + rows(words, numberOrHex);
  return text + dwordsText(words, fields, '    ');
}

/** Each dword, with the fields that begin in it. */
export function dwordsText(
  words: readonly number[],
  fields: readonly FieldValue[],
  indent: string,
): string {
  const printer = new DwordPrinter(words, indent);
  printer.fields(fields, `${indent}  `);
  return printer.end();
}

class DwordPrinter {
  readonly #words: readonly number[];
  readonly #indent: string;
  #text = '';
  #shown = 0;

  constructor(words: readonly number[], indent: string) {
    this.#words = words;
    this.#indent = indent;
  }

  fields(fields: readonly FieldValue[], indent: string): void {
    for (const field of fields) {
      this.#dwordsTo(field.bit >>> 5);
      this.#text += `${indent}${field.name}: ${valueText(field)}\n`;
      if (field.fields.length > 0) this.fields(field.fields, `${indent}  `);
    }
  }

  end(): string {
    this.#dwordsTo(this.#words.length - 1);
    return this.#text;
  }

  #dwordsTo(last: number): void {
    while (this.#shown <= last) {
      this.#text += `${this.#indent}dw${this.#shown} ${hexText(this.#words[this.#shown] ?? 0)}\n`;
      this.#shown++;
    }
  }
}

function rows(words: readonly number[], textOf: (word: number) => string, size = 4): string {
  let text = '';
  for (let at = 0; at < words.length; at += PER_LINE) {
    const row = words.slice(at, at + PER_LINE).map(textOf);
    text += `    +0x${(at * size).toString(16).padStart(4, '0')}  ${row.join(' ')}\n`;
  }
  return text;
}

function instructionText(word: number): string {
  return word.toString(16).padStart(8, '0');
}

/** Unsigned numbers of `size` bytes each, the first one in the lowest bits. */
function elementRows(words: readonly number[], bytes: number, size: 1 | 2 | 4): string {
  const each = words.flatMap((word) =>
    Array.from({ length: 4 / size }, (_, at) => (word >>> (at * size * 8)) % 2 ** (size * 8)),
  );
  return rows(each.slice(0, Math.floor(bytes / size)), String, size);
}

function numberOrHex(word: number): string {
  return looksLikeFloat(word) ? numberText(floatOf(word)) : hexText(word);
}

function addressText(address: number): string {
  return hexText(address % 2 ** 32, Math.floor(address / 2 ** 32));
}

function shortHex(value: number): string {
  return `0x${value.toString(16)}`;
}
