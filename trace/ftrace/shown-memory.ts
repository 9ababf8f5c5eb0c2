import { type ByteRange, ShownBytes } from './shown-bytes.ts';
import { ShownTables } from './shown-tables.ts';

const TRANSLATE = /^VM\d+ ggtt ring \d+ root_entry_type 0 gma 0x([0-9a-f]+) -> gpa 0x([0-9a-f]+)$/;
const COMMAND =
  /^vgpu\d+ ring \d+: address_type 0, buf_type ([01]), ip_gma ([0-9a-f]+),cmd \(name=[^,]*,len=\d+,raw cmd=\{([0-9a-fx,]*)\}\)/;

const GUEST_CHANGE =
  /^VM\d+ \[(add|shadow_ppgtt_mm)\] spt (\S+) type (\d+) entry 0x([0-9a-f]+) index 0x([0-9a-f]+)/;
/** Type of the one pointer of a 4-level root. */
const ROOT_L4 = '12';

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
  readonly #tables = new ShownTables();
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
    this.#tables.begin();
  }

  /** The lines of a change to a page table begin, which is itself one of these events. */
  beginChange(text: string): void {
    this.begin([]);
    const [, tag, pointer = '', , entry = '', index = ''] = GUEST_CHANGE.exec(text) ?? [];
    const frame = this.#tables.frameOf(pointer);
    if (tag !== 'add' || frame === undefined) return;
    putEntry(this.#written, frame * PAGE + Number.parseInt(index, 16) * 8, entry);
  }

  /** One event of the submission, other than `spt_refcount`. */
  event(name: string, text: string): void {
    if (name === 'gma_translate') this.#translate(text);
    else if (name === 'gvt_command') this.#command(text);
    else if (name === 'spt_guest_change') this.#root(text);
    else this.#tables.event(name, text, this.#bytes);
  }

  /** One event `spt_refcount` of the submission; its text is in `bytes[at, end)`. */
  counted(bytes: Uint8Array, at: number, end: number): void {
    this.#tables.counted(bytes, at, end);
  }

  /** What the events since `begin` have shown. */
  end(): ByteRange[] {
    this.#finish();
    return [...this.#bytes.ranges(), ...this.#written.ranges()];
  }

  /** The root that a submission's context uses, if it is shadowed for it. */
  #root(text: string): void {
    const [, tag, , type, entry = ''] = GUEST_CHANGE.exec(text) ?? [];
    const image = this.#workload?.image;
    if (image === undefined || tag !== 'shadow_ppgtt_mm' || type !== ROOT_L4) return;
    const value = BigInt(`0x${entry}`);
    this.#bytes.put(image + IMAGE.root, Number(value & 0xffffffffn));
    this.#bytes.put(image + IMAGE.rootUpper, Number(value >> 32n));
  }

  #translate(text: string): void {
    const match = TRANSLATE.exec(text);
    if (match === null) return;
    const [gma, gpa] = [Number.parseInt(match[1] ?? '', 16), Number.parseInt(match[2] ?? '', 16)];
    this.#pages.set(Math.floor(gma / PAGE), Math.floor(gpa / PAGE));
    const lrca = gma - REGISTER_STATE;
    if (!this.#submitted.includes(lrca)) return;
    this.#finish();
    this.#workload = { image: gpa, lrca, head: -1, next: -1, setup: undefined };
  }

  #command(text: string): void {
    const match = COMMAND.exec(text);
    if (match === null) return;
    const gma = Number.parseInt(match[2] ?? '', 16);
    const dwords = (match[3] ?? '').split(',').map((dword) => Number.parseInt(dword, 16));
    dwords.forEach((dword, index) => {
      const at = gma + index * 4;
      const page = this.#pages.get(Math.floor(at / PAGE));
      if (page !== undefined) this.#bytes.put(page * PAGE + (at % PAGE), dword);
    });
    if (match[1] === '0') this.#inRing(gma, gma + dwords.length * 4);
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

function putEntry(bytes: ShownBytes, address: number, entry: string): void {
  const value = BigInt(`0x${entry}`);
  bytes.put(address, Number(value & 0xffffffffn));
  bytes.put(address + 4, Number((value >> 32n) & 0xffffffffn));
}
