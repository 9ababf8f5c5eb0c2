import type { RegisterDirectory } from '../register-directory.ts';
import { FUNCTION_NAMES } from './function-names.ts';
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
