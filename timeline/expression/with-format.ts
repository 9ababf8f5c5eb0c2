import type { RegisterDirectory } from '../register-directory.ts';
import { compileSyntax } from './compile.ts';
import { type FormatOptions, format } from './format.ts';
import type { FormattedNode } from './node.ts';
import { parse } from './parse.ts';

/** Compiles an expression that may end in `,x`, `,d`, `,b` or `,o`. Throws SyntaxProblem. */
export function compileWithFormat(text: string, directory: RegisterDirectory): FormattedNode {
  const suffix = /,\s*([xdbo])\s*$/.exec(text);
  const body = suffix ? text.slice(0, suffix.index) : text;
  const node = compileSyntax(parse(body), directory, (inner) =>
    compileWithFormat(inner, directory),
  );
  const options: FormatOptions = { ...baseOf(suffix?.[1]), field: node.field };
  return { ...node, format: (value) => format(value, options) };
}

function baseOf(letter: string | undefined): { base?: 'x' | 'd' | 'b' | 'o' } {
  return letter === 'x' || letter === 'd' || letter === 'b' || letter === 'o'
    ? { base: letter }
    : {};
}
