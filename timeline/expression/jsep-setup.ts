import jsep from 'jsep';

/*
 * The parser library keeps its operators and hooks in one global place; this is the only file that touches them.
 * Added: hex and binary numbers of any length, `[high:low]`, and each token's place in the text.
 */

/** Where the tokens begin that are being parsed; parsing is synchronous, so one list serves all. */
let starts: number[] = [];

/** Parses with the operators and tokens of this project. Throws the library's errors, with an `index`. */
export function parseWithJsep(text: string): jsep.Expression {
  starts = [];
  return jsep(text);
}

// Powers of 64-bit numbers grow without bound, and there is nothing nullish here.
jsep.removeBinaryOp('**');
jsep.removeBinaryOp('??');
jsep.removeLiteral('null');

jsep.hooks.add('gobble-token', function readNumber(env) {
  starts.push(this.index);
  const number = NUMBER.exec(this.expr.slice(this.index));
  if (number === null) {
    if (this.char === '.') this.throwError('A name or number is missing before "."');
    return;
  }
  const raw = number[0];
  if (!/^(0x[0-9a-f_]+|0b[01_]+|[0-9][0-9_]*)$/i.test(raw)) {
    this.throwError(`"${raw}" is not a number`);
  }
  this.index += raw.length;
  env.node = { type: 'Literal', value: 0, raw: raw.replaceAll('_', '') };
});

jsep.hooks.add('after-token', function keepPlace(env) {
  const start = starts.pop();
  if (env.node && env.node['start'] === undefined) {
    env.node['start'] = start;
    env.node['end'] = this.index;
  }
});

jsep.hooks.add('gobble-expression', function readSlice(env) {
  if (!/\[\s*$/.test(this.expr.slice(0, this.index))) return;
  const first = this.gobbleBinaryExpression();
  if (!first) return;
  this.gobbleSpaces();
  if (this.char !== ':') {
    env.node = first;
    return;
  }
  this.index++;
  const low = this.gobbleBinaryExpression();
  if (!low) this.throwError('After ":" the lowest bit is missing');
  else env.node = { type: 'Slice', high: first, low };
});

/** All that could be meant as a number; what is none is refused with its text. */
const NUMBER = /^[0-9][0-9a-z_]*/i;
