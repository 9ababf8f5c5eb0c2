import { type Core, fault, hex } from '../core.ts';
import type { Answer } from '../device-model.ts';
import { hearsEntry } from '../listener-interest.ts';
import { isOwned } from '../partition.ts';
import { hasQuirk } from '../quirks.ts';
import { hasHalf, parkHalf, takeHalf } from './ggtt-halves.ts';
import { dropHostEntry, hostEntryAt, keepHostEntry } from './host-entries.ts';

/** BAR0 offset of the first entry, and how many there are: 8 bytes each, 4 GiB of graphics addresses (gvt-facts §2.1). */
export const GGTT_OFFSET = 0x800000;
export const GGTT_ENTRIES = 0x100000;
const GGTT_END = GGTT_OFFSET + GGTT_ENTRIES * 8;

const GRAPHICS_END = GGTT_ENTRIES * 4096;

const PRESENT = 1;

export function isGgttOffset(offset: number): boolean {
  return offset >= GGTT_OFFSET && offset < GGTT_END;
}

/** A guest read of entries (gvt-facts §5.3). Outside the own slice: 0 and a fault. */
export function readGgtt(core: Core, offset: number, size: number): Answer {
  if (core.state.failsafe >= 0) return readRaw(core, offset, size);
  if (!checkAccess(core, offset, size)) return ZERO;
  const index = (offset - GGTT_OFFSET) >>> 3;
  if (!owned(core, index)) {
    const place = { graphics: index * 4096, register: offset };
    fault(core, 'ggtt-read-out-of-range', () => outOfRange('read', index), place);
    return ZERO;
  }
  const word = (offset - GGTT_OFFSET) >>> 2;
  return {
    low: core.ggtt.get(word),
    high: size === 8 ? core.ggtt.get(word + 1) : 0,
    known: true,
  };
}

/**
 * A guest write of a whole entry or of a half. A first half shows with the other half 0 and takes effect for nobody
 * until the other half comes; the same half again replaces it (gvt-facts §5.3). Writes outside the own slice are
 * dropped, as guests touch the whole table while ballooning.
 */
export function writeGgtt(
  core: Core,
  offset: number,
  size: number,
  low: number,
  high: number,
): void {
  if (core.state.failsafe >= 0) return writeRaw(core, offset, size, low, high);
  if (!checkAccess(core, offset, size)) {
    if (takesUpperHalf(core, offset, size)) writeUpperHalf(core, offset, low);
    return;
  }
  const index = (offset - GGTT_OFFSET) >>> 3;
  if (!owned(core, index)) {
    const place = { graphics: index * 4096, register: offset, value: low };
    const check = isGuard(index) ? 'ggtt-guard-write' : 'ggtt-write-out-of-range';
    fault(core, check, () => outOfRange('write', index), place);
    return;
  }
  if (size === 8) {
    takeHalf(core.state.ggttHalves, index);
    store(core, index, low, high);
    return;
  }
  writeHalf(core, index, offset & 4, low);
}

/**
 * The same for a low half and the high half behind it, at an entry's `offset`: what `writeGgtt` leaves in two steps.
 * False, and nothing has happened, where somebody would see the steps, or has a say in them.
 */
export function writeGgttPair(core: Core, offset: number, low: number, high: number): boolean {
  const { ggttHalves, hostEntries, failsafe } = core.state;
  if (failsafe >= 0 || hostEntries.count > 0 || ggttHalves.index >= 0) return false;
  if (ggttHalves.olderCount > 0 || core.services !== undefined) return false;
  const index = (offset - GGTT_OFFSET) >>> 3;
  if (hearsEntry(core.listener, index) || !owned(core, index)) return false;
  ggttHalves.offset = 0;
  core.ggtt.setPair(index * 2, low, high);
  return true;
}

function writeHalf(core: Core, index: number, offset: number, value: number): void {
  const halves = core.state.ggttHalves;
  const waiting = takeHalf(halves, index);
  const word = index * 2;
  if (waiting !== undefined && waiting !== offset) {
    const low = offset === 0 ? value : core.ggtt.get(word);
    const high = offset === 0 ? core.ggtt.get(word + 1) : value;
    store(core, index, low, high);
    return;
  }
  parkHalf(halves, index, offset);
  store(core, index, offset === 0 ? value : 0, offset === 0 ? 0 : value);
}

function store(core: Core, index: number, low: number, high: number): void {
  const word = index * 2;
  const changes = core.ggtt.get(word) !== low || core.ggtt.get(word + 1) !== high;
  if (changes) {
    core.ggtt.set(word, low);
    core.ggtt.set(word + 1, high);
  }
  // The same entry again is mapped again: a second half often changes nothing, and the frame may have got its memory.
  dropHostEntry(core.state.hostEntries, index);
  if ((low & PRESENT) !== 0 && core.services !== undefined) checkBacked(core, index);
  const { listener } = core;
  if (changes && hearsEntry(listener, index)) listener?.ggttEntryChanged?.(index, low, high);
}

/** Puts an entry in place without the rules for guests. */
export function setGgttEntry(core: Core, index: number, low: number, high: number): void {
  store(core, index, low, high);
}

/** An entry for the device: its halves, whether it maps anything, and the guest physical address of its page. */
export interface GgttEntry {
  readonly low: number;
  readonly high: number;
  readonly present: boolean;
  /** One half is missing: the host entry is scratch. */
  readonly partial: boolean;
  /** Guest physical address, bits 45:12 of the entry. */
  readonly page: number;
}

export function ggttEntry(core: Core, index: number): GgttEntry {
  const low = core.ggtt.get(index * 2);
  const high = core.ggtt.get(index * 2 + 1);
  return {
    low,
    high,
    present: (low & PRESENT) !== 0,
    partial: hasHalf(core.state.ggttHalves, index),
    page: pageAddress(low, high),
  };
}

/** Bits 45:12 of a 64-bit entry as an address. */
export function pageAddress(low: number, high: number): number {
  return (high & 0x3fff) * 0x100000000 + ((low & 0xfffff000) >>> 0);
}

/** Guest physical address behind a graphics address, or undefined where nothing is mapped. */
export function translateGgtt(core: Core, address: number): number | undefined {
  const index = address >>> 12;
  const { hostEntries, ggttHalves } = core.state;
  if (address >= GRAPHICS_END) return undefined;
  if (hostEntries.count > 0) {
    const kept = hostEntryAt(hostEntries, index);
    if (kept !== undefined) return behind(kept.low, kept.high, address);
  }
  if (hasHalf(ggttHalves, index)) return undefined;
  return behind(core.ggtt.get(index * 2), core.ggtt.get(index * 2 + 1), address);
}

function behind(low: number, high: number, address: number): number | undefined {
  return (low & PRESENT) === 0 ? undefined : pageAddress(low, high) + (address & 0xfff);
}

/** The guest has no memory at the frame: the hardware entry points to the scratch page (gvt-facts §5.3). */
function checkBacked(core: Core, index: number): void {
  const page = pageAddress(core.ggtt.get(index * 2), core.ggtt.get(index * 2 + 1));
  if (hasHalf(core.state.ggttHalves, index)) return;
  if (core.services?.isBacked(page / 4096) !== false) return;
  keepHostEntry(core.state.hostEntries, index, 0, 0);
  fault(
    core,
    'frame-unbacked',
    () => `ggtt[${hex(index * 4096)}] maps guest ${hex(page)}, where the guest has no memory`,
    { graphics: index * 4096, space: 'ggtt', value: page },
  );
}

/** In failsafe mode the guest's view is plain memory, all of it; the hardware's entries stay (gvt-facts §2.4). */
function readRaw(core: Core, offset: number, size: number): Answer {
  let low = 0;
  let high = 0;
  for (let i = 0; i < size; i++) {
    const at = offset - GGTT_OFFSET + i;
    const byte = (core.ggtt.get(at >>> 2) >>> ((at & 3) * 8)) & 0xff;
    if (i < 4) low |= byte << (i * 8);
    else high |= byte << ((i - 4) * 8);
  }
  return { low: low >>> 0, high: high >>> 0, known: true };
}

function writeRaw(core: Core, offset: number, size: number, low: number, high: number): void {
  for (let i = 0; i < size && offset + i < GGTT_END; i++) {
    const at = offset - GGTT_OFFSET + i;
    const index = at >>> 3;
    const partial = hasHalf(core.state.ggttHalves, index);
    const [was, wasHigh] = [core.ggtt.get(index * 2), core.ggtt.get(index * 2 + 1)];
    if (hostEntryAt(core.state.hostEntries, index) === undefined) {
      keepHostEntry(core.state.hostEntries, index, partial ? 0 : was, partial ? 0 : wasHigh);
    }
    const shift = (at & 3) * 8;
    const byte = (i < 4 ? low >>> (i * 8) : high >>> ((i - 4) * 8)) & 0xff;
    core.ggtt.set(at >>> 2, (core.ggtt.get(at >>> 2) & ~(0xff << shift)) | (byte << shift));
  }
}

function takesUpperHalf(core: Core, offset: number, size: number): boolean {
  const odd = size === 8 && offset % 8 === 4;
  return odd && offset + size <= GGTT_END && hasQuirk(core.config, 'ggtt-8-bytes-at-4');
}

/** The entry is made of zeros and the first dword; the second one is lost behind it. */
function writeUpperHalf(core: Core, offset: number, low: number): void {
  const index = (offset - GGTT_OFFSET) >>> 3;
  if (!owned(core, index)) return;
  takeHalf(core.state.ggttHalves, index);
  store(core, index, 0, low);
}

function owned(core: Core, index: number): boolean {
  return isOwned(core.config.partition, index * 4096);
}

function checkAccess(core: Core, offset: number, size: number): boolean {
  // An 8-byte access at a 4-byte boundary passes the kernel's test but cannot be represented: an error here (§5.3).
  const right = (size === 4 && (offset & 3) === 0) || (size === 8 && (offset & 7) === 0);
  if (!right || offset + size > GGTT_END) {
    const message = () => `${size}-byte access at ${hex(offset)} in the GGTT`;
    fault(core, 'ggtt-access', message, { register: offset });
    return false;
  }
  return true;
}

function outOfRange(what: string, index: number): string {
  return `${what} of ggtt[${hex(index * 4096)}], which belongs to another slice`;
}

/** Of a GGTT of 2 or 4 GiB the last page, a guard that i915 clears when it starts, whoever owns it. */
function isGuard(index: number): boolean {
  return index === GGTT_ENTRIES - 1 || index === GGTT_ENTRIES / 2 - 1;
}

const ZERO: Answer = { low: 0, high: 0, known: true };
