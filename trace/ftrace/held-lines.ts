import { LineCursor, literal } from '../text/line-cursor.ts';
import { HEX_DIGIT } from '../text/numbers.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { type EventHead, isNamed } from './event-head.ts';
import type { ByteRange } from './shown-bytes.ts';
import { ShownMemory } from './shown-memory.ts';

/** More lines than a real submission sets off; then nothing more is looked for. */
const MOST_LINES = 20_000;
const MOST_BYTES = 2 ** 24;

const KVM_MMIO = literal('kvm_mmio');
const WRITE = literal('mmio write len 4 gpa 0x');
/** How the address of a write to some engine's ELSP ends, or of one to PVINFO's notification. */
const PLACES = [literal('230'), literal('78818')] as const;
const GUEST_CHANGE = literal('spt_guest_change');
const ADDED = /^VM\d+ \[add\]/;

/** Events that show memory. */
const SHOWING = [literal('gma_translate'), literal('gvt_command')] as const;
const TABLES = literal('spt_');
const COUNTED = literal('spt_refcount');
const WHOSE = [literal('VM'), literal('vgpu')] as const;

const BLANK = 32;

/** Called with lines that have been held, in their order; the bytes may be used again afterwards. */
type ReadLine = (bytes: Uint8Array, start: number, end: number, line: number) => void;

/**
 * What GVT-g reads of guest memory is seen behind the access that makes it read: the lines behind a submission are
 * held until it is over, so that memory can stand before the access.
 */
export class HeldLines {
  readonly #shown = new ShownMemory();
  #bytes = new Uint8Array(65_536);
  #used = 0;
  /** End and number of each line; they stand one behind the other. */
  #ends: number[] = [];
  #numbers: number[] = [];
  #holding = false;
  readonly #isAbout: (vgpu: string) => boolean;
  readonly #cursor = new LineCursor();
  /** The vGPU that the last event was about, and whether it is ours: that does not change. */
  #vgpu = -1;
  #isVgpuOurs = false;

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

  /** Whether the line is held; else what has been held is to be read first. `head`: undefined where it has none. */
  hold(
    bytes: Uint8Array,
    start: number,
    end: number,
    line: number,
    head: EventHead | undefined,
  ): boolean {
    const length = end - start;
    if (this.#ends.length >= MOST_LINES || this.#used + length > MOST_BYTES) return false;
    if (head !== undefined) {
      if (isNext(bytes, head, end)) return false;
      if (isShowing(bytes, head)) this.#look(bytes, head, end);
    }
    if (this.#used + length > this.#bytes.length) this.#grow(length);
    this.#bytes.set(bytes.subarray(start, end), this.#used);
    this.#used += length;
    this.#ends.push(this.#used);
    this.#numbers.push(line);
    return true;
  }

  /** Ends it. Returns what was shown. */
  end(): readonly ByteRange[] {
    this.#holding = false;
    return this.#shown.end();
  }

  /** Hands out the lines, and forgets them. */
  release(read: ReadLine): void {
    let start = 0;
    for (let i = 0; i < this.#ends.length; i++) {
      const end = this.#ends[i] ?? 0;
      read(this.#bytes, start, end, this.#numbers[i] ?? 0);
      start = end;
    }
    this.#ends = [];
    this.#numbers = [];
    this.#used = 0;
  }

  #look(bytes: Uint8Array, head: EventHead, end: number): void {
    const { name, at } = head;
    if (!this.#isOurs(bytes, at, end)) return;
    if (isNamed(bytes, name, COUNTED)) this.#shown.counted(bytes, at, end);
    else {
      const event = decodeUtf8(bytes, name.start, name.end);
      this.#shown.event(event, decodeUtf8(bytes, at, end).trimEnd());
    }
  }

  /** Whether the text begins with the vGPU that the trace is about, as `VM1` or `vgpu1`. */
  #isOurs(bytes: Uint8Array, at: number, end: number): boolean {
    const cursor = this.#cursor;
    cursor.open(bytes, at, end);
    if (!WHOSE.some((whose) => cursor.take(whose))) return false;
    const vgpu = cursor.decimal();
    if (vgpu !== this.#vgpu) {
      this.#vgpu = vgpu;
      this.#isVgpuOurs = vgpu >= 0 && this.#isAbout(`${vgpu}`);
    }
    return this.#isVgpuOurs;
  }

  #grow(length: number): void {
    const larger = new Uint8Array(Math.max(this.#used + length, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = larger;
  }
}

/** What begins the next: a write that may submit or announce something, or a change of a page table. */
function isNext(bytes: Uint8Array, head: EventHead, end: number): boolean {
  if (isNamed(bytes, head.name, KVM_MMIO)) {
    if (!startsWith(bytes, head.at, end, WRITE)) return false;
    let at = head.at + WRITE.length;
    const digits = at;
    while (at < end && (HEX_DIGIT[bytes[at] ?? 0] ?? -1) >= 0) at++;
    if (at === end || bytes[at] !== BLANK) return false;
    return PLACES.some(
      (place) => at - digits >= place.length && startsWith(bytes, at - place.length, end, place),
    );
  }
  return isNamed(bytes, head.name, GUEST_CHANGE) && ADDED.test(decodeUtf8(bytes, head.at, end));
}

function isShowing(bytes: Uint8Array, { name }: EventHead): boolean {
  if (startsWith(bytes, name.start, name.end, TABLES)) return true;
  return SHOWING.some((showing) => isNamed(bytes, name, showing));
}

function startsWith(bytes: Uint8Array, at: number, end: number, text: Uint8Array): boolean {
  if (at + text.length > end) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}
