import { quote } from '../text/line-text.ts';
import { hex, parseHex, parseNumber, type U64 } from '../text/numbers.ts';

/** A name for a number, from a line `label NAME NUMBER`. */
export interface Label {
  readonly name: string;
  readonly value: U64;
  /** 1-based. */
  readonly line: number;
}

/** More are no names that a person gave. */
export const MOST_LABELS = 65_536;

/** Longest name of a label, in characters. */
const LONGEST_NAME = 40;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What the grammar itself says with a word, in places where labels may stand. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  ...['ggtt', 'memory', 'no', 'since', 'true', 'false', 'null', 'this'],
  ...['fault', 'faults', 'interrupt', 'interrupts', 'command', 'commands'],
]);

/** For those who read only some lines of a trace, whose numbers are not the trace's. All lines count from 1. */
export interface LabelsOfPiece {
  /** Labels of lines that are not read. */
  readonly known?: Iterable<Label>;
  /** The trace's line of one that is read. */
  lineOf?(line: number): number;
  /** Told of each line that is read whose meaning depends on labels, whether there are such or not. */
  asked?(line: number): void;
}

/** The labels of one trace as far as it has been read. */
export class LabelTable {
  readonly #labels = new Map<string, Label>();
  readonly #piece: LabelsOfPiece;

  constructor(piece: LabelsOfPiece = {}) {
    for (const label of piece.known ?? []) this.#labels.set(label.name, label);
    this.#piece = piece;
  }

  /** The label of that name, where a line above `line` defines it. */
  find(name: string, line: number): Label | undefined {
    this.#piece.asked?.(line);
    const label = this.#labels.get(name);
    return label !== undefined && label.line < this.#lineOf(line) ? label : undefined;
  }

  /** Returns a sentence where there can be no such label. */
  define(name: string, value: U64, line: number): string | undefined {
    const before = this.find(name, line);
    if (before !== undefined) {
      return `The label ${quote(name)} is defined already, on line ${before.line}, as ${hex64(before.value)}.`;
    }
    if (this.#labels.size >= MOST_LABELS) return `A trace has at most ${MOST_LABELS} labels.`;
    this.#labels.set(name, { name, value, line: this.#lineOf(line) });
    return undefined;
  }

  list(): readonly Label[] {
    return [...this.#labels.values()];
  }

  #lineOf(line: number): number {
    return this.#piece.lineOf?.(line) ?? line;
  }
}

/** Whether a text has the form of a label's name. What reads as a hexadecimal number has not: lines have such. */
export function isLabelName(text: string): boolean {
  return NAME.test(text) && parseHex(text) === undefined;
}

/** A sentence where a name has not the form of a label's; what else bears it is not looked at. */
export function labelFormProblem(name: string): string | undefined {
  if (!NAME.test(name) || name.length > LONGEST_NAME) {
    return `${quote(name)} is no name for a label: it has letters, digits and _, begins with no digit, and has at most ${LONGEST_NAME} characters.`;
  }
  if (parseHex(name) !== undefined) {
    return `${quote(name)} is no name for a label: lines with hexadecimal numbers would take it for one.`;
  }
  if (OWN_WORDS.has(name))
    return `${quote(name)} is no name for a label: it is a word of the format.`;
  return undefined;
}

/**
 * `NAME` or `NAME+NUMBER`, given on a line (1-based); a sentence where it is not known or exceeds 64 bits, undefined for
 * what has not this form. `hexadecimal`: the line's other numbers are hexadecimal without `0x`, so that a distance of
 * several digits has to say what it is.
 */
export function parseLabelled(
  text: string,
  line: number,
  labels: LabelTable,
  hexadecimal = false,
): U64 | string | undefined {
  const plus = text.indexOf('+');
  const name = plus < 0 ? text : text.slice(0, plus);
  if (!isLabelName(name)) return undefined;
  const label = labels.find(name, line);
  if (label === undefined) return noLabel(name);
  if (plus < 0) return label.value;
  const distance = text.slice(plus + 1);
  const added = parseNumber(distance);
  if (added === undefined) {
    return `${quote(text.slice(plus))} is no distance: a number was expected after +.`;
  }
  if (hexadecimal && /^[0-9_]{2,}$/.test(distance)) {
    return `${quote(text.slice(plus))} can be read in two ways on this line: write +0x${distance} or +${hex(added.low)}.`;
  }
  return sum(label.value, added) ?? `${quote(text)} exceeds 64 bits.`;
}

/** The sentence for a name that no line above defines. */
export function noLabel(name: string): string {
  return `There is no label named ${quote(name)} above this line.`;
}

/** The sentence for what is a number, and too big for an address. */
export function noAddress(text: string): string {
  return `${quote(text)} is no address: it exceeds 48 bits.`;
}

function sum(a: U64, b: U64): U64 | undefined {
  const low = a.low + b.low;
  const high = a.high + b.high + Math.floor(low / 2 ** 32);
  return high >= 2 ** 32 ? undefined : { low: low % 2 ** 32, high };
}

/** `0x4001000`, of up to 64 bits. */
export function hex64({ low, high }: U64): string {
  return high === 0 ? hex(low) : `${hex(high)}${low.toString(16).padStart(8, '0')}`;
}
