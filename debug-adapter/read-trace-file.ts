import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  type OpenedTrace,
  openTrace,
  type ReaderHints,
  type RegisterNames,
} from '../trace/index.ts';
import { inflate, PIECE_BYTES, unpack } from '../unpacking/index.ts';
import { AdapterError, cancelledError } from './errors.ts';
import type { OpeningProgress } from './program.ts';

export interface TraceFile extends OpenedTrace {
  /** The file is text as it stands on the disk, and of this many lines up to its last record. */
  readonly plainLines: number | undefined;
}

/**
 * Reads a trace, plain or gzipped. `attribute`: which of the launch configuration names it. Rejects with an AdapterError
 * that says what is wrong with the file.
 */
export async function readTraceFile(
  path: string,
  registers: RegisterNames,
  progress: OpeningProgress,
  hints: ReaderHints,
  attribute = 'trace',
): Promise<TraceFile> {
  const size = await sizeOf(path, attribute);
  const file = createReadStream(path, { highWaterMark: PIECE_BYTES });
  let packed = false;
  const trace = await openTrace(counted(file, size, progress), {
    name: basename(path),
    registers,
    hints,
    unpack,
    inflate: (source) => {
      packed = true;
      return inflate(source);
    },
    progress: () => !progress.token.cancelled,
  });
  if (progress.token.cancelled) throw cancelledError();
  const { format, store, snapshot } = trace;
  const isDump = snapshot !== undefined && store.length === 0;
  if (format === undefined || (store.length === 0 && !isDump)) throw notUnderstood(path, trace);
  return { ...trace, plainLines: packed ? undefined : lastLine(trace) };
}

/** Of a dump, what is said last of it: text formats number their lines. */
function lastLine({ store, snapshot }: OpenedTrace): number | undefined {
  if (store.length > 0) return store.line(store.length - 1);
  const lines = [...(snapshot?.facts ?? []), ...(snapshot?.registers ?? [])].map(
    ({ line }) => line,
  );
  return lines.length === 0 ? undefined : Math.max(...lines);
}

async function sizeOf(path: string, attribute: string): Promise<number> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory())
      throw unreadable(`${path} is a folder; "${attribute}" must be a file.`);
    if (!stats.isFile()) {
      throw unreadable(`${path} is a device or a pipe; "${attribute}" must be a file.`);
    }
    if (stats.size === 0) throw unreadable(`${path} is empty: there is no recording in it.`);
    return stats.size;
  } catch (error) {
    if (error instanceof AdapterError) throw error;
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const reason = error instanceof Error ? error.message : String(error);
    throw unreadable(
      missing ? `There is no file ${path}.` : `The recording ${path} cannot be read: ${reason}`,
    );
  }
}

function unreadable(sentence: string): AdapterError {
  return new AdapterError('traceUnreadable', sentence);
}

function notUnderstood(path: string, { format, diagnostics }: OpenedTrace): AdapterError {
  const [first] = diagnostics;
  const place = first !== undefined && first.line > 0 ? `line ${first.line}: ` : '';
  const why = first === undefined ? '' : ` ${place}${first.message}`;
  const empty = format === undefined ? '' : ` no record that can be replayed (${format.title}).`;
  return new AdapterError('traceNotUnderstood', `${path}:${empty}${why}`);
}

/** The file's bytes, reporting how far they have been read. */
async function* counted(
  file: AsyncIterable<Uint8Array>,
  size: number,
  progress: OpeningProgress,
): AsyncGenerator<Uint8Array, void> {
  let read = 0;
  for await (const bytes of file) {
    yield bytes;
    read += bytes.length;
    progress.report(read / size);
  }
}
