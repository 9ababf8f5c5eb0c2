import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { HistoryEntry } from './boot-history.ts';
import type { ClockState } from './guest-clock.ts';

/** A booted guest, before i915 is loaded. The device is not in it: its accesses are. */
export interface BootSnapshot {
  readonly state: ArrayBuffer;
  readonly clock: ClockState;
  readonly history: readonly HistoryEntry[];
}

/** To be raised where what a snapshot holds, or how a guest boots, changes. */
const VERSION = 1;

const pack = promisify<Uint8Array, { level: number }, Buffer>(gzip);
const unpack = promisify<Uint8Array, Buffer>(gunzip);

/** Names a snapshot by all that it was made of. */
export function snapshotName(
  parts: Readonly<Record<string, string | number | Uint8Array>>,
): string {
  const hash = createHash('sha256').update(`boot snapshot ${VERSION}\n`);
  for (const [name, part] of Object.entries(parts)) {
    hash.update(`${name} ${typeof part === 'object' ? part.length : ''}\n`);
    hash.update(typeof part === 'object' ? part : String(part));
  }
  return `${hash.digest('hex').slice(0, 24)}.snapshot`;
}

/** The snapshot in a file; undefined where there is none, or only the beginning of one. */
export async function readSnapshot(file: string): Promise<BootSnapshot | undefined> {
  const packed = await readFile(file).catch(() => undefined);
  if (packed === undefined) return undefined;
  const bytes = await unpack(packed).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const headLength = bytes.readUInt32LE(0);
  const head: Omit<BootSnapshot, 'state'> = JSON.parse(bytes.toString('utf8', 4, 4 + headLength));
  return { ...head, state: new Uint8Array(bytes.subarray(4 + headLength)).buffer };
}

/** Written under another name first: several processes may make the same snapshot. */
export async function writeSnapshot(file: string, snapshot: BootSnapshot): Promise<void> {
  const { state, ...rest } = snapshot;
  const head = Buffer.from(JSON.stringify(rest));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const packed = await pack(Buffer.concat([length, head, new Uint8Array(state)]), { level: 1 });
  await mkdir(path.dirname(file), { recursive: true });
  const half = `${file}.${process.pid}`;
  await writeFile(half, packed);
  await rename(half, file);
}
