import type { Core } from '../core.ts';
import { type Engine, engineAt } from '../engine/engine.ts';
import type { ContextPair, Descriptor } from '../engine/engine-state.ts';
import { giveBurst } from '../engine/pace.ts';
import { FAILSAFE_REASONS } from '../failsafe.ts';
import { setGgttEntry } from '../gtt/ggtt.ts';
import { type RootType, TYPE } from '../gtt/shadow/entry-types.ts';
import { acquireRoot } from '../gtt/shadow/shadow-roots.ts';
import { writeMmio } from '../mmio/mmio-access.ts';
import { MMIO_SIZE } from '../mmio/register-map.ts';
import type { Partition } from '../partition.ts';
import { followMemorySpace } from '../pci/memory-decode.ts';
import { hasQuirk } from '../quirks.ts';
import { ERRNO, type HostProblem } from './host-problem.ts';
import {
  bytesOf,
  LARGEST_IMAGE,
  packImage,
  REGION,
  type Region,
  spareOf,
  unpackImage,
  wordsOf,
} from './migration-regions.ts';

const PIPE_CONFIGS = [0x70008, 0x71008, 0x72008, 0x7f008];
const RING_MODE = 0x29c;
const HWS_PGA = 0x80;
const RUN_LIST = 1 << 15;

/** Bits of the header's spare word: what no region says of a vGPU. */
const SPARE = { used: 1, pvNotified: 2, d3Entered: 4, failsafe: 8 } as const;

/**
 * A vGPU as an image for a host of equal layout (gvt-facts §12.5). Work that has been submitted goes along; a context
 * that has begun is to end first. Guest memory is the hypervisor's to move.
 */
export function saveImage(core: Core): Uint8Array | HostProblem {
  if (core.state.engines.each.some(({ phase }) => phase === 'run')) {
    return { errno: ERRNO.tryAgain, problem: 'A context is running.' };
  }
  const registers = bytesOf(core.registers.values.words);
  const regions = [
    { type: REGION.config, bytes: core.state.config.bytes.slice() },
    { type: REGION.registers, bytes: registers },
    // GVT-g keeps a second copy, of what the hardware should hold; here the two are one.
    { type: REGION.shadowRegisters, bytes: registers },
    { type: REGION.ggtt, bytes: saveGgtt(core) },
    { type: REGION.ppgtt, bytes: saveRoots(core) },
    { type: REGION.workload, bytes: saveWork(core) },
    { type: REGION.execlist, bytes: saveExeclists(core) },
  ];
  const image = packImage(regions, spareBits(core));
  if (image.length <= LARGEST_IMAGE) return image;
  return { errno: ERRNO.noSpace, problem: 'The image would be larger than 9 MiB.' };
}

function spareBits({ state: { pvNotified, failsafe, config } }: Core): number {
  return (
    SPARE.used |
    (pvNotified ? SPARE.pvNotified : 0) |
    (config.d3Entered ? SPARE.d3Entered : 0) |
    ((failsafe + 1) * SPARE.failsafe)
  );
}

/** An image of somebody else's has none of it: what registers say is left then. */
function loadSpareBits({ state }: Core, bits: number): void {
  if ((bits & SPARE.used) === 0) return;
  state.pvNotified = (bits & SPARE.pvNotified) !== 0;
  state.config.d3Entered = (bits & SPARE.d3Entered) !== 0;
  const failsafe = Math.floor(bits / SPARE.failsafe) - 1;
  state.failsafe = FAILSAFE_REASONS[failsafe] === undefined ? -1 : failsafe;
}

/** Puts an image into a vGPU that was just made, and whose guest memory is in place. */
export function loadImage(core: Core, image: Uint8Array): HostProblem | undefined {
  const regions = unpackImage(image);
  if (typeof regions === 'string') return { errno: ERRNO.invalid, problem: regions };
  const find = (type: number) => regions.find((region) => region.type === type);
  const registers = find(REGION.registers);
  if (registers?.bytes.length !== MMIO_SIZE || find(REGION.config) === undefined) {
    return { errno: ERRNO.invalid, problem: 'The image lacks registers or configuration space.' };
  }
  const problem = rootsProblem(find(REGION.ppgtt)) ?? loadGgtt(core, find(REGION.ggtt));
  if (problem) return problem;
  loadConfig(core, find(REGION.config));
  loadRegisters(core, wordsOf(registers.bytes));
  loadRoots(core, find(REGION.ppgtt));
  loadExeclists(core, find(REGION.execlist));
  loadWork(core, find(REGION.workload));
  loadSpareBits(core, spareOf(image));
  return undefined;
}

/**
 * Registers, then pipe configuration, RING_MODE and HWS_PGA once more by the way of a guest's write, so that handlers
 * rebuild what hangs on them, then all registers again.
 */
function loadRegisters(core: Core, words: Uint32Array): void {
  const put = () =>
    words.forEach((word, index) => {
      core.registers.set(index * 4, word);
    });
  put();
  const value = (offset: number) => words[offset >>> 2] ?? 0;
  const { engines } = core.registers.map.tables;
  // A guest whose engines take run lists has read PVINFO, which no region says.
  core.state.pvNotified = engines.some(({ base }) => (value(base + RING_MODE) & RUN_LIST) !== 0);
  for (const offset of PIPE_CONFIGS) writeMmio(core, offset, 4, value(offset), 0);
  for (const { base } of engines) {
    const mode = value(base + RING_MODE);
    writeMmio(core, base + RING_MODE, 4, (0xffff0000 | mode) >>> 0, 0);
    writeMmio(core, base + HWS_PGA, 4, value(base + HWS_PGA), 0);
  }
  put();
}

function loadConfig(core: Core, region: Region | undefined): void {
  if (!region) return;
  core.state.config.bytes.set(region.bytes.subarray(0, core.state.config.bytes.length));
  followMemorySpace(core);
}

/** Indices of own entries, aperture first. */
function* ownEntries({ mappableBase, mappableSize, hiddenBase, hiddenSize }: Partition) {
  for (const [base, size] of [
    [mappableBase, mappableSize],
    [hiddenBase, hiddenSize],
  ] as const) {
    for (let at = 0; at < size; at += 4096) yield (base + at) / 4096;
  }
}

function saveGgtt(core: Core): Uint8Array {
  const words: number[] = [];
  for (const index of ownEntries(core.config.partition)) {
    words.push(core.ggtt.get(index * 2), core.ggtt.get(index * 2 + 1));
  }
  return bytesOf(words);
}

function loadGgtt(core: Core, region: Region | undefined): HostProblem | undefined {
  const words = wordsOf(region?.bytes ?? new Uint8Array());
  const indices = [...ownEntries(core.config.partition)];
  if (words.length !== indices.length * 2) {
    return { errno: ERRNO.invalid, problem: 'The image is of a vGPU with another slice.' };
  }
  indices.forEach((index, at) => {
    setGgttEntry(core, index, words[at * 2] ?? 0, words[at * 2 + 1] ?? 0);
  });
  return undefined;
}

/** Of each tree its root type and four pointers; tables are in guest memory. */
function saveRoots(core: Core): Uint8Array {
  const words = core.state.shadow.roots.flatMap(({ type, pdps }) => {
    const pointers = [0, 1, 2, 3].flatMap((n) => {
      const pdp = pdps[n] ?? 0;
      return [pdp % 2 ** 32, Math.floor(pdp / 2 ** 32)];
    });
    return [type, 0, ...pointers];
  });
  return bytesOf(words);
}

/** More than any guest has contexts for. */
const MOST_ROOTS = 4096;
const ROOT_BYTES = 40;

function rootsProblem(region: Region | undefined): HostProblem | undefined {
  const count = Math.floor((region?.bytes.length ?? 0) / ROOT_BYTES);
  if (count <= MOST_ROOTS) return undefined;
  const problem = `The image has ${count} page-table roots; at most ${MOST_ROOTS} are taken.`;
  return { errno: ERRNO.invalid, problem };
}

function loadRoots(core: Core, region: Region | undefined): void {
  const words = wordsOf(region?.bytes ?? new Uint8Array());
  for (let at = 0; at + 10 <= words.length; at += 10) {
    const type: RootType = words[at] === TYPE.rootL3 ? TYPE.rootL3 : TYPE.rootL4;
    const pdps = [0, 1, 2, 3].map((n) => {
      const low = at + 2 + n * 2;
      return ((words[low + 1] ?? 0) & 0xffff) * 2 ** 32 + (words[low] ?? 0);
    });
    acquireRoot(core, type, pdps);
  }
}

/** Engine, place (0 running, 1 waiting), element of its pair, how many elements, descriptor. */
const WORKLOAD_WORDS = 6;

/** Each context that was submitted and has not begun. */
function saveWork(core: Core): Uint8Array {
  const words: number[] = [];
  core.state.engines.each.forEach(({ running, pending }, engine) => {
    [running, pending].forEach((pair, place) => {
      pair?.elements.forEach(({ low, high }, element) => {
        if (element < pair.current) return;
        words.push(engine, place, element - pair.current, pair.elements.length, low, high);
      });
    });
  });
  return bytesOf(words);
}

function loadWork(core: Core, region: Region | undefined): void {
  const words = wordsOf(region?.bytes ?? new Uint8Array());
  const pairs = new Map<string, Descriptor[]>();
  for (let at = 0; at + WORKLOAD_WORDS <= words.length; at += WORKLOAD_WORDS) {
    const [index = 0, place = 0, , , low = 0, high = 0] = words.subarray(at, at + WORKLOAD_WORDS);
    const engine = hasQuirk(core.config, 'migration-ring-0') ? 0 : index;
    const key = `${engine} ${place}`;
    pairs.set(key, [...(pairs.get(key) ?? []), { low, high }]);
  }
  for (const [key, elements] of pairs) {
    const [index = 0, place = 0] = key.split(' ').map(Number);
    if (core.state.engines.each[index] === undefined) continue;
    resume(engineAt(core, index), place, elements.slice(0, 2));
  }
}

/** The status entry for its coming in is in the registers and in memory already. */
function resume(engine: Engine, place: number, elements: readonly Descriptor[]): void {
  const { state } = engine;
  const pair: ContextPair = { elements, current: 0, slot: place === 0 ? 0 : 1 };
  if (place !== 0) {
    state.pending = pair;
    return;
  }
  state.running = pair;
  state.phase = 'restore';
  state.since = engine.core.state.now;
  giveBurst(engine);
}

/** How many dwords of ELSP were written, and the four. */
function saveExeclists(core: Core): Uint8Array {
  return bytesOf(core.state.engines.each.flatMap(({ port }) => [port.written, ...port.dwords]));
}

function loadExeclists(core: Core, region: Region | undefined): void {
  const words = wordsOf(region?.bytes ?? new Uint8Array());
  core.state.engines.each.forEach(({ port }, engine) => {
    const own = words.subarray(engine * 5, engine * 5 + 5);
    port.written = (own[0] ?? 0) % 4;
    port.dwords = [0, 1, 2, 3].map((n) => own[n + 1] ?? 0);
  });
}
