import { type LineCursor, literal } from '../text/line-cursor.ts';
import { CommandEvent } from './command-event.ts';
import { type ByteRange, ShownBytes } from './shown-bytes.ts';
import { ShownTables } from './shown-tables.ts';

const RING = literal(' ggtt ring ');
const GMA = literal(' root_entry_type 0 gma ');
const GPA = literal(' -> gpa ');

const ADD = literal(' [add] spt ');
const SHADOW = literal(' [shadow_ppgtt_mm] spt ');
const TYPE = literal(' type ');
const ENTRY = literal(' entry ');
const INDEX = literal(' index ');
/** Type of the one pointer of a 4-level root. */
const ROOT_L4 = 12;

const PAGE = 4096;
/** The register state is the page behind the one that a context descriptor names (gvt-facts §6.7). */
const REGISTER_STATE = PAGE;
const IMAGE = {
  head: 0x14,
  tail: 0x1c,
  start: 0x24,
  control: 0x2c,
  indirectContext: 0x6c,
  root: 0xcc,
  rootUpper: 0xc4,
} as const;
const RING_ENABLE = 1;
/** So many bytes behind an indirect context are GVT-g's own: room for a jump. */
const INDIRECT_END = 12;
const CACHE_LINE = 64;
/** GVT-g's buf_type of commands in a ring, and in a batch of the first level. */
const RING_BUFFER = 0;
const BATCH = 1;

interface Ring {
  /** Graphics address. */
  readonly start: number;
  /** Bytes that it has at least. */
  size: number;
}

interface Workload {
  /** Guest physical address of the register state. */
  readonly image: number;
  readonly lrca: number;
  /** Graphics addresses of the first command, and behind the last one. */
  head: number;
  next: number;
  setup: { readonly start: number; next: number } | undefined;
}

/**
 * GVT-g's events show parts of guest memory: the commands that its scanner read, and by them what the images of the
 * contexts must hold of the ring's registers. All of it was there when the work was submitted, which the log shows
 * before; so the lines of a submission are looked through ahead.
 */
export class ShownMemory {
  /** Guest physical pages by graphics pages. */
  readonly #pages = new Map<number, number>();
  /** By LRCA, as of its first submission. */
  readonly #rings = new Map<number, Ring>();
  readonly tables = new ShownTables();
  readonly #event = new CommandEvent();
  #bytes = new ShownBytes();
  /** An entry that the guest wrote into one of its page tables: it comes behind all else. */
  #written = new ShownBytes();
  #submitted: readonly number[] = [];
  #workload: Workload | undefined;

  /** The lines of a submission begin: addresses of the context images that it names. */
  begin(lrcas: readonly number[]): void {
    this.#submitted = lrcas;
    this.#workload = undefined;
    this.#bytes = new ShownBytes();
    this.#written = new ShownBytes();
    this.tables.begin();
  }

  /**
   * The lines of a change to a page table begin, which is itself one of these events:
   * `[add] spt POINTER type N entry 0xENTRY index 0xINDEX`, behind the cursor's `VMn`.
   */
  beginChange(cursor: LineCursor): void {
    this.begin([]);
    if (!cursor.take(ADD)) return;
    const frame = this.tables.frame(cursor);
    if (frame === undefined || !cursor.take(TYPE) || cursor.decimal() < 0) return;
    if (!cursor.take(ENTRY) || !cursor.hexadecimal()) return;
    const { low, high } = cursor;
    if (!cursor.take(INDEX)) return;
    const index = cursor.address();
    if (index < 0 || !cursor.ends()) return;
    const at = frame * PAGE + index * 8;
    this.#written.put(at, low);
    this.#written.put(at + 4, high);
  }

  /** What the events since `begin` have shown. */
  end(): ByteRange[] {
    this.#finish();
    return [...this.#bytes.ranges(), ...this.#written.ranges()];
  }

  /** `spt_change`, behind the cursor's `VMn`. */
  changed(cursor: LineCursor): void {
    this.tables.changed(cursor, this.#bytes);
  }

  /**
   * The root that a submission's context uses, if it is shadowed for it, of `spt_guest_change`:
   * `[shadow_ppgtt_mm] spt POINTER type 12 entry 0xENTRY …`, behind the cursor's `VMn`.
   */
  root(cursor: LineCursor): void {
    const image = this.#workload?.image;
    if (image === undefined || !cursor.take(SHADOW) || !cursor.hexadecimal()) return;
    if (!cursor.take(TYPE) || cursor.decimal() !== ROOT_L4) return;
    if (!cursor.take(ENTRY) || !cursor.hexadecimal()) return;
    this.#bytes.put(image + IMAGE.root, cursor.low);
    this.#bytes.put(image + IMAGE.rootUpper, cursor.high);
  }

  /** ` ggtt ring N root_entry_type 0 gma 0xADDRESS -> gpa 0xADDRESS` of `gma_translate`, behind the cursor's `VMn`. */
  translate(cursor: LineCursor): void {
    if (!cursor.take(RING) || cursor.decimal() < 0 || !cursor.take(GMA)) return;
    const gma = cursor.address();
    if (gma < 0 || !cursor.take(GPA)) return;
    const gpa = cursor.address();
    if (gpa < 0 || !cursor.ends()) return;
    this.#pages.set(Math.floor(gma / PAGE), Math.floor(gpa / PAGE));
    const lrca = gma - REGISTER_STATE;
    if (!this.#submitted.includes(lrca)) return;
    this.#finish();
    this.#workload = { image: gpa, lrca, head: -1, next: -1, setup: undefined };
  }

  /** `gvt_command`, behind the cursor's `vgpuN`. Only the scanner's own reads show guest memory. */
  command(cursor: LineCursor): void {
    const event = this.#event;
    if (!event.read(cursor) || event.isPpgtt || event.bufferType > BATCH) return;
    const { gma, dwords, count } = event;
    for (let i = 0; i < count; i++) {
      const at = gma + i * 4;
      const page = this.#pages.get(Math.floor(at / PAGE));
      if (page !== undefined) this.#bytes.put(page * PAGE + (at % PAGE), dwords[i] ?? 0);
    }
    if (event.bufferType === RING_BUFFER) this.#inRing(gma, gma + count * 4);
  }

  /** Of the commands that are called the ring's the last ones may be an indirect context's, elsewhere. */
  #inRing(start: number, next: number): void {
    const workload = this.#workload;
    if (workload === undefined) return;
    const { setup } = workload;
    if (workload.head < 0) {
      workload.head = start;
      workload.next = next;
    } else if (setup === undefined && this.#goesOn(workload, start)) workload.next = next;
    else if (setup === undefined) workload.setup = { start, next };
    else if (setup.next === start) setup.next = next;
  }

  /** Behind the last command, or at the ring's start where it has come to its end. */
  #goesOn({ lrca, next }: Workload, start: number): boolean {
    const ring = this.#rings.get(lrca);
    const wraps = ring !== undefined && start === ring.start;
    if (wraps) ring.size = next - ring.start;
    return wraps || start === next;
  }

  #finish(): void {
    const workload = this.#workload;
    this.#workload = undefined;
    if (workload === undefined || workload.head < 0) return;
    const { image, lrca, head, next, setup } = workload;
    const ring = this.#rings.get(lrca) ?? { start: head - (head % PAGE), size: PAGE };
    this.#rings.set(lrca, ring);
    const { start } = ring;
    const pages = Math.ceil(Math.max(ring.size, head - start, next - start) / PAGE);
    ring.size = pages * PAGE;
    this.#bytes.put(image + IMAGE.head, head - start);
    this.#bytes.put(image + IMAGE.tail, next - start);
    this.#bytes.put(image + IMAGE.start, start);
    this.#bytes.put(image + IMAGE.control, (pages - 1) * PAGE + RING_ENABLE);
    if (setup === undefined) return;
    for (let at = setup.next - INDIRECT_END; at < setup.next; at += 4) {
      const page = this.#pages.get(Math.floor(at / PAGE));
      if (page !== undefined) this.#bytes.drop(page * PAGE + (at % PAGE));
    }
    const lines = Math.floor((setup.next - setup.start - INDIRECT_END) / CACHE_LINE);
    if (lines > 0) this.#bytes.put(image + IMAGE.indirectContext, setup.start + lines);
  }
}
