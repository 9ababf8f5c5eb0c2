import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type OpenedTrace, type OpenTraceOptions, openTrace, RecordKind } from '../index.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { unpack } from './read.ts';

/** Recordings from the field, kept beside the project: `shared/traces` in a folder above it. */
const FIELD = findField(dirname(fileURLToPath(import.meta.url)));

function findField(folder: string): string | undefined {
  const field = join(folder, 'shared', 'traces');
  if (existsSync(field)) return field;
  const above = dirname(folder);
  return above === folder ? undefined : findField(above);
}

/** A recording's bytes, unpacked. */
export function fieldTrace(name: string): Uint8Array {
  const bytes = readFileSync(join(FIELD ?? '', name));
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** Paths of all that is in a folder of recordings; empty where the recordings are not here. */
export function fieldFiles(folder: string): readonly string[] {
  if (FIELD === undefined) return [];
  return readdirSync(join(FIELD, folder)).map((name) => join(FIELD, folder, name));
}

/** All that is there, as `folder/name`. */
export function allFieldFiles(): readonly string[] {
  if (FIELD === undefined) return [];
  return readdirSync(FIELD, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(FIELD ?? '', join(parentPath, name)));
}

/** Path of a recording. */
export function fieldPath(name: string): string {
  return join(FIELD ?? '', name);
}

/** Runs a test where the recordings are there. */
export function fieldTest(title: string, body: () => Promise<void> | void): void {
  test(title, { skip: FIELD === undefined && 'the recordings from the field are not here' }, body);
}

/** Opens a recording in pieces, as a file is read. */
export function openField(
  from: string | Uint8Array,
  options: OpenTraceOptions = {},
): Promise<OpenedTrace> {
  const [name, bytes] = typeof from === 'string' ? [from, fieldTrace(from)] : ['', from];
  return openTrace(inPieces(bytes), { name, unpack, ...options });
}

function* inPieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

/** Lines of a recording that match: an independent count. */
export function countLines(name: string, pattern: RegExp): number {
  let count = 0;
  for (const line of decodeUtf8(fieldTrace(name)).split('\n')) if (pattern.test(line)) count++;
  return count;
}

const KIND_NAMES = new Map<number, string>(
  Object.entries(RecordKind).map(([name, kind]) => [kind, name]),
);

/** Records by kind; kinds that do not occur are left out. */
export function countKinds({ store }: OpenedTrace): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let i = 0; i < store.length; i++) {
    const name = KIND_NAMES.get(store.kind(i)) ?? '?';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
