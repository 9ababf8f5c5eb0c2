import type { RegisterDirectory } from '../register-directory.ts';
import { FUNCTION_NAMES, FUNCTION_ROWS } from './function-names.ts';
import { spaceNamed } from './spaces.ts';
import { variableNamed } from './variables.ts';

/** What a word stands for in expressions, with its article, where it is no register's; undefined for a free one. */
export function meaningOfName(name: string, directory: RegisterDirectory): string | undefined {
  if (variableNamed(name) !== undefined || spaceNamed(name) !== undefined) return A_WORD;
  if (name === 'config' || FUNCTION_NAMES.includes(name)) return A_WORD;
  const engine = `${name.toLowerCase()}.`;
  const isEngine = directory.names().some((each) => each.toLowerCase().startsWith(engine));
  return isEngine ? 'an engine' : undefined;
}

const A_WORD = 'a word of expressions';

/** What a word of expressions means, for people; undefined where it is none. */
export function expressionWord(name: string): string | undefined {
  const call = FUNCTION_ROWS.find((row) => row.name === name);
  if (call !== undefined) return `${call.description}: ${call.signature}`;
  return (variableNamed(name) ?? spaceNamed(name))?.description;
}
