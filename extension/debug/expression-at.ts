/** A part of a line, columns counted from 0; `end` is the column behind it. */
export interface ExpressionSpan {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * What the debugger can evaluate: page-table entries and memory by address, registers with fields and indexes
 * by name, and the offsets of registers without a name as listings write them.
 */
const EXPRESSION =
  /\b(?:ggtt|mmio|config|mem(?:8|16|32|64))\[[^\]\n]+\]|\bmmio (0[xX][0-9A-Fa-f]+)|\b_?[0-9]?[A-Z][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*(?:\[\d+\])?/g;
/** Words of a trace's own language that look like registers. */
const KEYWORD = /^(?:[ACI]?[RW](?:8|16|32|64)?|T|M|IRQ|CMD|CSR|CSW|DW|DMESG)$/;

/** The expression at a column of a line, if there is one. */
export function expressionAt(line: string, column: number): ExpressionSpan | undefined {
  for (const match of line.matchAll(EXPRESSION)) {
    const start = match.index;
    const end = start + match[0].length;
    if (column < start || column > end) continue;
    if (KEYWORD.test(match[0])) return undefined;
    const [text, offset] = match;
    return { start, end, text: offset === undefined ? text : `mmio[${offset}]` };
  }
  return undefined;
}
