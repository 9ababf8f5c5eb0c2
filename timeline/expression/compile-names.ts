import { configRegisterNamed, configRegistersOf } from '../config-registers.ts';
import { didYouMean } from '../patterns/suggest.ts';
import {
  elementsOf,
  type RegisterDirectory,
  type RegisterField,
  type RegisterInfo,
} from '../register-directory.ts';
import { FUNCTION_NAMES } from './function-names.ts';
import { SPACE_ROWS, spaceNamed } from './spaces.ts';
import { type Span, SyntaxProblem } from './syntax.ts';
import { VARIABLE_ROWS, type VariableRow, variableNamed } from './variables.ts';

/** What a dotted name stands for. */
export type Named =
  | { readonly kind: 'variable'; readonly row: VariableRow }
  | { readonly kind: 'label'; readonly value: bigint }
  | {
      readonly kind: 'register';
      readonly space: 'mmio' | 'config';
      readonly info: RegisterInfo;
      readonly field?: RegisterField;
    };

/** Finds what `RCS0.RING_CTL.enable` names: the longest register name, then a field. Throws SyntaxProblem. */
export function resolveName(
  parts: readonly string[],
  directory: RegisterDirectory,
  span: Span,
): Named {
  const [head = ''] = parts;
  const variable = parts.length === 1 ? variableNamed(head) : undefined;
  if (variable) return { kind: 'variable', row: variable };
  const label = parts.length === 1 ? directory.labels?.get(head) : undefined;
  if (label !== undefined) return { kind: 'label', value: label };
  if (head.toLowerCase() === 'config' && parts.length > 1)
    return configName(parts, directory, span);
  for (let taken = parts.length; taken > 0; taken--) {
    const info = registerCalled(parts.slice(0, taken).join('.'), directory, span);
    if (info) return withField('mmio', info, parts.slice(taken), span);
  }
  throw new SyntaxProblem(unknownName(parts, directory), span.start);
}

/** The field of that name, in any letter case. Throws SyntaxProblem where there is none. */
export function fieldNamed(
  owner: string,
  fields: readonly RegisterField[],
  name: string,
  span: Span,
): RegisterField {
  const wanted = name.toLowerCase();
  const found = fields.find((field) => field.name.toLowerCase() === wanted);
  if (found) return found;
  const names = fields.map((field) => field.name);
  const known = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
  throw new SyntaxProblem(`${owner} has no field ${name}: ${known}.`, span.start);
}

/** By full name; without the engine where only one engine has it. */
function registerCalled(
  name: string,
  directory: RegisterDirectory,
  span: Span,
): RegisterInfo | undefined {
  const exact = directory.named(name);
  if (exact || name.includes('.')) return exact;
  const ending = `.${name.toLowerCase()}`;
  const found = directory.names().filter((each) => each.toLowerCase().endsWith(ending));
  if (found.length > 1) {
    const message = `${name} is a register of several engines: write ${found.join(' or ')}.`;
    throw new SyntaxProblem(message, span.start);
  }
  return found[0] === undefined ? undefined : directory.named(found[0]);
}

function configName(parts: readonly string[], directory: RegisterDirectory, span: Span): Named {
  const [, name = '', ...rest] = parts;
  const info = configRegisterNamed(name, directory);
  if (info) return withField('config', info, rest, span);
  const hint = didYouMean(
    name,
    configRegistersOf(directory).map((each) => each.name),
  );
  throw new SyntaxProblem(`No configuration register is called ${name}.${hint}`, span.start);
}

function withField(
  space: 'mmio' | 'config',
  info: RegisterInfo,
  rest: readonly string[],
  span: Span,
): Named {
  const [name, ...more] = rest;
  if (name === undefined) return { kind: 'register', space, info };
  if (elementsOf(info) > 1) throw new SyntaxProblem(needsIndex(info), span.start);
  const field = fieldNamed(info.name, info.fields, name, span);
  if (more.length > 0) {
    throw new SyntaxProblem(`${info.name}.${field.name} has no parts: "${more[0]}".`, span.start);
  }
  return { kind: 'register', space, info, field };
}

export function needsIndex(info: RegisterInfo): string {
  const last = elementsOf(info) - 1;
  return `${info.name} has ${last + 1} dwords: write ${info.name}[0] to ${info.name}[${last}].`;
}

/** Among more nothing alike is looked for: a file may have many. */
const MOST_LABELS = 500;

const FEW_NAMES = 3;

function unknownName(parts: readonly string[], directory: RegisterDirectory): string {
  const name = parts.join('.');
  if (spaceNamed(name)) return `${name} needs an address: ${name}[0x1000].`;
  if (FUNCTION_NAMES.includes(name)) return `${name} is a function: ${name}(…).`;
  const belonging = directory.names().filter((known) => known.startsWith(`${name}.`));
  if (belonging.length > 0) {
    const few = belonging.slice(0, FEW_NAMES).join(', ');
    return `${name} is no register by itself: name one of its ${belonging.length}, as ${few}.`;
  }
  const others = [...VARIABLE_ROWS.map((row) => row.name), ...SPACE_ROWS.map((row) => row.name)];
  const labels = [...(directory.labels?.keys() ?? [])].slice(0, MOST_LABELS);
  return `Nothing is called ${name}.${didYouMean(name, [...labels, ...directory.names(), ...others])}`;
}
