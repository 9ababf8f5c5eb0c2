/**
 * A line of a scenario with another value in it, all else as it was: the answer of a read in either form, what stands
 * behind the last `==` of an expectation, the bytes of expected memory. Undefined where the line has no such value.
 */
export function replaceValue(line: string, value: string): string | undefined {
  const end = endOfCode(line);
  const body = line.slice(0, end);
  const start = startOfValue(body);
  return start === undefined ? undefined : `${body.slice(0, start)}${value}${line.slice(end)}`;
}

/** Where the blanks begin that are followed by a comment, a call stack or nothing. */
function endOfCode(line: string): number {
  for (const { index, 0: blanks } of line.matchAll(/[ \t]+/g)) {
    const next = index + blanks.length;
    if (next === line.length || isRemark(line, next)) return index;
  }
  return line.length;
}

/** Whether `@` or `//` stands there, alone. */
function isRemark(line: string, at: number): boolean {
  const mark = line[at] === '@' ? 1 : line.startsWith('//', at) ? 2 : 0;
  return mark > 0 && [undefined, ' ', '\t'].includes(line[at + mark]);
}

/** What stands before the value, and the value. No part can be read in two ways: lines may be long. */
const SHAPES: readonly RegExp[] = [
  /^([ \t]*[ACI]?R(?:8|16|32|64)[ \t]+\S+[ \t]+(?:=[ \t]*)?)[0-9A-Za-z_]+(?:\+\w+)?$/,
  /^([ \t]*[ACI]?R[ \t]+[1248][ \t]+\S+[ \t]+(?:=[ \t]*)?)[0-9A-Za-z_]+$/,
  /^([ \t]*expect[ \t]+memory[ \t]+\S+[ \t]+)[0-9A-Fa-f?][0-9A-Fa-f? \t]*$/,
];

function startOfValue(body: string): number | undefined {
  for (const shape of SHAPES) {
    const before = shape.exec(body)?.[1];
    if (before !== undefined) return before.length;
  }
  return startOfExpected(body);
}

const EXPECT = /^[ \t]*expect[ \t]/;
const NUMBER = /^([ \t]*)(?:0[xX][0-9A-Fa-f_]+|[0-9][0-9_]*)$/;
const OPERATOR = /[=!<>&|?]/;

/** Of `expect … == NUMBER`, where nothing else is compared. */
function startOfExpected(body: string): number | undefined {
  const equals = body.lastIndexOf('==');
  const head = EXPECT.exec(body)?.[0].length;
  const blanks = NUMBER.exec(body.slice(equals + 2))?.[1];
  if (equals < 0 || head === undefined || blanks === undefined) return undefined;
  return isOneValue(body.slice(head, equals)) ? equals + 2 + blanks.length : undefined;
}

/** Operators stand between one pair of brackets, if anywhere. */
function isOneValue(text: string): boolean {
  const first = text.search(OPERATOR);
  if (first < 0) return true;
  const open = text.lastIndexOf('(', first);
  const close = text.indexOf(')', open);
  if (open < 0 || close < first) return false;
  const nested = text.slice(open + 1, close).includes('(');
  return !nested && !OPERATOR.test(text.slice(close + 1));
}
