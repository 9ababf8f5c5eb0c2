import { LineCursor, literal } from '../text/line-cursor.ts';
import { parseHex } from '../text/numbers.ts';
import type { ShownBytes } from './shown-bytes.ts';

const ALLOC = /^VM\d+ \[alloc\] spt (\S+) type \d+ mfn 0x[0-9a-f]+ (?:gpt_)?gfn 0x([0-9a-f]+)$/;
const CHANGE = /^VM\d+ \[(born|new)\] spt \S+ gfn 0x([0-9a-f]+) type \d+$/;
const MACHINE = literal('VM');
const INC = literal(' [inc] spt ');
const BEFORE = literal(' before');

const ENTRIES = 512;
const PAGE = 4096;
/** Present and writable. Of an entry's attributes the events say nothing. */
const FLAGS = 3;

interface Building {
  readonly frame: number;
  /** Frames of the tables that its entries lead to, in order. */
  readonly children: number[];
}

/**
 * What GVT-g's events say of the guest's page tables. While a table is shadowed each entry that leads to another
 * table makes that one, or counts it once more: where all entries lead somewhere it is known where each does.
 */
export class ShownTables {
  /** Guest page frames by the tables' hashed addresses, as numbers. */
  readonly #frames = new Map<number, number>();
  readonly #cursor = new LineCursor();
  #building: Building[] = [];

  /** The frame of a table by its address in the log. */
  frameOf(pointer: string): number | undefined {
    const { low, high } = parseHex(pointer) ?? NOWHERE;
    return this.#frames.get(pointerOf(low, high));
  }

  begin(): void {
    this.#building = [];
  }

  event(name: string, text: string, bytes: ShownBytes): void {
    if (name === 'spt_alloc') this.#alloc(text);
    else if (name === 'spt_change') this.#changed(text, bytes);
  }

  /** The same for `spt_refcount`, whose text is in `bytes[at, end)`: most of a log of GVT-g's are these. */
  counted(bytes: Uint8Array, at: number, end: number): void {
    const building = this.#building.at(-1);
    if (building === undefined) return;
    const cursor = this.#cursor;
    cursor.open(bytes, at, end);
    if (!cursor.take(MACHINE) || cursor.decimal() < 0 || !cursor.take(INC)) return;
    if (!cursor.hexadecimal() || !cursor.take(BEFORE)) return;
    const frame = this.#frames.get(pointerOf(cursor.low, cursor.high));
    if (frame !== undefined) building.children.push(frame);
  }

  #alloc(text: string): void {
    const [, pointer = '', gfn = ''] = ALLOC.exec(text) ?? [];
    if (pointer === '') return;
    const frame = Number.parseInt(gfn, 16);
    const { low, high } = parseHex(pointer) ?? NOWHERE;
    this.#frames.set(pointerOf(low, high), frame);
    this.#building.at(-1)?.children.push(frame);
  }

  #changed(text: string, bytes: ShownBytes): void {
    const [, tag, gfn = ''] = CHANGE.exec(text) ?? [];
    const frame = Number.parseInt(gfn, 16);
    if (tag === 'born') this.#building.push({ frame, children: [] });
    if (tag !== 'new') return;
    const done = this.#building.pop();
    if (done === undefined || done.frame !== frame || done.children.length !== ENTRIES) return;
    done.children.forEach((child, index) => {
      const at = frame * PAGE + index * 8;
      bytes.put(at, ((child % 2 ** 20) * PAGE + FLAGS) >>> 0);
      bytes.put(at + 4, Math.floor(child / 2 ** 20));
    });
  }
}

/** Stands for what is no pointer; no table is there. */
const NOWHERE = { low: 0, high: 0 };

/** A kernel pointer as one number: its upper bits are all alike. */
function pointerOf(low: number, high: number): number {
  return (high & 0x1fffff) * 2 ** 32 + low;
}
