import type { CommandMemory } from '../../emulator/index.ts';
import type { AubMemory } from '../../trace/index.ts';

const PAGE = 4096;
/** Bits of an entry: present, and the frame (gvt-facts §5.2). */
const PRESENT = 1;
const FRAME_LOW = 0xfffff000;
const FRAME_HIGH = 0xffff;
const ENTRIES = 512;

/** Where a context's page tables are. */
export type PageTables =
  | { readonly levels: 4; readonly root: number }
  | { readonly levels: 3; readonly roots: readonly number[] };

/** Memory of an AUB file as one context sees it. Made anew for each submission: it keeps what it has translated. */
export class AubCommandMemory implements CommandMemory {
  readonly #memory: AubMemory;
  readonly #tables: PageTables;
  readonly #pages = { ggtt: new Map<number, DataView>(), ppgtt: new Map<number, DataView>() };

  constructor(memory: AubMemory, tables: PageTables) {
    this.#memory = memory;
    this.#tables = tables;
  }

  dword(space: 'ggtt' | 'ppgtt', address: number): number | undefined {
    const number = Math.floor(address / PAGE);
    const page = this.#pages[space].get(number) ?? this.#find(space, number);
    const offset = address % PAGE;
    return page === undefined || offset > PAGE - 4 ? undefined : page.getUint32(offset, true);
  }

  #find(space: 'ggtt' | 'ppgtt', number: number): DataView | undefined {
    const address = number * PAGE;
    const physical = space === 'ggtt' ? this.#memory.translate(address) : this.#walk(address);
    const page = physical === undefined ? undefined : this.#memory.page(physical);
    if (page !== undefined) this.#pages[space].set(number, page);
    return page;
  }

  /** Physical address of a page of the PPGTT. */
  #walk(address: number): number | undefined {
    const tables = this.#tables;
    const index = (level: number) => Math.floor(address / 2 ** (12 + 9 * level)) % ENTRIES;
    let at = tables.levels === 4 ? tables.root : tables.roots[index(2)];
    const top = tables.levels === 4 ? 3 : 1;
    for (let level = top; level >= 0 && at !== undefined; level--) {
      at = this.#entry(at, index(level));
    }
    return at;
  }

  #entry(table: number, index: number): number | undefined {
    const page = this.#memory.page(table);
    if (page === undefined) return undefined;
    const low = page.getUint32(index * 8, true);
    if ((low & PRESENT) === 0) return undefined;
    const high = page.getUint32(index * 8 + 4, true) & FRAME_HIGH;
    return high * 2 ** 32 + ((low & FRAME_LOW) >>> 0);
  }
}
