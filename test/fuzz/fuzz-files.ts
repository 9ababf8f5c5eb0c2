import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fieldFiles } from '../../trace/testing/field-traces.ts';
import type { FuzzFile } from './fuzz-readers.ts';
import { madeFiles } from './made-files.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../samples');
/** Whole files beyond that would be read for minutes; there are smaller ones of the same formats. */
const MOST_BYTES = 24 * 2 ** 20;

/** Files of every format: the samples, those that are made and, where they are there, recordings from the field. */
export function fuzzFiles(): readonly FuzzFile[] {
  const samples = readdirSync(SAMPLES, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map(({ name }) => path.join(SAMPLES, name));
  const field = ['aub', 'gvt', 'linux64', 'mmiotrace', 'other', 'qemu'].flatMap(fieldFiles);
  const genuine = [...samples, ...field]
    .filter((file) => !/\.png$|_(t2|clr|t_small1)\.txt\.gz$|error_decode/.test(path.basename(file)))
    .map((file) => ({ name: path.basename(file), bytes: contentsOf(file) }))
    .filter(({ bytes }) => bytes.length <= MOST_BYTES);
  return [...genuine, ...madeFiles()];
}

function contentsOf(file: string): Uint8Array {
  const bytes = readFileSync(file);
  // Plain arrays: a Buffer minds where a copy ends.
  return new Uint8Array(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}
