import type { Core } from '../core.ts';
import { hearsPage } from '../listener-interest.ts';
import { ownerOf } from '../partition.ts';
import { OFFSET, pageNumberOf } from '../state/guest-page.ts';
import { translateGgtt } from './ggtt.ts';

/** Bits of four bytes in a word of a page's `known`. */
const DWORD = 0xf;

/**
 * Guest writes of aligned dwords through BAR2, with no other access between them, as `writeAperture` does them one by
 * one: a console is drawn by hundreds of thousands. `addresses` are graphics addresses; those from `first` on, and below
 * `end`, count. Answers how many were written. It ends before one that needs more than its dword stored: nothing is
 * mapped there, a page table is in that page, somebody listens to it, the memory is a running guest's.
 */
export function writeApertureRun(
  core: Core,
  addresses: Uint32Array,
  values: Uint32Array,
  first: number,
  end: number,
): number {
  if (core.memory.source !== undefined) return 0;
  let at = first;
  while (at < end) {
    const address = addresses[at] ?? 0;
    if (ownerOf(core.config.partition, address) !== 'aperture') break;
    const physical = translateGgtt(core, address);
    if (physical === undefined || core.memory.isWatched(physical)) break;
    const page = pageNumberOf(physical);
    if (hearsPage(core.listener, page)) break;
    const next = writePage(core, page, addresses, values, at, end);
    if (next === at) break;
    at = next;
  }
  return at - first;
}

/** Those that stand in the same page as the first; where it ended. */
function writePage(
  core: Core,
  pageNumber: number,
  addresses: Uint32Array,
  values: Uint32Array,
  first: number,
  end: number,
): number {
  const { words, known } = core.memory.openPage(pageNumber, true);
  const graphicsPage = (addresses[first] ?? 0) >>> 12;
  let at = first;
  for (; at < end; at++) {
    const address = addresses[at] ?? 0;
    if (address >>> 12 !== graphicsPage || (address & 3) !== 0) break;
    const offset = address & OFFSET;
    words[offset >>> 2] = values[at] ?? 0;
    known[offset >>> 5] = (known[offset >>> 5] ?? 0) | (DWORD << (offset & 31));
  }
  return at;
}
