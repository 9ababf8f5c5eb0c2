import { LineCursor, literal } from '../text/line-cursor.ts';
import { EventLine } from './event-line.ts';
import type { ByteRange } from './shown-bytes.ts';
import { ShownMemory } from './shown-memory.ts';

/** More lines than a real submission sets off; then nothing more is looked for. */
const MOST_LINES = 20_000;
const MOST_BYTES = 2 ** 24;

const WHOSE = [literal('VM'), literal('vgpu')] as const;

/** Called with lines that have been held, in their order; they may be used again afterwards. */
type ReadLine = (bytes: Uint8Array, line: EventLine) => void;

/**
 * What GVT-g reads of guest memory is seen behind the access that makes it read: the lines behind a submission are
 * held until it is over, so that memory can stand before the access.
 */
export class HeldLines {
  readonly #shown = new ShownMemory();
  /** The lines, and room for more of them. */
  readonly #lines: EventLine[] = [];
  #count = 0;
  /** Of these the first stand in bytes of their own, the others in the block that is being read. */
  #settled = 0;
  #bytes = new Uint8Array(65_536);
  #used = 0;
  #holding = false;
  readonly #isAbout: (vgpu: number) => boolean;
  readonly #cursor = new LineCursor();

  /** `isAbout`: whether the trace is about the vGPU with this number. */
  constructor(isAbout: (vgpu: number) => boolean) {
    this.#isAbout = isAbout;
  }

  get holding(): boolean {
    return this.#holding;
  }

  /** A line to be read into, which may be held afterwards. */
  next(): EventLine {
    const line = this.#lines[this.#count] ?? new EventLine();
    this.#lines[this.#count] = line;
    return line;
  }

  /** A submission of these context images has been read. */
  begin(lrcas: readonly number[]): void {
    this.#holding = true;
    this.#shown.begin(lrcas);
  }

  /** This line has been read. Where it is of an entry in one of the guest's page tables, more belongs to it. */
  beginChange(bytes: Uint8Array, line: EventLine): void {
    if (line.row?.changesTable?.(this.#open(bytes, line)) !== true) return;
    if (!this.#isOurs(bytes, line)) return;
    this.#holding = true;
    this.#shown.beginChange(this.#cursor);
  }

  /** Whether `line`, which `next` gave, is held; else what has been held is to be read first. */
  hold(bytes: Uint8Array, line: EventLine): boolean {
    if (this.#count >= MOST_LINES || this.#bytesWith(line) > MOST_BYTES) return false;
    const { row } = line;
    if (row !== undefined) {
      if (row.submits?.(this.#open(bytes, line)) === true) return false;
      if (row.changesTable?.(this.#open(bytes, line)) === true) return false;
      if (row.shows !== undefined && this.#isOurs(bytes, line)) {
        row.shows(this.#shown, this.#cursor);
      }
    }
    this.#count++;
    return true;
  }

  /** The block that is being read ends: of what is held it is copied. */
  settle(bytes: Uint8Array): void {
    const [first, last] = [this.#lines[this.#settled], this.#lines[this.#count - 1]];
    if (this.#settled === this.#count || first === undefined || last === undefined) return;
    const { start } = first;
    const length = last.end - start;
    if (this.#used + length > this.#bytes.length) this.#grow(length);
    this.#bytes.set(bytes.subarray(start, last.end), this.#used);
    for (; this.#settled < this.#count; this.#settled++) {
      this.#lines[this.#settled]?.shift(this.#used - start);
    }
    this.#used += length;
  }

  /** Ends it. Returns what was shown. */
  end(): readonly ByteRange[] {
    this.#holding = false;
    return this.#shown.end();
  }

  /** Hands out the lines, and forgets them; `bytes`: the block that is being read. */
  release(bytes: Uint8Array, read: ReadLine): void {
    for (let i = 0; i < this.#count; i++) {
      const line = this.#lines[i];
      if (line !== undefined) read(i < this.#settled ? this.#bytes : bytes, line);
    }
    this.#count = 0;
    this.#settled = 0;
    this.#used = 0;
  }

  /** Bytes that will be held with this line, counted from the first that is. */
  #bytesWith({ end, start }: EventLine): number {
    const first = this.#settled === this.#count ? undefined : this.#lines[this.#settled];
    return this.#used + end - (first?.start ?? start);
  }

  /** The cursor on the line's text. */
  #open(bytes: Uint8Array, { head, end }: EventLine): LineCursor {
    this.#cursor.open(bytes, head.at, end);
    return this.#cursor;
  }

  /** Whether the text begins with the vGPU that the trace is about, as `VM1` or `vgpu1`; the cursor is behind it then. */
  #isOurs(bytes: Uint8Array, line: EventLine): boolean {
    const cursor = this.#open(bytes, line);
    for (const whose of WHOSE) {
      if (!cursor.take(whose)) continue;
      const vgpu = cursor.decimal();
      return vgpu >= 0 && this.#isAbout(vgpu);
    }
    return false;
  }

  #grow(length: number): void {
    const larger = new Uint8Array(Math.max(this.#used + length, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = larger;
  }
}
