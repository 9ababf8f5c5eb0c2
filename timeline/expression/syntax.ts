/** A place in the expression's text: 0-based columns, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An expression taken apart; names are not resolved yet. */
export type Syntax = Span &
  (
    | { readonly type: 'number'; readonly value: bigint }
    | { readonly type: 'string'; readonly value: string }
    | { readonly type: 'boolean'; readonly value: boolean }
    /** `RCS0.RING_CTL.enable`, `value`. */
    | { readonly type: 'path'; readonly parts: readonly string[] }
    /** `ggtt[0x1000]`, `PLANE_WM_1_A[3]`, bit 3 of a value. */
    | { readonly type: 'index'; readonly object: Syntax; readonly index: Syntax }
    /** `X[7:4]`. */
    | {
        readonly type: 'slice';
        readonly object: Syntax;
        readonly high: Syntax;
        readonly low: Syntax;
      }
    /** `.present` after an index. */
    | { readonly type: 'member'; readonly object: Syntax; readonly name: string }
    | { readonly type: 'call'; readonly name: string; readonly arguments: readonly Syntax[] }
    | { readonly type: 'unary'; readonly operator: string; readonly argument: Syntax }
    | {
        readonly type: 'binary';
        readonly operator: string;
        readonly left: Syntax;
        readonly right: Syntax;
      }
    | {
        readonly type: 'conditional';
        readonly test: Syntax;
        readonly consequent: Syntax;
        readonly alternate: Syntax;
      }
  );

/** What is wrong with an expression, and where. Thrown only inside this folder. */
export class SyntaxProblem extends Error {
  readonly column: number;

  constructor(message: string, column: number) {
    super(message);
    this.column = column;
  }
}
