import type { Core } from '../../core.ts';
import { translateGgtt } from '../../gtt/ggtt.ts';
import type { PageView } from '../../state/guest-page.ts';

/** What stands for a value that cannot be had; both are negative, values are not. */
export const UNKNOWN_PIXEL = -1;
export const UNMAPPED_PIXEL = -2;

const PAGE = 4096;

/** Graphics memory as a display reads it: through the GGTT, without a trace. The page read last is at hand. */
export class ScanoutMemory {
  readonly #ownerOf: (address: number) => Core | undefined;
  #page = -1;
  #view: PageView | undefined;
  #missing = UNMAPPED_PIXEL;

  /** `ownerOf`: the vGPU whose graphics memory an address is; undefined for nobody's. */
  constructor(ownerOf: (address: number) => Core | undefined) {
    this.#ownerOf = ownerOf;
  }

  /** A little-endian value of 1, 2 or 4 bytes at an aligned graphics address. */
  read(address: number, size: 1 | 2 | 4): number {
    const at = address & (PAGE - 1);
    if (address - at !== this.#page) this.#open(address - at);
    const view = this.#view;
    if (view === undefined) return this.#missing;
    const mask = size === 4 ? 0xf : size === 2 ? 3 : 1;
    if ((((view.known[at >>> 5] ?? 0) >>> (at & 31)) & mask) !== mask) return UNKNOWN_PIXEL;
    if (size === 4) return view.words[at >>> 2] ?? 0;
    const low = view.bytes[at] ?? 0;
    return size === 2 ? low | ((view.bytes[at + 1] ?? 0) << 8) : low;
  }

  #open(page: number): void {
    this.#page = page;
    const core = this.#ownerOf(page);
    const at = core && translateGgtt(core, page);
    this.#missing = at === undefined ? UNMAPPED_PIXEL : UNKNOWN_PIXEL;
    this.#view = at === undefined ? undefined : core?.memory.viewPage(at / PAGE);
  }
}
