import type jsep from 'jsep';
import { parseWithJsep } from './jsep-setup.ts';
import { type Span, type Syntax, SyntaxProblem } from './syntax.ts';

/** Takes an expression apart. Throws SyntaxProblem where it is none. */
export function parse(text: string): Syntax {
  if (text.trim() === '') throw new SyntaxProblem('An expression is missing.', 0);
  if (text.length > MAX_LENGTH) {
    throw new SyntaxProblem(`The expression is longer than ${MAX_LENGTH} characters.`, MAX_LENGTH);
  }
  const assignment = /^[^"'=!<>]*[^"'=!<>](=)[^=]/.exec(text);
  if (assignment) {
    const column = assignment[0].length - 2;
    throw new SyntaxProblem('"=" assigns nothing here: compare with "==".', column);
  }
  return convert(parsed(text), { start: 0, end: text.length }, 0);
}

/** Longer ones are no expressions, and could nest deeper than a stack holds. */
const MAX_LENGTH = 4000;
const MAX_DEPTH = 400;

function parsed(text: string): jsep.Expression {
  try {
    return parseWithJsep(text);
  } catch (error) {
    if (error instanceof RangeError) throw new SyntaxProblem(TOO_DEEP, 0);
    if (!(error instanceof Error)) throw error;
    const { index, description } = error as Error & { index?: number; description?: string };
    throw new SyntaxProblem(sentence(description ?? error.message), index ?? 0);
  }
}

const TOO_DEEP = 'The expression is nested too deeply.';

/** The library's messages begin in capitals already; what they lack is the full stop. */
function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

/** Nodes of the library's that have no place of their own take it from their parts or from what they stand in. */
function convert(node: jsep.Expression, outer: Span, depth: number): Syntax {
  if (depth > MAX_DEPTH) throw new SyntaxProblem(TOO_DEEP, outer.start);
  const span = spanOf(node, outer);
  const inner = (key: string) => convert(expressionAt(node, key, span), span, depth + 1);
  switch (node.type) {
    case 'Literal':
      return literal(node, span);
    case 'Identifier':
      return { type: 'path', parts: [String(node['name'])], ...span };
    case 'MemberExpression':
      return member(node, span, depth);
    case 'CallExpression':
      return call(node, span, depth);
    case 'UnaryExpression':
      return {
        type: 'unary',
        operator: String(node['operator']),
        argument: inner('argument'),
        ...span,
      };
    case 'BinaryExpression': {
      const left = inner('left');
      const right = inner('right');
      const operator = String(node['operator']);
      return { type: 'binary', operator, left, right, start: left.start, end: right.end };
    }
    case 'ConditionalExpression':
      return {
        type: 'conditional',
        test: inner('test'),
        consequent: inner('consequent'),
        alternate: inner('alternate'),
        ...span,
      };
    default:
      throw notOne(node, span);
  }
}

function notOne(node: jsep.Expression, span: Span): SyntaxProblem {
  const parts = node['body'] ?? node['expressions'];
  const second = Array.isArray(parts) ? parts[1] : undefined;
  if (isExpression(second)) {
    const message = 'There are two expressions here: an operator is missing between them.';
    return new SyntaxProblem(message, spanOf(second, span).start);
  }
  if (node.type === 'ThisExpression')
    return new SyntaxProblem('There is no "this" here.', span.start);
  if (node.type === 'Slice') {
    return new SyntaxProblem('Bits are written after what they are of: X[7:4].', span.start);
  }
  return new SyntaxProblem('This is not an expression.', span.start);
}

function literal(node: jsep.Expression, span: Span): Syntax {
  const value = node['value'];
  if (typeof value === 'string') return { type: 'string', value, ...span };
  if (typeof value === 'boolean') return { type: 'boolean', value, ...span };
  const number = BigInt(String(node['raw']));
  if (number >= 1n << 64n) {
    throw new SyntaxProblem('Numbers have at most 64 bits.', span.start);
  }
  return { type: 'number', value: number, ...span };
}

function member(node: jsep.Expression, span: Span, depth: number): Syntax {
  const object = convert(expressionAt(node, 'object', span), span, depth + 1);
  const property = expressionAt(node, 'property', span);
  if (node['optional'] === true) throw new SyntaxProblem('Write "." instead of "?.".', span.start);
  if (node['computed'] === true) {
    if (property.type !== 'Slice') {
      return { type: 'index', object, index: convert(property, span, depth + 1), ...span };
    }
    const high = convert(expressionAt(property, 'high', span), span, depth + 1);
    const low = convert(expressionAt(property, 'low', span), span, depth + 1);
    return { type: 'slice', object, high, low, ...span };
  }
  const name = String(property['name']);
  if (object.type === 'path') return { type: 'path', parts: [...object.parts, name], ...span };
  return { type: 'member', object, name, ...span };
}

function call(node: jsep.Expression, span: Span, depth: number): Syntax {
  const callee = expressionAt(node, 'callee', span);
  if (callee.type !== 'Identifier') {
    throw new SyntaxProblem('Only functions can be called: log, changed, bits, …', span.start);
  }
  const list = node['arguments'];
  const args = Array.isArray(list) ? list.filter(isExpression) : [];
  return {
    type: 'call',
    name: String(callee['name']),
    arguments: args.map((each) => convert(each, span, depth + 1)),
    ...span,
  };
}

function expressionAt(node: jsep.Expression, key: string, span: Span): jsep.Expression {
  const child = node[key];
  if (isExpression(child)) return child;
  throw new SyntaxProblem('A part of the expression is missing.', span.start);
}

function isExpression(value: unknown): value is jsep.Expression {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function spanOf(node: jsep.Expression, outer: Span): Span {
  const { start, end } = node;
  return typeof start === 'number' && typeof end === 'number' ? { start, end } : outer;
}
