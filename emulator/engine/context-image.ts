import { translateGgtt } from '../gtt/ggtt.ts';
import { MODE, mergeWrite } from '../mmio/access-mode.ts';
import { readMmio } from '../mmio/mmio-access.ts';
import { decodeDescriptor } from './descriptor.ts';
import { type Engine, RING, ringGet, ringSet } from './engine.ts';
import { readGpu, writeGpu } from './gpu-memory.ts';

/** The register state begins one page behind the LRCA; page 0 is the per-process status page (gvt-facts §6.7). */
const REGISTER_STATE = 0x1000;
const PAGE_DWORDS = 1024;
const RESTORE_INHIBIT = 1 << 0;
const LOAD_REGISTER_IMM = 0x11000000;
const OPCODE = 0xff800000;
const BATCH_BUFFER_END = 0x05000000;
/** Device time in a tick of the timestamps: 12 MHz. */
const TICK_NS = 1e9 / 12e6;

/** A register in a context image, and the graphics address at which its value stands. */
interface ImagePair {
  readonly register: number;
  readonly address: number;
  readonly value: number;
}

/**
 * Loads the present context: all that its lists of MI_LOAD_REGISTER_IMM name, or with the restore-inhibit bit only
 * the first list, the ring. False where the image cannot be read: the engine has stalled.
 */
export function restoreContext(engine: Engine): boolean {
  if (isListUnknown(engine)) return restoreAsGvtG(engine);
  const lists = imageLists(engine);
  if (lists === undefined) return false;
  const control = lists
    .flat()
    .find(({ register }) => register === own(engine, RING.contextControl));
  const inhibit = control !== undefined && (control.value & RESTORE_INHIBIT) !== 0;
  // The page directories are the context's address space, not engine state: they are loaded either way.
  const loaded = inhibit ? lists.slice(0, 2) : lists;
  for (const { register, value } of loaded.flat()) load(engine, register, value);
  return true;
}

/**
 * Writes the present context's registers back to where they were loaded from; what has not changed stays. The
 * restore-inhibit bit is saved as 0: from now on the image holds the engine's state.
 */
export function saveContext(engine: Engine): void {
  if (isListUnknown(engine)) {
    saveHead(engine);
    return;
  }
  const { core, state } = engine;
  const ticks = Math.floor((core.state.now - state.since) / TICK_NS);
  const timestamp = ringGet(engine, RING.contextTimestamp);
  ringSet(engine, RING.contextTimestamp, timestamp + ticks);
  for (const { register, address, value } of imageLists(engine)?.flat() ?? []) {
    // The driver may have put a newer tail there meanwhile, for its next submission.
    if (register === own(engine, RING.tail)) continue;
    const now = savedValue(engine, register);
    if (now !== value) writeGpu(engine, 'ggtt', address, 4, now, 0);
  }
}

/** Byte offsets in the register state, and the registers whose values stand there (gvt-facts §6.7). */
const FIELDS: readonly (readonly [at: number, register: number])[] = [
  [0x14, RING.head],
  [0x1c, RING.tail],
  [0x24, RING.start],
  [0x2c, RING.control],
  [0x64, RING.perContextBatch],
  [0x6c, RING.indirectContext],
  ...[0, 1, 2, 3].flatMap((n) => [
    [0xc4 - n * 0x10, RING.pageDirectories + n * 8 + 4] as const,
    [0xcc - n * 0x10, RING.pageDirectories + n * 8] as const,
  ]),
];
/** Without these three there is nothing to run. */
const NEEDED: readonly number[] = [RING.head, RING.tail, RING.start];
/** What runs besides the ring: nothing where that is not known. */
const SETUP: readonly number[] = [RING.perContextBatch, RING.indirectContext];

/**
 * A trace of GVT-g shows of an image what GVT-g was seen to read of it. GVT-g does not follow its lists: it takes a
 * few fields from where they always are. What is not known of the others stays as it is.
 */
function isListUnknown({ core, state }: Engine): boolean {
  if (core.config.policy !== 'gvt-g') return false;
  const descriptor = state.running?.elements[state.running.current];
  if (descriptor === undefined) return false;
  const { lrca } = decodeDescriptor(descriptor);
  const first = translateGgtt(core, lrca + REGISTER_STATE + 4);
  const ring = translateGgtt(core, lrca + REGISTER_STATE + 0x24);
  if (first === undefined || ring === undefined) return false;
  return !core.memory.readValue(first, 4).known && core.memory.readValue(ring, 4).known;
}

function restoreAsGvtG(engine: Engine): boolean {
  const { core, state } = engine;
  const descriptor = state.running?.elements[state.running.current];
  if (descriptor === undefined) return false;
  const base = decodeDescriptor(descriptor).lrca + REGISTER_STATE;
  for (const [at, register] of FIELDS) {
    const place = translateGgtt(core, base + at);
    const known = place !== undefined && core.memory.readValue(place, 4).known;
    if (known || NEEDED.includes(register)) {
      const answer = readGpu(engine, 'ggtt', base + at, 4);
      if (!answer.known) return false;
      load(engine, own(engine, register), answer.low);
    } else if (SETUP.includes(register)) ringSet(engine, register, 0);
  }
  return true;
}

/** RING_HEAD's value in an image (gvt-facts §6.7). */
const IMAGE_HEAD = REGISTER_STATE + 0x14;

/**
 * A context that holds the engine for long leaves its ring's head in the image, as a switch would: whoever looks at
 * a hung context there sees how far it came. A reset that replays it overwrites that.
 */
export function saveHead(engine: Engine): void {
  const { running } = engine.state;
  const descriptor = running?.elements[running.current];
  if (descriptor === undefined) return;
  const address = decodeDescriptor(descriptor).lrca + IMAGE_HEAD;
  const head = ringGet(engine, RING.head);
  if (readGpu(engine, 'ggtt', address, 4).low === head) return;
  writeGpu(engine, 'ggtt', address, 4, head, 0);
}

/** The lists of a context image, each a run of registers behind one MI_LOAD_REGISTER_IMM. */
function imageLists(engine: Engine): ImagePair[][] | undefined {
  const { running } = engine.state;
  const descriptor = running?.elements[running.current];
  if (descriptor === undefined) return undefined;
  const base = decodeDescriptor(descriptor).lrca + REGISTER_STATE;
  const lists: ImagePair[][] = [];
  for (let at = 0; at < PAGE_DWORDS; ) {
    const header = readGpu(engine, 'ggtt', base + at * 4, 4);
    if (!header.known) return undefined;
    const opcode = (header.low & OPCODE) >>> 0;
    at++;
    if (opcode === LOAD_REGISTER_IMM) {
      const pairs = ((header.low & 0xff) + 1) >>> 1;
      const list = readPairs(engine, base + at * 4, pairs);
      if (list === undefined) return undefined;
      lists.push(list);
      at += pairs * 2;
    } else if (opcode === BATCH_BUFFER_END || header.low !== 0 || isPastLists(at, lists.length)) {
      break;
    }
  }
  return lists;
}

/** Images of Gen8 have no end mark: behind byte 0x2a8 (gvt-facts §6.7) comes state that is no list. */
function isPastLists(at: number, lists: number): boolean {
  return lists > 0 && at * 4 > 0x2a8;
}

function readPairs(engine: Engine, start: number, count: number): ImagePair[] | undefined {
  const pairs: ImagePair[] = [];
  for (let pair = 0; pair < count; pair++) {
    const address = start + pair * 8 + 4;
    const register = readGpu(engine, 'ggtt', address - 4, 4);
    const value = readGpu(engine, 'ggtt', address, 4);
    if (!register.known || !value.known) return undefined;
    pairs.push({ register: register.low & 0x7ffffc, address, value: value.low });
  }
  return pairs;
}

function own({ row }: Engine, register: number): number {
  return row.base + register;
}

/** No hook runs: a context that brings a tail along submits nothing. The timestamp runs freely. */
function load(engine: Engine, register: number, value: number): void {
  const { core } = engine;
  if (register >= 0x200000 || register === own(engine, RING.timestamp)) return;
  const mode = isMasked(engine, register) ? MODE.masked : MODE.rw;
  const previous = core.registers.get(register);
  core.registers.set(register, mergeWrite(mode, previous, value, 0xffffffff, 0));
}

function savedValue(engine: Engine, register: number): number {
  const { core } = engine;
  // Images name registers that no row has (0x200 of the video engines): those are plain memory.
  const tracked = core.registers.map.at(register) !== undefined;
  const stored = tracked ? readMmio(core, register, 4).low : core.registers.get(register);
  if (register === own(engine, RING.contextControl)) {
    return (0xffff0000 | (stored & 0xffff & ~RESTORE_INHIBIT)) >>> 0;
  }
  return isMasked(engine, register) ? (0xffff0000 | stored) >>> 0 : stored;
}

const EXCC = 0x28;

/** Registers whose upper half is a write mask: saved with all mask bits, so that loading them takes effect. */
function isMasked(engine: Engine, register: number): boolean {
  if (register === own(engine, RING.contextControl) || register === own(engine, EXCC)) return true;
  return engine.core.registers.map.at(register)?.row.access === 'masked';
}
