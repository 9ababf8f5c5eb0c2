import { GgttShadow } from './ggtt-shadow.ts';
import { AubSpace } from './memory-writes.ts';

const PAGE = 4096;
const ENTRY_BYTES = 8;
/** Bytes of the GGTT, and highest address that a file can write to. */
const GGTT_BYTES = 0x800000;
const MOST_ADDRESS = 2 ** 48;
/** A file may hold a device's memory, not more than a machine has. */
const MOST_PAGES = 2 ** 19;

/** Memory as a file has written it up to one of its packets: contents by page, and the GGTT. */
export class AubMemory {
  readonly #pages = new Map<number, DataView>();
  readonly #ggtt = new GgttShadow();
  #lost = 0;

  /** Contents of the page that a physical address lies in; undefined where the file has written nothing there. */
  page(physical: number): DataView | undefined {
    return this.#pages.get(Math.floor(physical / PAGE));
  }

  /** Physical address of a graphics address in the GGTT. */
  translate(address: number): number | undefined {
    return this.#ggtt.translate(address);
  }

  /** Pages that could not be kept, as there were too many, or that had no entry when they were written. */
  get lost(): number {
    return this.#lost;
  }

  /** Bytes `from` to `from + count` of a packet. Returns what is wrong, in words that follow “packet N”. */
  write(
    space: number,
    address: number,
    packet: DataView,
    from: number,
    count: number,
  ): string | undefined {
    if (address + count > MOST_ADDRESS) return 'writes behind 48 bits of address';
    if (space === AubSpace.ggttEntry) return this.#entries(address, packet, from, count);
    const isPhysical = space === AubSpace.physical || space === AubSpace.local;
    if (!isPhysical && space !== AubSpace.ggtt) return `writes to address space ${space}`;
    for (let done = 0; done < count; ) {
      const place = address + done;
      const length = Math.min(PAGE - (place % PAGE), count - done);
      const physical = isPhysical ? place : this.#ggtt.translate(place);
      if (physical === undefined) this.#lost++;
      else this.#contents(physical, packet, from + done, length);
      done += length;
    }
    return undefined;
  }

  #contents(physical: number, packet: DataView, from: number, length: number): void {
    const number = Math.floor(physical / PAGE);
    let page = this.#pages.get(number);
    if (page === undefined) {
      if (this.#pages.size >= MOST_PAGES) {
        this.#lost++;
        return;
      }
      page = new DataView(new ArrayBuffer(PAGE));
      this.#pages.set(number, page);
    }
    const bytes = new Uint8Array(packet.buffer, packet.byteOffset + from, length);
    new Uint8Array(page.buffer, physical % PAGE, length).set(bytes);
  }

  #entries(address: number, packet: DataView, from: number, count: number): string | undefined {
    if (address % ENTRY_BYTES !== 0 || address + count > GGTT_BYTES) {
      return 'writes GGTT entries where the table has none';
    }
    for (let done = 0; done + ENTRY_BYTES <= count; done += ENTRY_BYTES) {
      const low = packet.getUint32(from + done, true);
      const high = packet.getUint32(from + done + 4, true);
      this.#ggtt.set((address + done) / ENTRY_BYTES, low, high);
    }
    return undefined;
  }
}
