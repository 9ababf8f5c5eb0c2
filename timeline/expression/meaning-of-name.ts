import type { RegisterDirectory } from '../register-directory.ts';
import { FUNCTION_NAMES, FUNCTION_ROWS } from './function-names.ts';
import { spaceNamed } from './spaces.ts';
import { variableNamed } from './variables.ts';

/** What a word stands for in expressions, with its article, where it is no register's; undefined for a free one. */
export function meaningOfName(name: string, directory: RegisterDirectory): string | undefined {
  if (variableNamed(name) !== undefined || spaceNamed(name) !== undefined) return A_WORD;
  if (name === 'config' || FUNCTION_NAMES.includes(name)) return A_WORD;
  return enginesOf(directory).has(name.toLowerCase()) ? 'an engine' : undefined;
}

const engines = new WeakMap<RegisterDirectory, ReadonlySet<string>>();

/** What stands before the dot of registers' names, in lower case. */
function enginesOf(directory: RegisterDirectory): ReadonlySet<string> {
  const before = engines.get(directory);
  if (before !== undefined) return before;
  const dotted = directory.names().filter((name) => name.includes('.'));
  const found = new Set(dotted.map((name) => name.slice(0, name.indexOf('.')).toLowerCase()));
  engines.set(directory, found);
  return found;
}

const A_WORD = 'a word of expressions';

/** What a word of expressions means, for people; undefined where it is none. */
export function expressionWord(name: string): string | undefined {
  const call = FUNCTION_ROWS.find((row) => row.name === name);
  if (call !== undefined) return `${call.description}: ${call.signature}`;
  return (variableNamed(name) ?? spaceNamed(name))?.description;
}
