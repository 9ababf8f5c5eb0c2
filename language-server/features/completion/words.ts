import { CompletionItemKind } from 'vscode-languageserver/node';
import { type CommandRow, lengthOf } from '../../../emulator/index.ts';
import { configRegistersOf, hex } from '../../../timeline/index.ts';
import type { RegisterTables } from '../../registers/register-tables.ts';
import { labelItems } from './labels.ts';
import { type Proposal, registerProposal, type TypingPlace } from './proposal.ts';
import { entryItems, valueItems } from './values.ts';

/** The words of an access: a place, then a value. `access`: its keyword, taken apart. */
export function accessItems(access: RegExpExecArray, place: TypingPlace): readonly Proposal[] {
  const [, space = '', direction = '', bits] = access;
  const words = place.before.slice(1).filter((word) => word !== '=');
  // The compact form has numbers only.
  if (bits === undefined) return [];
  if (words.length === 0) return placeItems(space, place);
  if (words.length > 1) return [];
  const isRead = direction === 'R';
  const known = space === '' ? knownValues(words[0] ?? '', Number(bits) / 8, place) : [];
  const values = [...labelItems(place), ...known];
  const equals = place.before.includes('=');
  if (!isRead) return values;
  const unknown = { label: '?', kind: CompletionItemKind.Value, detail: 'an answer not known' };
  const expected = equals ? values : values.map(asExpectation);
  return [...expected, ...(equals ? [] : [unknown])];
}

function knownValues(name: string, size: number, place: TypingPlace): readonly Proposal[] {
  return name.startsWith('ggtt[') ? entryItems(place) : valueItems(name, size, place);
}

function asExpectation(value: Proposal): Proposal {
  return { ...value, insert: `= ${value.insert ?? value.label}` };
}

function placeItems(space: string, place: TypingPlace): readonly Proposal[] {
  const { document, typed } = place;
  const inTable = /^ggtt\[([^\]+]*)$/.exec(typed);
  if (space === '' && inTable !== null) return labelItems(place, inTable[1]?.length);
  if (space === 'C') {
    const registers = configRegistersOf(document.tables.directory).map(({ name, offset }) => ({
      label: hex(offset, 2),
      kind: CompletionItemKind.Value,
      detail: name,
      filter: `${hex(offset, 2)} ${name}`,
    }));
    return [...labelItems(place), ...registers];
  }
  if (space !== '') return labelItems(place);
  return [...labelItems(place), ...registerItems(typed, document.tables), ...tableItems()];
}

/** Registers whose names contain what is typed: first those that begin with it, as a whole or behind the engine. */
function registerItems(typed: string, tables: RegisterTables): readonly Proposal[] {
  const wanted = typed.toLowerCase();
  const ranked = tables.registers.flatMap((info) => {
    const name = info.name.toLowerCase();
    const at = name.indexOf(wanted);
    if (at < 0) return [];
    return [{ info, rank: at === 0 ? 0 : name[at - 1] === '.' ? 1 : 2 }];
  });
  ranked.sort((a, b) => a.rank - b.rank);
  return ranked.map(({ info }) => registerProposal(info.name, info.offset, info.block));
}

function tableItems(): readonly Proposal[] {
  return [
    {
      label: 'ggtt[…]',
      kind: CompletionItemKind.Snippet,
      detail: 'the entry that translates a graphics address',
      filter: 'ggtt[',
      insert: `ggtt[\${1:0x04000000}]`,
      isSnippet: true,
    },
  ];
}

/** The words of lines that tell what the device did. */
export function commandItems(keyword: string, place: TypingPlace): readonly Proposal[] {
  const { before, document } = place;
  const { engines } = document.tables;
  const named = before.length > 1 && engines.some((name) => isEngine(name, before[1]));
  switch (keyword) {
    case 'M':
      return before.length === 1 ? labelItems(place) : [];
    case 'label':
      return before.length === 2 ? labelItems(place) : [];
    case 'IRQ':
      return before.length === 1 ? [word('msi', 'ADDRESS DATA'), word('intx', '0|1')] : [];
    case 'CSR':
    case 'CSW':
      return before.length === 1 ? engines.map(engineItem) : [];
    case 'CMD':
      if (before.length === 1) return [...engines.map(engineItem), ...WHERE];
      if (before.length === 2 && named) return WHERE;
      return before.length === (named ? 3 : 2) ? document.tables.commandRows.map(commandItem) : [];
    case 'DW':
      return before.length === 1
        ? [word('4', 'bytes'), word('8', 'bytes')]
        : before.length === 2
          ? ['ggtt:', 'ppgtt:', 'memory:'].map((label) => word(label, 'an address follows'))
          : [];
    default:
      return [];
  }
}

const WHERE: readonly Proposal[] = [
  word('ring@', 'an offset follows'),
  word('batch@', 'an address follows'),
  word('batch2@', 'a batch inside of a batch; an address follows'),
];

function isEngine(name: string, written: string | undefined): boolean {
  return written?.toUpperCase() === name;
}

function engineItem(name: string): Proposal {
  return { label: name.toLowerCase(), kind: CompletionItemKind.Class, detail: name };
}

/** Inserted as its first dword. */
function commandItem(row: CommandRow): Proposal {
  const dword = row.opcode.toString(16).padStart(8, '0');
  const length = lengthOf(row, row.opcode);
  return {
    label: row.name,
    kind: CompletionItemKind.Function,
    detail: `${row.family}, ${dword}, from ${length === 1 ? '1 dword' : `${length} dwords`}`,
    insert: dword,
  };
}

function word(label: string, detail: string): Proposal {
  return { label, kind: CompletionItemKind.Keyword, detail };
}
