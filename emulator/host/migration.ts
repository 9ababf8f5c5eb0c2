import type { Core } from '../core.ts';
import { lookForWork } from '../engine/pace.ts';
import { GGTT_ENTRIES, setGgttEntry } from '../gtt/ggtt.ts';
import { type RootType, TYPE } from '../gtt/shadow/entry-types.ts';
import { acquireRoot } from '../gtt/shadow/shadow-roots.ts';
import { watchTables } from '../gtt/shadow/shadow-writes.ts';
import { writeMmio } from '../mmio/mmio-access.ts';
import { MMIO_SIZE } from '../mmio/register-map.ts';
import type { Partition } from '../partition.ts';
import { announceWindows, followMemorySpace } from '../pci/memory-decode.ts';
import { hasQuirk } from '../quirks.ts';
import { UnreadableState, WordReader } from '../state/plain-codec.ts';
import type { VgpuState } from '../vgpu-state.ts';
import { ERRNO, type HostProblem } from './host-problem.ts';
import {
  bytesOf,
  LARGEST_IMAGE,
  packImage,
  REGION,
  type Region,
  unpackImage,
  wordsOf,
} from './migration-regions.ts';
import { loadExeclists, loadWork, saveExeclists, saveWork } from './migration-work.ts';
import { vgpuState } from './state-codec.ts';

const PIPE_CONFIGS = [0x70008, 0x71008, 0x72008, 0x7f008];
const RING_MODE = 0x29c;
const HWS_PGA = 0x80;
const RUN_LIST = 1 << 15;

/**
 * A vGPU as an image for a host of equal layout, at any moment: also between two halves of an entry, or in the middle of
 * a batch. The regions of the 2019 proposal (gvt-facts §12.5) lack much of what it then has; for whoever reads them they
 * are there all the same. Guest memory is the hypervisor's to move.
 */
export function saveImage(core: Core): Uint8Array | HostProblem {
  const registers = bytesOf(core.registers.values.words);
  const state: number[] = [];
  vgpuState(core).write(core.state, state);
  const regions = [
    { type: REGION.config, bytes: core.state.config.bytes.slice() },
    { type: REGION.registers, bytes: registers },
    // GVT-g keeps a second copy, of what the hardware should hold; here the two are one.
    { type: REGION.shadowRegisters, bytes: registers },
    { type: REGION.ggtt, bytes: saveGgtt(core) },
    { type: REGION.ppgtt, bytes: saveRoots(core) },
    { type: REGION.workload, bytes: saveWork(core) },
    { type: REGION.execlist, bytes: saveExeclists(core) },
    { type: REGION.otherEntries, bytes: saveOtherEntries(core) },
    { type: REGION.state, bytes: bytesOf(state) },
  ];
  const image = packImage(regions);
  if (image.length <= LARGEST_IMAGE) return image;
  return { errno: ERRNO.noSpace, problem: 'The image would be larger than 9 MiB.' };
}

/**
 * Puts an image into a vGPU that was just made, and whose guest memory is in place. An image without the model's own
 * regions is loaded as the proposal does it: what hangs on registers is built again by writing them.
 */
export function loadImage(core: Core, image: Uint8Array): HostProblem | undefined {
  const regions = unpackImage(image);
  if (typeof regions === 'string') return { errno: ERRNO.invalid, problem: regions };
  const find = (type: number) => regions.find((region) => region.type === type);
  const registers = find(REGION.registers);
  if (registers?.bytes.length !== MMIO_SIZE || find(REGION.config) === undefined) {
    return { errno: ERRNO.invalid, problem: 'The image lacks registers or configuration space.' };
  }
  const stranger = idsProblem(core, find(REGION.config));
  if (stranger !== undefined) return { errno: ERRNO.invalid, problem: stranger };
  const state = readState(core, find(REGION.state));
  if (typeof state === 'string') return { errno: ERRNO.invalid, problem: state };
  const problem = rootsProblem(find(REGION.ppgtt)) ?? loadGgtt(core, find(REGION.ggtt));
  if (problem) return problem;
  if (state === undefined) {
    loadConfig(core, find(REGION.config));
    rebuildFromRegisters(core, wordsOf(registers.bytes));
    loadRoots(core, find(REGION.ppgtt));
  } else {
    loadOtherEntries(core, find(REGION.otherEntries));
    putRegisters(core, wordsOf(registers.bytes));
    takeState(core, state);
  }
  if (state === undefined || hasQuirk(core.config, 'migration-ring-0')) {
    loadExeclists(core, find(REGION.execlist));
    loadWork(core, find(REGION.workload));
  }
  return undefined;
}

/** A guest cannot change the ids in configuration space. */
function idsProblem(core: Core, config: Region | undefined): string | undefined {
  const idsOf = (bytes: Uint8Array) => {
    const [vendorLow = 0, vendorHigh = 0, low = 0, high = 0] = bytes;
    const hex = (value: number) => value.toString(16).padStart(4, '0');
    return `${hex(vendorLow | (vendorHigh << 8))}:${hex(low | (high << 8))}`;
  };
  const [theirs, own] = [idsOf(config?.bytes ?? new Uint8Array()), idsOf(core.state.config.bytes)];
  if (theirs === own) return undefined;
  return `The image is of a vGPU with the PCI ids ${theirs}, and this one has ${own}.`;
}

/** The state that the image holds; undefined where it has none, or a sentence where it is damaged. */
function readState(core: Core, region: Region | undefined): VgpuState | string | undefined {
  if (region === undefined) return undefined;
  const reader = new WordReader(wordsOf(region.bytes));
  try {
    const state = vgpuState(core).read(reader);
    return reader.done ? state : 'Region 257, the state, is longer than it should be.';
  } catch (error) {
    if (!(error instanceof UnreadableState)) throw error;
    return `Region 257, the state, cannot be read: ${error.message}.`;
  }
}

/** What a new host decides by itself: whether the vGPU's work may run is its scheduler's (gvt-facts §11). */
function takeState(core: Core, state: VgpuState): void {
  const { gate, each } = core.state.engines;
  const noWork = hasQuirk(core.config, 'migration-ring-0');
  core.state = { ...state, engines: { ...state.engines, ...(noWork ? { each } : {}), gate } };
  announceWindows(core);
  watchTables(core);
  for (const table of state.shadow.tables) {
    if (table.protected) core.services?.protectPage(table.frame, true);
  }
  lookForWork(core);
}

function putRegisters(core: Core, words: Uint32Array): void {
  words.forEach((word, index) => {
    core.registers.set(index * 4, word);
  });
}

/**
 * Registers, then pipe configuration, RING_MODE and HWS_PGA once more by the way of a guest's write, so that handlers
 * rebuild what hangs on them, then all registers again.
 */
function rebuildFromRegisters(core: Core, words: Uint32Array): void {
  putRegisters(core, words);
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
  putRegisters(core, words);
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

function saveOtherEntries(core: Core): Uint8Array {
  const own = new Set(ownEntries(core.config.partition));
  const words: number[] = [];
  for (let index = 0; index < GGTT_ENTRIES; index++) {
    const [low, high] = [core.ggtt.get(index * 2), core.ggtt.get(index * 2 + 1)];
    if ((low !== 0 || high !== 0) && !own.has(index)) words.push(index, low, high);
  }
  return bytesOf(words);
}

function loadOtherEntries(core: Core, region: Region | undefined): void {
  const words = wordsOf(region?.bytes ?? new Uint8Array());
  for (let at = 0; at + 3 <= words.length; at += 3) {
    const [index = 0, low = 0, high = 0] = words.subarray(at, at + 3);
    if (index < GGTT_ENTRIES) setGgttEntry(core, index, low, high);
  }
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
