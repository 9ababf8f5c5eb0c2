import { dwordName, elementsOf, type RegisterDirectory } from '../register-directory.ts';
import { compileCall } from './compile-call.ts';
import { compileIndex, compileSlice } from './compile-index.ts';
import { fieldNamed, needsIndex, resolveName } from './compile-names.ts';
import { compileBinary, compileConditional, compileUnary } from './compile-operators.ts';
import {
  type CompileScope,
  type CompileText,
  type ExpressionNode,
  fieldNode,
  placeNode,
} from './node.ts';
import { type Syntax, SyntaxProblem } from './syntax.ts';
import { booleanOf, numberOf } from './value.ts';

/** Turns a parsed expression into one that can be evaluated. Throws SyntaxProblem. */
export function compileSyntax(
  syntax: Syntax,
  directory: RegisterDirectory,
  compileText: CompileText,
): ExpressionNode {
  const scope: CompileScope = {
    directory,
    compile: (part) => compilePart(scope, part),
    compileText,
  };
  return scope.compile(syntax);
}

function compilePart(scope: CompileScope, syntax: Syntax): ExpressionNode {
  const span = { start: syntax.start, end: syntax.end };
  switch (syntax.type) {
    case 'number': {
      const value = numberOf(syntax.value);
      return { ...span, type: 'number', evaluate: () => value, constant: syntax.value };
    }
    case 'boolean': {
      const value = booleanOf(syntax.value);
      return { ...span, type: 'boolean', evaluate: () => value };
    }
    case 'string': {
      const { value } = syntax;
      return { ...span, type: 'string', evaluate: () => ({ kind: 'string', value }) };
    }
    case 'path':
      return compilePath(scope, syntax);
    case 'index':
      return compileIndex(scope, syntax);
    case 'slice':
      return compileSlice(scope, syntax);
    case 'member':
      return compileMember(scope, syntax);
    case 'call':
      return compileCall(scope, syntax);
    case 'unary':
      return compileUnary(scope, syntax);
    case 'binary':
      return compileBinary(scope, syntax);
    case 'conditional':
      return compileConditional(scope, syntax);
  }
}

function compilePath(scope: CompileScope, syntax: Syntax & { type: 'path' }): ExpressionNode {
  const span = { start: syntax.start, end: syntax.end };
  const named = resolveName(syntax.parts, scope.directory, span);
  if (named.kind === 'variable') {
    return { ...span, type: named.row.type, evaluate: named.row.evaluate };
  }
  if (named.kind === 'label') {
    const value = numberOf(named.value);
    return { ...span, type: 'number', evaluate: () => value, constant: named.value };
  }
  const { space, info, field } = named;
  if (space === 'mmio' && elementsOf(info) > 1) {
    throw new SyntaxProblem(needsIndex(info), span.start);
  }
  const reference = {
    name: space === 'config' ? `config.${info.name}` : dwordName(info, info.offset),
    space,
    address: info.offset,
    size: info.size,
    shift: 0,
    info,
  };
  if (field) return fieldNode(span, () => reference, field);
  return placeNode(span, () => reference, { info, fields: info.fields });
}

/** `.present` of `ggtt[0x1000]`, a field of `NAME[2]`. */
function compileMember(scope: CompileScope, syntax: Syntax & { type: 'member' }): ExpressionNode {
  const whole = scope.compile(syntax.object);
  const span = { start: syntax.start, end: syntax.end };
  if (whole.refer === undefined || whole.fields === undefined) {
    throw new SyntaxProblem(`There is no .${syntax.name} of this.`, span.start);
  }
  return fieldNode(span, whole.refer, fieldNamed('This', whole.fields, syntax.name, span));
}
