import { configRegistersOf } from '../config-registers.ts';
import {
  hex,
  type RegisterDirectory,
  type RegisterField,
  type RegisterInfo,
} from '../register-directory.ts';
import type { CompletionView } from '../session.ts';
import { FUNCTION_ROWS } from './function-names.ts';
import { SPACE_ROWS } from './spaces.ts';
import { VARIABLE_ROWS } from './variables.ts';

/** More are a list that nobody scrolls through; typing on narrows it. */
const MOST = 100;

type Candidate = Pick<CompletionView, 'label' | 'kind'> & { readonly detail?: string };

/**
 * What can stand at a column (0-based) of an expression. The names' range covers the dotted word that the column
 * stands in, so that `RCS0.RING_` is replaced as a whole.
 */
export function complete(
  text: string,
  column: number,
  directory: RegisterDirectory,
): readonly CompletionView[] {
  const end = Math.min(Math.max(0, column), text.length);
  const start = wordStart(text, end);
  if (insideText(text.slice(0, start))) return [];
  const typed = text.slice(start, end);
  const lower = typed.toLowerCase();
  const found = candidates(typed, directory)
    .map((candidate) => ({ candidate, rank: rankOf(candidate.label.toLowerCase(), lower) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank);
  return found
    .slice(0, MOST)
    .map(({ candidate }) => ({ ...candidate, start, length: end - start }));
}

function candidates(typed: string, directory: RegisterDirectory): readonly Candidate[] {
  const dot = typed.lastIndexOf('.');
  const owner = dot < 0 ? '' : typed.slice(0, dot);
  if (owner.toLowerCase() === 'config') return configRegistersOf(directory).map(configCandidate);
  const register = owner === '' ? undefined : directory.named(owner);
  if (register) return fieldCandidates(register.name, register.fields);
  const registers = directory.names().map((name) => registerCandidate(name, directory));
  if (owner !== '') return registers;
  return [...labelCandidates(directory), ...BUILT_IN, ...engineCandidates(directory), ...registers];
}

function configCandidate({ name, offset }: RegisterInfo): Candidate {
  return { label: `config.${name}`, kind: 'register', detail: hex(offset, 2) };
}

const BUILT_IN: readonly Candidate[] = [
  ...VARIABLE_ROWS.map(
    (row): Candidate => ({ label: row.name, kind: 'variable', detail: row.description }),
  ),
  ...SPACE_ROWS.map(
    (row): Candidate => ({ label: row.name, kind: 'space', detail: row.description }),
  ),
  ...FUNCTION_ROWS.map(
    (row): Candidate => ({ label: row.name, kind: 'function', detail: row.signature }),
  ),
];

/** Clients give the detail its room first: a sentence there would cut off the names. */
function registerCandidate(name: string, directory: RegisterDirectory): Candidate {
  const info = directory.named(name);
  return info
    ? { label: name, kind: 'register', detail: hex(info.offset, 5) }
    : { label: name, kind: 'register' };
}

function fieldCandidates(owner: string, fields: readonly RegisterField[]): readonly Candidate[] {
  return fields.map((field) => ({
    label: `${owner}.${field.name}`,
    kind: 'field',
    detail: field.low === field.high ? `bit ${field.low}` : `bits ${field.high}:${field.low}`,
  }));
}

function labelCandidates({ labels }: RegisterDirectory): readonly Candidate[] {
  return Array.from(labels ?? [], ([label, value]) => ({
    label,
    kind: 'variable',
    detail: `0x${value.toString(16)}`,
  }));
}

/** `RCS0.` and the like: the first step towards an engine's registers. */
function engineCandidates(directory: RegisterDirectory): readonly Candidate[] {
  const engines = new Set<string>();
  for (const name of directory.names()) {
    const dot = name.indexOf('.');
    if (dot > 0) engines.add(name.slice(0, dot));
  }
  return [...engines].map((name) => ({ label: name, kind: 'engine', detail: 'engine registers' }));
}

const NO_MATCH = 3;

/** Names that begin so come first, then those of which a part after a dot does, then those that contain it. */
function rankOf(label: string, typed: string): number {
  if (label.startsWith(typed)) return 0;
  if (label.includes(`.${typed}`)) return 1;
  return label.includes(typed) ? 2 : NO_MATCH;
}

function wordStart(text: string, column: number): number {
  let start = column;
  while (start > 0 && /[\w.]/.test(text[start - 1] ?? '')) start--;
  return start;
}

/** Whether a place lies in quotes, outside of `{…}`. */
function insideText(before: string): boolean {
  let quote = '';
  let braces = 0;
  for (const char of before) {
    if (quote === '') {
      if (char === '"' || char === "'") quote = char;
    } else if (char === quote) {
      quote = '';
      braces = 0;
    } else if (char === '{') braces++;
    else if (char === '}') braces--;
  }
  return quote !== '' && braces <= 0;
}
