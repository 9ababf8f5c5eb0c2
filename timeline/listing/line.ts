/** Columns of a row. Grammars and readers rely on their order; `COLUMN_TITLES` names them. */
export interface LineParts {
  readonly record: number;
  readonly timeNs: number;
  /** A fold's row carries the mark that says it can be opened. */
  readonly folded: boolean;
  /** `R32`, `W8`, `R/W` in a fold of both. */
  readonly access: string;
  /** Register, page-table entry, address. */
  readonly name: string;
  /** Hex value; a count in a fold. */
  readonly value: string;
  /** Fields, old → new. */
  readonly meaning: string;
  /** Driver function, where the recording has it. */
  readonly driver: string;
}

/** The first two columns are as wide for all rows of a listing. */
export class LineWriter {
  readonly #recordWidth: number;

  constructor(records: number) {
    this.#recordWidth = Math.max(6, String(Math.max(0, records - 1)).length);
  }

  row(parts: LineParts): string {
    const start = this.#start(parts.record, parts.timeNs);
    const access = `${parts.folded ? '▸' : ' '} ${parts.access}`.padEnd(6);
    const name = parts.name.padEnd(NAME_WIDTH);
    const value = parts.value.padEnd(VALUE_WIDTH);
    if (parts.driver === '') return `${start}${access} ${name} ${value} ${parts.meaning}`.trimEnd();
    return `${start}${access} ${name} ${value} ${parts.meaning.padEnd(MEANING_WIDTH)} @ ${parts.driver}`;
  }

  /** A line for what is no access: notes, and what the device did (`↳`, below the access that set it off). */
  remark(record: number, timeNs: number, text: string): string {
    return `${this.#start(record, timeNs)}${text}`.trimEnd();
  }

  /** The headings of the columns, as a comment. */
  titles(): string {
    const record = '// record'.padEnd(this.#recordWidth + 2);
    const time = 'time'.padStart(TIME_WIDTH);
    const name = 'register or address'.padEnd(NAME_WIDTH);
    return `${record}${time}   access ${name} ${'value'.padEnd(VALUE_WIDTH)} fields, old→new`;
  }

  #start(record: number, timeNs: number): string {
    const number = String(record).padStart(this.#recordWidth);
    // Recordings count microseconds; seconds are what the kernel's log shows beside them.
    const seconds = (timeNs / 1e9).toFixed(6).padStart(TIME_WIDTH);
    return `${number}  ${seconds}  `;
  }
}

const TIME_WIDTH = 12;
const NAME_WIDTH = 34;
const VALUE_WIDTH = 10;
const MEANING_WIDTH = 40;

/** 1602971 as `1,602,971`, whatever the locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A span of time with a unit that keeps it readable. */
export function spanText(ns: number): string {
  if (ns >= 1e9) return `${(ns / 1e9).toFixed(2)} s`;
  if (ns >= 1e6) return `${(ns / 1e6).toFixed(1)} ms`;
  return `${Math.round(ns / 1e3)} µs`;
}

/** `1 record`, `2 records`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}
