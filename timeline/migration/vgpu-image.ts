import {
  createVgpu,
  loadImage,
  loadMemory,
  packRegions,
  type Region,
  regionsIn,
  saveImage,
  saveMemory,
  type Vgpu,
  type VgpuConfig,
} from '../../emulator/index.ts';
import type { Moment } from '../moment.ts';
import { layoutText } from './layout-text.ts';

/**
 * A vGPU at a moment of a recording, as a file: its migration image (gvt-facts §12.5), what is known of guest memory,
 * and what it takes to see that both are whole and fit. Regions are as in the image itself.
 */
export interface VgpuImage {
  /** Where replay stood. */
  readonly moment: Moment;
  /** Inside of a record: whether its access has happened. */
  readonly applied: boolean;
  /** What kind of vGPU it is, in words: only one that is alike can take it. */
  readonly layout: string;
  readonly image: Uint8Array;
  readonly memory: Uint8Array;
  /** State that the vGPU had. */
  readonly hash: string;
  /** What the trace had told it, as a digest of whoever wrote the file; absent in files of older versions. */
  readonly past?: string;
}

export interface ImageProblem {
  /** A sentence. */
  readonly problem: string;
}

/** Places in a file, by type. None of the proposal's numbers. */
const PART = { moment: 0x200, layout: 0x201, image: 0x202, memory: 0x203, hash: 0x204 } as const;
/** Not in all files. */
const PAST = 0x205;
const MAGIC = 'VGPUIMG1';

/** A vGPU that replay has brought to a moment, as a file. `past`: a digest of what it was told on the way, in ASCII. */
export function writeVgpuImage(
  { core }: Vgpu,
  { record, event }: Moment,
  applied: boolean,
  hash: string,
  past?: string,
): Uint8Array | ImageProblem {
  const image = saveImage(core);
  if (!(image instanceof Uint8Array)) return { problem: image.problem };
  const moment = [record % 2 ** 32, Math.floor(record / 2 ** 32), event, applied ? 1 : 0];
  const parts: Region[] = [
    { type: PART.moment, bytes: new Uint8Array(Uint32Array.from(moment).buffer) },
    { type: PART.layout, bytes: textBytes(layoutText(core.config)) },
    { type: PART.image, bytes: padded(image) },
    { type: PART.memory, bytes: saveMemory(core.memory) },
    { type: PART.hash, bytes: textBytes(hash) },
    ...(past === undefined ? [] : [{ type: PAST, bytes: textBytes(past) }]),
  ];
  return joined(textBytes(MAGIC), packRegions(parts));
}

/** The parts of such a file, or what is wrong with it. */
export function readVgpuImage(name: string, file: Uint8Array): VgpuImage | ImageProblem {
  const wrong = (why: string) => ({ problem: `${name} ${why}` });
  if (textOf(file.subarray(0, MAGIC.length)) !== MAGIC) {
    return wrong('is no image of a vGPU; vgpu replay TRACE --save-image FILE writes one.');
  }
  const parts = regionsIn(file.subarray(MAGIC.length));
  if (typeof parts === 'string') return wrong(`is damaged. ${parts}`);
  const find = (type: number) => parts.find((part) => part.type === type)?.bytes;
  const [moment, layout, image, memory, hash] = Object.values(PART).map(find);
  if (!moment || !layout || !image || !memory || !hash || moment.length !== 16) {
    return wrong('is damaged: parts of it are missing.');
  }
  const past = find(PAST);
  const [low = 0, high = 0, event = 0, applied = 0] = new Uint32Array(moment.slice().buffer);
  return {
    moment: { record: low + high * 2 ** 32, event },
    applied: applied !== 0,
    layout: textOf(layout),
    image,
    memory,
    hash: textOf(hash),
    ...(past === undefined ? {} : { past: textOf(past) }),
  };
}

/** A vGPU of this configuration that goes on where the image was taken, or why it cannot. */
export function vgpuFrom(name: string, file: VgpuImage, config: VgpuConfig): Vgpu | ImageProblem {
  const own = layoutText(config);
  if (file.layout !== own) {
    return {
      problem: `${name} is of another vGPU than the trace’s, and only one that is alike can take it. Image: ${file.layout}. Trace: ${own}.`,
    };
  }
  const vgpu = createVgpu(config);
  const problem =
    loadMemory(vgpu.core.memory, file.memory) ?? loadImage(vgpu.core, file.image)?.problem;
  if (problem !== undefined) return { problem: `${name} is damaged. ${problem}` };
  // With that fault of GVT-g's another state is what comes of it.
  const losesWork = config.quirks?.includes('migration-ring-0') === true;
  if (losesWork || vgpu.hash() === file.hash) return vgpu;
  return {
    problem: `${name} does not bring back the state that it was taken of: it is damaged, or of another version of this program.`,
  };
}

/** Text, filled up to whole dwords with zeros. */
function textBytes(text: string): Uint8Array {
  return padded(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return String.fromCharCode(...(end < 0 ? bytes : bytes.subarray(0, end)).subarray(0, 1000));
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  whole.set(bytes);
  return whole;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
