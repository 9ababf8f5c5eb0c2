import { type LineCursor, literal } from '../text/line-cursor.ts';
import type { ShownBytes } from './shown-bytes.ts';

const ALLOC = literal(' [alloc] spt ');
const TYPE = literal(' type ');
const MACHINE_FRAME = literal(' mfn ');
/** In the kernel's older text and in its newer one. */
const GUEST_FRAME_NAMES = [literal(' gfn '), literal(' gpt_gfn ')] as const;
const BORN = literal(' [born] spt ');
const NEW = literal(' [new] spt ');
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
 * The methods take a cursor behind the text's `VMn`.
 */
export class ShownTables {
  /** Guest page frames by the tables' hashed addresses, as numbers. */
  readonly #frames = new Map<number, number>();
  #building: Building[] = [];

  begin(): void {
    this.#building = [];
  }

  /** Guest page frame of the table whose address in the log is under the cursor; undefined where it is not known. */
  frame(cursor: LineCursor): number | undefined {
    return cursor.hexadecimal() ? this.#frames.get(pointerOf(cursor)) : undefined;
  }

  /** `[inc] spt POINTER before N -> after N` of `spt_refcount`: most of a log of GVT-g's are these. */
  counted(cursor: LineCursor): void {
    const building = this.#building.at(-1);
    if (building === undefined || !cursor.take(INC)) return;
    const frame = this.frame(cursor);
    if (frame !== undefined && cursor.take(BEFORE)) building.children.push(frame);
  }

  /** `[alloc] spt POINTER type N mfn 0xFRAME gpt_gfn 0xFRAME` of `spt_alloc`. */
  alloc(cursor: LineCursor): void {
    if (!cursor.take(ALLOC) || !cursor.hexadecimal()) return;
    const pointer = pointerOf(cursor);
    if (!cursor.take(TYPE) || cursor.decimal() < 0) return;
    if (!cursor.take(MACHINE_FRAME) || !cursor.hexadecimal()) return;
    const frame = guestFrame(cursor);
    if (frame < 0 || !cursor.ends()) return;
    this.#frames.set(pointer, frame);
    this.#building.at(-1)?.children.push(frame);
  }

  /** `[born|new] spt POINTER gfn 0xFRAME type N` of `spt_change`: a table begins to be shadowed, or is done. */
  changed(cursor: LineCursor, bytes: ShownBytes): void {
    const isNew = cursor.take(NEW);
    if ((!isNew && !cursor.take(BORN)) || !cursor.hexadecimal()) return;
    const frame = guestFrame(cursor);
    if (frame < 0 || !cursor.take(TYPE) || cursor.decimal() < 0 || !cursor.ends()) return;
    if (!isNew) this.#building.push({ frame, children: [] });
    else this.#finish(frame, bytes);
  }

  #finish(frame: number, bytes: ShownBytes): void {
    const done = this.#building.pop();
    if (done === undefined || done.frame !== frame || done.children.length !== ENTRIES) return;
    done.children.forEach((child, index) => {
      const at = frame * PAGE + index * 8;
      bytes.put(at, ((child % 2 ** 20) * PAGE + FLAGS) >>> 0);
      bytes.put(at + 4, Math.floor(child / 2 ** 20));
    });
  }
}

/** ` gfn 0xFRAME` or ` gpt_gfn 0xFRAME`; −1 where neither is there. */
function guestFrame(cursor: LineCursor): number {
  return GUEST_FRAME_NAMES.some((name) => cursor.take(name)) ? cursor.address() : -1;
}

/** A kernel pointer as one number: its upper bits are all alike. */
function pointerOf({ low, high }: LineCursor): number {
  return (high & 0x1fffff) * 2 ** 32 + low;
}
