import { CompletionItemKind } from 'vscode-languageserver/node';
import type { RegisterInfo } from '../../../emulator/index.ts';
import { hex, PAGE_BYTES, type RegisterField } from '../../../timeline/index.ts';
import { RecordKind, Space } from '../../../trace/index.ts';
import type { TraceDocument } from '../../document.ts';
import type { Proposal, TypingPlace } from './proposal.ts';

/** Named values of one field that are proposed. */
const MOST_OF_FIELD = 32;

/** Values of a register that mean something: what it held last, and its fields one by one. `size` in bytes. */
export function valueItems(
  name: string,
  size: number,
  { document, line }: TypingPlace,
): readonly Proposal[] {
  const info = document.tables.directory.named(name);
  if (info === undefined || size !== 4) return [];
  const { fields, access } = info;
  const byField = fields.flatMap((field) => fieldItems(field, access === 'masked'));
  return [...lastValue(document, line, info), ...resetValue(info), ...byField];
}

function fieldItems(field: RegisterField, masked: boolean): readonly Proposal[] {
  const { name, low, high, values } = field;
  const mask = masked ? ((2 ** (high + 1) - 2 ** low) * 2 ** 16) >>> 0 : 0;
  if (masked && high > 15) return [];
  const value = (bits: number) => hex(bits * 2 ** low + mask, 8);
  const named = Object.entries(values ?? {})
    .slice(0, MOST_OF_FIELD)
    .map(([bits, text]) => item(value(Number(bits)), `${name} = ${text}`));
  if (named.length > 0) return named;
  if (low !== high) return [];
  const set = item(value(1), masked ? `set ${name}` : name);
  return masked ? [set, item(value(0), `clear ${name}`)] : [set];
}

/** Values that a field itself can have, by name. */
export function fieldValueItems({ low, high, values }: RegisterField): readonly Proposal[] {
  const named = Object.entries(values ?? {})
    .slice(0, MOST_OF_FIELD)
    .map(([value, text]) => item(hex(Number(value)), text));
  if (named.length > 0 || low !== high) return named;
  return [item('0', 'clear'), item('1', 'set')];
}

/** Entries of the GGTT that lead to pages of which the document shows something. */
export function entryItems({ document }: TypingPlace): readonly Proposal[] {
  const { columns, labels } = document.index;
  const names = new Map(
    labels.map(({ name, value: { low, high } }) => [high * 2 ** 32 + low, name]),
  );
  const pages = new Map<number, Proposal>();
  for (const line of columns.ofKind(RecordKind.memory)) {
    const offset = columns.offset[line] ?? 0;
    const page = offset - (offset % PAGE_BYTES);
    if (pages.has(page)) continue;
    const name = names.get(page);
    const label = name === undefined ? hex(page + 1) : `${name}+1`;
    pages.set(page, item(label, `present, leads to ${hex(page)}, which line ${line + 1} shows`));
    if (pages.size >= MOST_OF_FIELD) break;
  }
  return [...pages.values()];
}

/** As the lines above show it. */
function lastValue(document: TraceDocument, line: number, info: RegisterInfo): readonly Proposal[] {
  const { records, histories } = document.derived;
  const { value, known } = histories.at(records.recordFrom(line)).at(Space.mmio, info.offset);
  return known === 0xffffffff ? [item(hex(value, 8), 'as the lines above show it')] : [];
}

function resetValue({ reset }: RegisterInfo): readonly Proposal[] {
  return reset === undefined ? [] : [item(hex(reset.value, 8), `at power-on (${reset.source})`)];
}

function item(label: string, detail: string): Proposal {
  return { label, kind: CompletionItemKind.Value, detail, filter: `${label} ${detail}` };
}
