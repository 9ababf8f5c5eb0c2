import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { openTrace, type TraceStore } from '../index.ts';
import { fieldFiles } from '../testing/field-traces.ts';
import { unpack } from '../testing/read.ts';

const BYTES_A_RECORD = 24;
/** From so many records on all counts. */
const LONG = 9_000;
/** What a short one may have beside its records: the messages of a kernel's boot, and names of its functions. */
const SENTENCES = 48 * 1024;

const SAMPLES = fileURLToPath(new URL('../../samples/', import.meta.url));
const FOLDERS = ['aub', 'gvt', 'i915', 'linux64', 'mmiotrace', 'other', 'qemu'];
const FILES = [
  ...[SAMPLES, join(SAMPLES, 'scenarios')].flatMap(filesIn),
  ...FOLDERS.flatMap(fieldFiles),
].filter((path) => !/\.(png|md)$/.test(path));

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 2 ** 18) yield bytes.subarray(at, at + 2 ** 18);
}

/** Bytes of guest memory that the records show: a trace holds them whatever it costs. */
function contents(store: TraceStore): number {
  let sum = 0;
  for (let record = 0; record < store.length; record++) sum += store.bytes(record).length;
  return sum;
}

for (const path of FILES) {
  test(`${basename(path)} takes at most ${BYTES_A_RECORD} bytes a record`, async () => {
    const packed = readFileSync(path);
    const bytes = path.endsWith('.gz') ? gunzipSync(packed) : packed;
    const { store } = await openTrace(pieces(bytes), { unpack });
    const extra = store.length >= LONG ? 0 : contents(store) + SENTENCES;
    const most = store.length * BYTES_A_RECORD + extra;
    assert.ok(store.bytesUsed <= most, `${store.bytesUsed} bytes for ${store.length} records`);
  });
}
