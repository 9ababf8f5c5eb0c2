import type { ShownBytes } from './shown-bytes.ts';

const ALLOC = /^VM\d+ \[alloc\] spt (\S+) type \d+ mfn 0x[0-9a-f]+ (?:gpt_)?gfn 0x([0-9a-f]+)$/;
const CHANGE = /^VM\d+ \[(born|new)\] spt \S+ gfn 0x([0-9a-f]+) type \d+$/;
const INC = /^VM\d+ \[inc\] spt (\S+) before/;

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
  /** Guest page frames by the tables' hashed addresses. */
  readonly #frames = new Map<string, number>();
  #building: Building[] = [];

  /** The frame of a table by its address in the log. */
  frameOf(pointer: string): number | undefined {
    return this.#frames.get(pointer);
  }

  begin(): void {
    this.#building = [];
  }

  event(name: string, text: string, bytes: ShownBytes): void {
    if (name === 'spt_alloc') this.#alloc(text);
    else if (name === 'spt_refcount') this.#counted(text);
    else if (name === 'spt_change') this.#changed(text, bytes);
  }

  #alloc(text: string): void {
    const [, pointer = '', gfn = ''] = ALLOC.exec(text) ?? [];
    if (pointer === '') return;
    const frame = Number.parseInt(gfn, 16);
    this.#frames.set(pointer, frame);
    this.#building.at(-1)?.children.push(frame);
  }

  #counted(text: string): void {
    const frame = this.#frames.get(INC.exec(text)?.[1] ?? '');
    if (frame !== undefined) this.#building.at(-1)?.children.push(frame);
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
