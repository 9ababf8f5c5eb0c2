import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type OpenedTrace, openTrace } from '../trace/index.ts';

/** The recording that most is measured on: 1.6 million records. */
export const FBCON = 'skl-modeset-fbcon-gem.vgpu.gz';
/** 537,000 records with call stacks. */
export const STACKS = 'skl-modeset-stacks.vgpu.gz';

/** Mesa draws: engines have the most work in it. */
export const KMSCUBE = 'skl-mesa-kmscube.vgpu.gz';

/** 889,000 records; an engine hangs for some seconds of them. */
export const HANG = 'skl-hang-reset-errorstate.vgpu.gz';

/** What Mesa submits for one cleared frame. */
export const AUB = 'skl_clr.aub.gz';

export function samplePath(name: string): string {
  return fileURLToPath(new URL(`../samples/${name}`, import.meta.url));
}

export function inflatedSample(name: string): Uint8Array {
  return gunzipSync(readFileSync(samplePath(name)));
}

export function openSample(name: string): Promise<OpenedTrace> {
  return openTrace(pieces(inflatedSample(name)), { name });
}

/** As a file's stream hands them out. */
export function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

const PIECE_BYTES = 1 << 18;
