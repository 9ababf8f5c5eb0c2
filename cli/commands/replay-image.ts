import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { createVgpu, type Vgpu, type VgpuConfig } from '../../emulator/index.ts';
import {
  isBefore,
  type Moment,
  type ReplayScore,
  readVgpuImage,
  type Standing,
  type VgpuImage,
  vgpuFrom,
  writeVgpuImage,
} from '../../timeline/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import { inflate } from '../../unpacking/index.ts';
import { Failure, UsageError } from '../failures.ts';
import { bytesOf } from '../load-trace.ts';
import type { Arguments, OptionRow } from '../options.ts';
import { cannotWrite } from '../output-path.ts';
import { isSameFile } from '../same-file.ts';
import type { Terminal } from '../terminal.ts';
import { pastDigest } from './image-trace.ts';
import { momentOf } from './screen-options.ts';

export const IMAGE_OPTIONS: readonly OptionRow[] = [
  {
    name: 'save-image',
    value: 'FILE',
    help: 'end at the moment of --at, and write the vGPU as it is then: its migration image and guest memory',
  },
  {
    name: 'at',
    value: 'MOMENT',
    help: 'end (default), the number of a record, before which it stops, or RECORD+EVENT; with --save-image',
  },
  {
    name: 'from-image',
    value: 'FILE',
    help: 'go on from such an image, at its moment, instead of from power-on',
  },
  {
    name: 'other-past',
    help: 'with --from-image: also where the image was taken from another trace than this one',
  },
];

/** What is asked for around one replay. */
export interface ImageRequest {
  /** Where an image is to be written; undefined for nowhere. */
  readonly save: string | undefined;
  /** Where one is to be taken from; undefined: the vGPU is at power-on. */
  readonly load: string | undefined;
  /** It may have been taken from another trace. */
  readonly otherPast: boolean;
  /** Where to end; undefined for the end of the trace. */
  readonly to: Moment | undefined;
}

/** @throws UsageError */
export function imageRequest(args: Arguments): ImageRequest {
  const [save, load] = [args.text('save-image'), args.text('from-image')];
  if (save === undefined && args.text('at') !== undefined) {
    throw new UsageError('--at says when --save-image FILE is written.');
  }
  if (save === '-' || load === '-') {
    throw new UsageError('--save-image and --from-image take the path of a file.');
  }
  const otherPast = args.has('other-past');
  if (otherPast && load === undefined) {
    throw new UsageError('--other-past is about the image that --from-image names.');
  }
  return { save, load, otherPast, to: momentOf(args) };
}

/** @throws UsageError where several vGPUs, or none, are asked for one image */
export function refuseImages(args: Arguments, why: string): void {
  const { save, load } = imageRequest(args);
  if (save === undefined && load === undefined) return;
  throw new UsageError(`--save-image and --from-image are about one vGPU on its own: ${why}.`);
}

/** A vGPU, and where it stands in the trace. */
export interface StartedVgpu {
  readonly vgpu: Vgpu;
  /** Undefined at power-on. */
  readonly from: Standing | undefined;
}

/** The vGPU of a trace, at power-on or as an image has it. @throws Failure, UsageError */
export async function startVgpu(
  { load, otherPast, to }: ImageRequest,
  config: VgpuConfig,
  trace: OpenedTrace,
  terminal: Terminal,
): Promise<StartedVgpu> {
  const { name, store } = trace;
  if (to !== undefined && to.record > store.length) {
    throw new UsageError(`there is no record ${to.record}: the last is ${store.length - 1}.`);
  }
  if (load === undefined) return { vgpu: createVgpu(config), from: undefined };
  const image = readVgpuImage(load, await wholeFile(load, terminal));
  if ('problem' in image) throw new Failure(image.problem);
  const vgpu = vgpuFrom(load, image, config);
  if ('problem' in vgpu) throw new Failure(vgpu.problem);
  const { moment, applied } = image;
  if (moment.record > store.length) {
    throw new Failure(
      `${load} was taken before record ${moment.record}, and ${name} has ${store.length}.`,
    );
  }
  if (to !== undefined && isBefore(to, moment)) {
    throw new UsageError(
      `--at ${textOf(to)} comes before the image, which is of ${textOf(moment)}.`,
    );
  }
  if (!otherPast) checkPast(load, image, trace, terminal);
  return { vgpu, from: { moment, applied } };
}

/** @throws Failure where the image was taken from a trace with other records before its moment */
function checkPast(
  load: string,
  { past, moment }: VgpuImage,
  { name, store }: OpenedTrace,
  terminal: Terminal,
): void {
  if (past === undefined) {
    terminal.err(
      `${load} does not say which trace it was taken from, as older versions wrote it: whether that was ${name} is not known.\n`,
    );
  } else if (past !== pastDigest(store, moment)) {
    throw new Failure(
      `${load} was taken from another trace: its records before ${textOf(moment)} are not those of ${name}. With --other-past it is taken all the same.`,
    );
  }
}

/** Before a long replay, and before anything is lost. @throws UsageError where the image would replace the trace */
export async function refuseOverwriting({ save }: ImageRequest, trace: string): Promise<void> {
  if (save === undefined || trace === '-' || !(await isSameFile(save, trace))) return;
  throw new UsageError('--save-image would write over the trace: name another file.');
}

/** Writes the vGPU at the end of a replay, where that was asked for. @throws Failure */
export async function saveVgpu(
  { save, to }: ImageRequest,
  vgpu: Vgpu,
  { store }: OpenedTrace,
  { end, hash }: ReplayScore,
): Promise<void> {
  if (save === undefined) return;
  const { moment, applied } = end;
  if (to !== undefined && (moment.record !== to.record || moment.event !== to.event)) {
    throw new Failure(`record ${to.record} has no event ${to.event}; no image was written.`);
  }
  const file = writeVgpuImage(vgpu, moment, applied, hash, pastDigest(store, moment));
  if ('problem' in file) throw new Failure(`${save} was not written: ${file.problem}`);
  try {
    await writeFile(save, gzipSync(file));
  } catch (error) {
    throw cannotWrite(save, error);
  }
}

/** For reports: `5000`, `5000+3`. */
export function textOf({ record, event }: Moment): string {
  return event === 0 ? `${record}` : `${record}+${event}`;
}

/** Registers, GGTT and 1 GiB of guest memory. */
const LARGEST_FILE = 2 ** 30 + 2 ** 24;

/** @throws Failure where it cannot be read, or is too large to be an image */
async function wholeFile(path: string, terminal: Terminal): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const add = (part: Uint8Array) => {
    size += part.length;
    if (size > LARGEST_FILE) throw new Failure(`${path} is larger than an image can be.`);
    parts.push(part);
  };
  try {
    for await (const part of await unpacked(path, terminal)) add(part);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${path} cannot be read: ${messageOf(error)}.`);
  }
  return Buffer.concat(parts);
}

/** Packed or not. */
async function unpacked(path: string, terminal: Terminal): Promise<AsyncIterable<Uint8Array>> {
  const [first] = await firstBytes(path, terminal);
  const bytes = await bytesOf(path, terminal);
  return first?.[0] === 0x1f && first[1] === 0x8b ? inflate(bytes) : bytes;
}

async function firstBytes(path: string, terminal: Terminal): Promise<[Uint8Array?]> {
  for await (const part of await bytesOf(path, terminal)) return [part];
  return [];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
