import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import {
  type OpenedTrace,
  openTrace,
  type ReaderHints,
  type RegisterNames,
} from '../../trace/index.ts';
import { inflate, PIECE_BYTES, unpack } from '../../unpacking/index.ts';

/** Reads a trace file, plain or gzipped. Throws an Error with a sentence where there is nothing to show. */
export async function readTrace(
  file: string,
  registers: RegisterNames,
  hints: ReaderHints,
): Promise<OpenedTrace> {
  await checkFile(file);
  const trace = await openTrace(createReadStream(file, { highWaterMark: PIECE_BYTES }), {
    name: path.basename(file),
    inflate,
    registers,
    hints,
    unpack,
  });
  const shows = trace.store.length > 0 || trace.snapshot !== undefined;
  if (trace.format !== undefined && shows) return trace;
  const reason = trace.diagnostics[0]?.message ?? 'there is no record in it.';
  throw new Error(`${path.basename(file)} cannot be shown: ${reason}`);
}

async function checkFile(file: string): Promise<void> {
  const name = path.basename(file);
  try {
    const stats = await stat(file);
    if (stats.isDirectory()) throw new Error(`${name} is a folder; a trace is a file.`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT') throw new Error(`There is no file ${file}.`);
    throw new Error(`${name} cannot be read: ${error.message}`);
  }
}
