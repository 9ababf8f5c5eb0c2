/** Contents of guest memory. */
export interface ByteRange {
  /** Guest physical. */
  readonly address: number;
  readonly bytes: Uint8Array;
}

const PAGE = 4096;
/** More pages than any submission of a real driver shows something of. */
const MOST_PAGES = 8192;

/** What is known of one page. */
class ShownPage {
  readonly number: number;
  readonly bytes = new Uint8Array(PAGE);
  /** By dword. */
  readonly isKnown = new Uint8Array(PAGE / 4);

  constructor(number: number) {
    this.number = number;
  }

  put(at: number, dword: number): void {
    const { bytes } = this;
    bytes[at] = dword;
    bytes[at + 1] = dword >>> 8;
    bytes[at + 2] = dword >>> 16;
    bytes[at + 3] = dword >>> 24;
    this.isKnown[at / 4] = 1;
  }

  *ranges(): Iterable<ByteRange> {
    const { isKnown, number } = this;
    for (let start = isKnown.indexOf(1); start >= 0; ) {
      const unknown = isKnown.indexOf(0, start);
      const end = unknown < 0 ? isKnown.length : unknown;
      yield { address: number * PAGE + start * 4, bytes: this.bytes.slice(start * 4, end * 4) };
      start = isKnown.indexOf(1, end);
    }
  }
}

/** Dwords of guest memory, put together to ranges. */
export class ShownBytes {
  readonly #pages = new Map<number, ShownPage>();
  /** The page that was written last: the next dword is mostly in it. */
  #last: ShownPage | undefined;

  /** `address`: guest physical, a multiple of 4; what is at another cannot be of an engine and is passed over. */
  put(address: number, dword: number): void {
    const number = Math.floor(address / PAGE);
    const at = address - number * PAGE;
    if (at % 4 !== 0) return;
    if (this.#last?.number !== number) this.#last = this.#pageOf(number);
    this.#last?.put(at, dword);
  }

  /** It is not guest memory after all. */
  drop(address: number): void {
    const page = this.#pages.get(Math.floor(address / PAGE));
    if (page !== undefined) page.isKnown[Math.floor((address % PAGE) / 4)] = 0;
  }

  /** In ascending order; neighbours are one range within a page. */
  ranges(): ByteRange[] {
    const pages = [...this.#pages.values()].sort((a, b) => a.number - b.number);
    return pages.flatMap((page) => [...page.ranges()]);
  }

  #pageOf(number: number): ShownPage | undefined {
    let page = this.#pages.get(number);
    if (page !== undefined || this.#pages.size === MOST_PAGES) return page;
    page = new ShownPage(number);
    this.#pages.set(number, page);
    return page;
  }
}
