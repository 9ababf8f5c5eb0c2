import { RecordKind, Space } from '../record.ts';
import { packKind } from '../store/store-writer.ts';
import { hex } from '../text/numbers.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import { GgttShadow } from './ggtt-shadow.ts';

const PAGE = 4096;
/** Where the GGTT begins in BAR0, and its bytes (gvt-facts §5.1). */
const GGTT = 0x800000;
const GGTT_BYTES = 0x800000;
const ENTRY_BYTES = 8;

const MEMORY = packKind(RecordKind.memory, Space.memory);
const WRITE = packKind(RecordKind.write, Space.mmio);
const NO_VALUE = { low: 0, high: 0 };

/** Spaces by number: those of memory trace packets, and of legacy blocks. */
export const AubSpace = { ggtt: 0, local: 1, physical: 2, pci: 3, ggttEntry: 4 } as const;

/** What a file writes to memory: contents of guest memory, and entries of the GGTT through BAR0. */
export class MemoryWrites {
  readonly #target: ReaderTarget;
  readonly #ggtt = new GgttShadow();
  #unmapped = 0;
  #firstUnmapped = 0;

  constructor(target: ReaderTarget) {
    this.#target = target;
  }

  /** `packet` bytes `from` to `from + count`. Returns what is wrong, in words that follow “packet N”. */
  write(
    space: number,
    address: number,
    packet: DataView,
    from: number,
    count: number,
    number: number,
  ): string | undefined {
    if (address + count > 2 ** 48) return `writes to ${hex(address)}, and addresses have 48 bits`;
    switch (space) {
      case AubSpace.physical:
      case AubSpace.local:
        this.#contents(address, packet, from, count, number);
        return undefined;
      case AubSpace.ggtt:
        return this.#throughGgtt(address, packet, from, count, number);
      case AubSpace.ggttEntry:
        return this.#entries(address, packet, from, count, number);
      default:
        return `writes to address space ${space}, which is not known`;
    }
  }

  report(): void {
    if (this.#unmapped === 0) return;
    const pages = this.#unmapped === 1 ? '1 page was' : `${this.#unmapped} pages were`;
    this.#target.diagnostics.warning(
      this.#firstUnmapped,
      `${pages} written through the GGTT without an entry there, first by packet ${this.#firstUnmapped}: what was written is not shown.`,
    );
  }

  /** A record for each page. */
  #contents(address: number, packet: DataView, from: number, count: number, number: number): void {
    const { store } = this.#target;
    const bytes = new Uint8Array(packet.buffer, packet.byteOffset, packet.byteLength);
    for (const { place, done, length } of pagesOf(address, count)) {
      store.appendWide(MEMORY, 0, place, NO_VALUE, number);
      store.setPayload(bytes, from + done, from + done + length);
    }
  }

  #throughGgtt(
    address: number,
    packet: DataView,
    from: number,
    count: number,
    number: number,
  ): string | undefined {
    for (const { place, done, length } of pagesOf(address, count)) {
      const physical = this.#ggtt.translate(place);
      if (physical !== undefined) {
        this.#contents(physical, packet, from + done, length, number);
      } else if (this.#unmapped++ === 0) this.#firstUnmapped = number;
    }
    return undefined;
  }

  /** Entries of Gen8 and later have eight bytes; `address` is the first one's place in the table. */
  #entries(
    address: number,
    packet: DataView,
    from: number,
    count: number,
    number: number,
  ): string | undefined {
    if (address % ENTRY_BYTES !== 0 || address + count > GGTT_BYTES) {
      return `writes GGTT entries at byte ${hex(address)} of the table, which has ${hex(GGTT_BYTES)}`;
    }
    for (let done = 0; done + ENTRY_BYTES <= count; done += ENTRY_BYTES) {
      const low = packet.getUint32(from + done, true);
      const high = packet.getUint32(from + done + 4, true);
      this.#ggtt.set((address + done) / ENTRY_BYTES, low, high);
      this.#target.store.append(WRITE, ENTRY_BYTES, GGTT + address + done, low, number);
      if (high !== 0) this.#target.store.setHigh(high);
    }
    return undefined;
  }
}

/** `count` bytes from an address on, page by page; `done`: bytes before the piece. */
function* pagesOf(address: number, count: number) {
  for (let done = 0; done < count; ) {
    const place = address + done;
    const length = Math.min(PAGE - (place % PAGE), count - done);
    yield { place, done, length };
    done += length;
  }
}
