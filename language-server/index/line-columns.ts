/** What a line is: a number of `RecordKind` where it holds a record, else one of these. */
export const LineKind = {
  /** Blank, a comment, a remark, or not understood. */
  none: 0,
  /** `## key: value`. */
  header: 64,
  /** Sets the time of what follows, and is no record. */
  time: 65,
  /** Defines a label, whose value it has. */
  label: 66,
} as const;

/** How much is wrong with a line. */
export const Problem = { none: 0, warning: 1, error: 2 } as const;

/** One line as the index keeps it. */
export interface LineFacts {
  kind: number;
  /** Bytes of the access and the store's flags. */
  sizeFlags: number;
  space: number;
  problem: number;
  offset: number;
  low: number;
  high: number;
  /** Where the upper half of a 64-bit register is; 0 where it is right behind the lower one. */
  upper: number;
  /** Microseconds of the time that the line sets; NaN where it sets none. */
  micros: number;
  /** 1 where the line's meaning depends on labels. */
  asks: number;
}

/**
 * All lines of a document in columns, 33 bytes a line. Replacing some lines moves the rest, which for half a million
 * lines is a copy of some megabytes; nothing else of them is looked at.
 */
export class LineColumns {
  length = 0;
  kind = new Uint8Array(0);
  sizeFlags = new Uint8Array(0);
  space = new Uint8Array(0);
  problem = new Uint8Array(0);
  offset = new Float64Array(0);
  low = new Uint32Array(0);
  high = new Uint32Array(0);
  upper = new Uint32Array(0);
  micros = new Float64Array(0);
  asks = new Uint8Array(0);

  /** `count` lines from `first` on give way to `added` empty ones. */
  splice(first: number, count: number, added: number): void {
    const length = this.length - count + added;
    if (length > this.kind.length) this.#grow(length);
    for (const column of this.#columns()) {
      column.copyWithin(first + added, first + count, this.length);
    }
    this.clear(first, first + added);
    this.length = length;
  }

  /** Lines from `first` up to `end` become empty. */
  clear(first: number, end: number): void {
    for (const column of this.#columns()) column.fill(0, first, end);
    this.micros.fill(Number.NaN, first, end);
  }

  /** Lines of `[first, end)` with this kind, in order. */
  ofKind(kind: number, first = 0, end = this.length): Generator<number> {
    return linesWith(this.kind, kind, first, end);
  }

  /** Lines of `[first, end)` whose meaning depends on labels. */
  asking(first = 0, end = this.length): Generator<number> {
    return linesWith(this.asks, 1, first, end);
  }

  at(line: number): LineFacts {
    return {
      kind: this.kind[line] ?? 0,
      sizeFlags: this.sizeFlags[line] ?? 0,
      space: this.space[line] ?? 0,
      problem: this.problem[line] ?? 0,
      offset: this.offset[line] ?? 0,
      low: this.low[line] ?? 0,
      high: this.high[line] ?? 0,
      upper: this.upper[line] ?? 0,
      micros: this.micros[line] ?? Number.NaN,
      asks: this.asks[line] ?? 0,
    };
  }

  #grow(length: number): void {
    const capacity = Math.ceil(length * 1.25) + 16;
    this.kind = grown(new Uint8Array(capacity), this.kind);
    this.sizeFlags = grown(new Uint8Array(capacity), this.sizeFlags);
    this.space = grown(new Uint8Array(capacity), this.space);
    this.problem = grown(new Uint8Array(capacity), this.problem);
    this.offset = grown(new Float64Array(capacity), this.offset);
    this.low = grown(new Uint32Array(capacity), this.low);
    this.high = grown(new Uint32Array(capacity), this.high);
    this.upper = grown(new Uint32Array(capacity), this.upper);
    this.micros = grown(new Float64Array(capacity), this.micros);
    this.asks = grown(new Uint8Array(capacity), this.asks);
  }

  #columns() {
    const { kind, sizeFlags, space, problem, offset, low, high, upper, micros, asks } = this;
    return [kind, sizeFlags, space, problem, offset, low, high, upper, micros, asks];
  }
}

/** Where a column has a value. Not a loop over the lines: they may be millions. */
function* linesWith(column: Uint8Array, value: number, first: number, end: number) {
  const part = column.subarray(0, end);
  for (let at = part.indexOf(value, first); at >= 0; at = part.indexOf(value, at + 1)) yield at;
}

function grown<T extends { set(from: T): void }>(larger: T, column: T): T {
  larger.set(column);
  return larger;
}
