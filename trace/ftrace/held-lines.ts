import { decodeUtf8 } from '../text/utf8.ts';
import type { ByteRange } from './shown-bytes.ts';
import { ShownMemory } from './shown-memory.ts';

/** More lines than a real submission sets off; then nothing more is looked for. */
const MOST_LINES = 20_000;
const MOST_BYTES = 2 ** 24;

/** What begins the next: a write to some engine's ELSP or to PVINFO's notification, or a change of a page table. */
const NEXT =
  /kvm_mmio: mmio write len 4 gpa 0x[0-9a-f]*(230|78818) |spt_guest_change: VM\d+ \[add\]/;
const EVENT = /: (gma_translate|gvt_command|spt_\w+): +((?:VM|vgpu)(\d+).*)$/;

interface HeldLine {
  readonly bytes: Uint8Array;
  readonly line: number;
}

/**
 * What GVT-g reads of guest memory is seen behind the access that makes it read: the lines behind a submission are
 * held until it is over, so that memory can stand before the access.
 */
export class HeldLines {
  readonly #shown = new ShownMemory();
  #lines: HeldLine[] = [];
  #bytes = 0;
  #holding = false;
  readonly #isAbout: (vgpu: string) => boolean;

  /** `isAbout`: whether the trace is about the vGPU with this number. */
  constructor(isAbout: (vgpu: string) => boolean) {
    this.#isAbout = isAbout;
  }

  get holding(): boolean {
    return this.#holding;
  }

  /** A submission of these context images has been read. */
  begin(lrcas: readonly number[]): void {
    this.#holding = true;
    this.#shown.begin(lrcas);
  }

  /** The guest has changed one of its page tables, as this event says. */
  beginChange(text: string): void {
    this.#holding = true;
    this.#shown.beginChange(text);
  }

  /** Whether the line is held; else what has been held is to be read first. */
  hold(bytes: Uint8Array, start: number, end: number, line: number): boolean {
    this.#bytes += end - start;
    if (this.#lines.length >= MOST_LINES || this.#bytes > MOST_BYTES) return false;
    const text = decodeUtf8(bytes, start, end);
    if (NEXT.test(text)) return false;
    const event = EVENT.exec(text);
    if (event !== null && this.#isAbout(event[3] ?? ''))
      this.#shown.event(event[1] ?? '', event[2] ?? '');
    this.#lines.push({ bytes: bytes.slice(start, end), line });
    return true;
  }

  /** Ends it: what was shown, and the lines to be read now. */
  end(): { readonly shown: readonly ByteRange[]; readonly lines: readonly HeldLine[] } {
    const lines = this.#lines;
    this.#lines = [];
    this.#bytes = 0;
    this.#holding = false;
    return { shown: this.#shown.end(), lines };
  }
}
