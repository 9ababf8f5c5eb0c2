import { decodeCommand, disassemble } from '../../emulator/index.ts';
import { hex, REGISTER_BYTES } from '../../timeline/index.ts';
import { type Word, wordOf } from '../lines/word.ts';
import type { RegisterTables } from '../registers/register-tables.ts';
import { code, paragraphs, plain, table } from './markdown.ts';

const DWORD = /^[0-9a-f]{1,8}$/i;

/** A command of a `CMD` line: what it does, and its fields. Undefined where the line shows no dwords. */
export function commandHover(words: readonly Word[], tables: RegisterTables): string | undefined {
  const first = wordOf(words, 'command');
  if (first === undefined || !DWORD.test(first.text)) return undefined;
  const dwords = dwordsFrom(words, first);
  return commandText(wordOf(words, 'engine')?.text ?? '', dwords, tables);
}

/** The dword at a column of contents of memory, which may stand together: its digits' columns. */
export function dwordAt({ start, end }: Word, character: number): readonly [number, number] {
  const first = start + Math.floor((Math.min(character, end - 1) - start) / 8) * 8;
  return [first, Math.min(first + 8, end)];
}

/**
 * A dword in contents of memory, as bytes in their order: the number, and the command that may begin there. `character`:
 * a column inside of it.
 */
export function bytesHover(
  words: readonly Word[],
  at: Word,
  tables: RegisterTables,
  character: number,
): string {
  const [start] = dwordAt(at, character);
  const [, ...behind] = words.slice(words.indexOf(at)).filter(({ role }) => role === 'bytes');
  const texts = [at.text.slice(start - at.start), ...behind.map(({ text }) => text)];
  const dwords = texts.flatMap((text) => text.match(/.{1,8}/g) ?? []).map(littleEndian);
  const [value] = dwords;
  if (value === undefined) return '';
  const gap = dwords.indexOf(undefined);
  const known = dwords.slice(0, gap < 0 ? dwords.length : gap).filter((each) => each !== undefined);
  return paragraphs(
    `As a dword: ${code(hex(value, 8))}`,
    value === 0 ? undefined : commandText('', known, tables),
  );
}

function commandText(
  engine: string,
  dwords: readonly number[],
  tables: RegisterTables,
): string | undefined {
  const [header = 0] = dwords;
  const row = tables.command(engine, header);
  if (row === undefined) return undefined;
  const nameOf = (offset: number) =>
    offset < REGISTER_BYTES ? tables.directory.at(offset)?.name : undefined;
  const { fields, addresses, length } = decodeCommand(row, dwords);
  const rows = [
    ...fields.map(({ name, dword, low, high, value, meaning, register }) => [
      plain(name),
      `${dword}, ${low === high ? low : `${high}:${low}`}`,
      plain(meaning ?? (register === true ? (nameOf(value) ?? hex(value)) : hexOf(value))),
    ]),
    ...addresses.map(({ name, dword, space, address }) => [
      plain(name),
      `${dword}`,
      plain(`${space} ${hex(address)}`),
    ]),
  ];
  return paragraphs(
    `**${plain(row.name)}** — ${row.family} command of ${length === 1 ? '1 dword' : `${length} dwords`}`,
    code(disassemble(row, dwords, nameOf)),
    rows.length === 0 ? undefined : table(['field', 'dword, bits', 'value'], rows),
  );
}

function hexOf(value: number): string {
  return value < 0 ? String(value) : hex(value);
}

function dwordsFrom(words: readonly Word[], first: Word): number[] {
  const dwords: number[] = [];
  for (const { text } of words.slice(words.indexOf(first))) {
    if (!DWORD.test(text)) break;
    dwords.push(Number.parseInt(text, 16));
  }
  return dwords;
}

function littleEndian(text: string): number | undefined {
  if (!/^[0-9a-f]{8}$/i.test(text)) return undefined;
  const bytes = text.match(/../g) ?? [];
  return Number.parseInt(bytes.reverse().join(''), 16);
}
