import { elementsOf, hex, type RegisterInfo } from '../register-directory.ts';
import { resolveName } from './compile-names.ts';
import {
  type CompileScope,
  compileConstant,
  compileNumeric,
  type ExpressionNode,
  OUT_OF_RANGE,
  placeNode,
} from './node.ts';
import type { Reference } from './reference.ts';
import { addressIn, type SpaceRow, spaceNamed } from './spaces.ts';
import { type Span, type Syntax, SyntaxProblem } from './syntax.ts';
import { bigintOf, firstUnknown, numberOf, unknown } from './value.ts';

/** `ggtt[0x1000]`, `PLANE_WM_1_A[3]`, or bit 3 of a value. */
export function compileIndex(
  scope: CompileScope,
  syntax: Syntax & { type: 'index' },
): ExpressionNode {
  const { object, index } = syntax;
  if (object.type === 'path') {
    const space = object.parts.length === 1 ? spaceNamed(object.parts[0] ?? '') : undefined;
    if (space) return spaceNode(scope, space, index, syntax);
    const named = resolveName(object.parts, scope.directory, object);
    if (named.kind === 'register' && named.space === 'mmio' && elementsOf(named.info) > 1) {
      return elementNode(scope, named.info, index, syntax);
    }
  }
  return bitsNode(scope, object, index, index, syntax);
}

/** `X[7:4]`. */
export function compileSlice(
  scope: CompileScope,
  syntax: Syntax & { type: 'slice' },
): ExpressionNode {
  return bitsNode(scope, syntax.object, syntax.high, syntax.low, syntax);
}

function spaceNode(scope: CompileScope, row: SpaceRow, index: Syntax, span: Span): ExpressionNode {
  const address = compileNumeric(scope, index);
  if (address.constant !== undefined && addressIn(row, address.constant) === undefined) {
    const last = hex(row.limit - 1);
    throw new SyntaxProblem(`${row.name}[…] goes up to ${last}.`, index.start);
  }
  return placeNode(
    span,
    (context) => {
      const value = address.evaluate(context);
      const typed = bigintOf(value);
      if (typed === undefined) return firstUnknown(value, value);
      const name = `${row.name}[0x${typed.toString(16)}]`;
      const place = addressIn(row, typed);
      if (place === undefined) return OUT_OF_RANGE(name);
      const reference = { name, space: row.space, address: place, size: row.size, shift: 0 };
      if (row.entries !== true) return reference;
      return { ...reference, graphicsAddress: Number(typed - (typed % 4096n)) };
    },
    row.fields === undefined ? {} : { fields: row.fields },
  );
}

function elementNode(
  scope: CompileScope,
  info: RegisterInfo,
  index: Syntax,
  span: Span,
): ExpressionNode {
  const which = compileNumeric(scope, index);
  const count = elementsOf(info);
  if (which.constant !== undefined && which.constant >= BigInt(count)) {
    throw new SyntaxProblem(`${info.name} has ${count} dwords, 0 to ${count - 1}.`, index.start);
  }
  return placeNode(
    span,
    (context) => {
      const value = which.evaluate(context);
      const number = bigintOf(value);
      if (number === undefined) return firstUnknown(value, value);
      const name = `${info.name}[${number}]`;
      if (number >= BigInt(count)) return unknown(`there is no ${name}`);
      const address = info.offset + Number(number) * 4;
      return { name, space: 'mmio', address, size: 4, shift: 0, info };
    },
    { info, fields: info.fields },
  );
}

function bitsNode(
  scope: CompileScope,
  object: Syntax,
  highSyntax: Syntax,
  lowSyntax: Syntax,
  span: Span,
): ExpressionNode {
  const whole = compileNumeric(scope, object);
  const high = compileConstant(scope, highSyntax, 64);
  const low = compileConstant(scope, lowSyntax, 64);
  if (high < low) {
    throw new SyntaxProblem('The higher bit comes first: X[7:4].', highSyntax.start);
  }
  const evaluate: ExpressionNode['evaluate'] = (context) => {
    const value = whole.evaluate(context);
    const number = bigintOf(value);
    if (number === undefined) return firstUnknown(value, value);
    const place = whole.refer?.(context);
    if (place !== undefined && !('kind' in place) && high >= shownBits(place)) {
      const bits = shownBits(place);
      return unknown(`${place.name} has only ${bits} ${bits === 1 ? 'bit' : 'bits'}`);
    }
    return numberOf(BigInt.asUintN(high - low + 1, number >> BigInt(low)));
  };
  const node: ExpressionNode = { start: span.start, end: span.end, type: 'number', evaluate };
  return whole.refer === undefined ? node : { ...node, refer: narrowed(whole.refer, high, low) };
}

/** Bits of a place as it is shown. */
function shownBits({ bits, size, shift }: Reference): number {
  return shift + (bits === undefined ? size * 8 : bits.high - bits.low + 1);
}

/** The bits' own place, so that they can be watched and set. */
function narrowed(
  refer: NonNullable<ExpressionNode['refer']>,
  high: number,
  low: number,
): NonNullable<ExpressionNode['refer']> {
  return (context) => {
    const whole = refer(context);
    if ('kind' in whole) return whole;
    const name = high === low ? `${whole.name}[${high}]` : `${whole.name}[${high}:${low}]`;
    const outer = whole.bits ?? { low: 0, high: whole.size * 8 - 1 };
    // Positions count in the value as it is shown; bits that the shift puts in are none of the place's.
    const first = outer.low + low - whole.shift;
    const last = outer.low + high - whole.shift;
    if (first < outer.low || last > outer.high) return OUT_OF_RANGE(name);
    return { ...whole, name, bits: { low: first, high: last }, shift: 0 };
  };
}
