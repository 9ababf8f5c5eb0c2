import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { registerDirectory } from '../emulator/index.ts';
import { type OpenedTrace, openTrace } from '../trace/index.ts';
import { Failure } from './failures.ts';
import type { Terminal } from './terminal.ts';

/**
 * Reads a trace from a file, or from standard input where `path` is `-`. Malformed lines are left to the caller as
 * diagnostics.
 * @throws Failure where there is no such file, or it is not understood at all
 */
export async function loadTrace(path: string, terminal: Terminal): Promise<OpenedTrace> {
  const names = registerDirectory('skl');
  const trace = await openTrace(await bytesOf(path, terminal), {
    name: nameOf(path),
    inflate,
    registers: { offsetOf: (name) => names.named(name)?.offset },
  });
  if (trace.format !== undefined) return trace;
  throw new Failure(trace.diagnostics[0]?.message ?? `${trace.name} is not understood.`);
}

/** Says on the terminal that lines were not understood; nothing where all were. */
export function warnOfDiagnostics(trace: OpenedTrace, terminal: Terminal): void {
  const [first] = trace.diagnostics;
  if (first === undefined) return;
  const place = first.line === 0 ? '' : `line ${first.line}: `;
  const more = trace.diagnostics.length - 1;
  const others = more === 0 ? '' : ` (and ${more} more: vgpu info lists them)`;
  terminal.err(`vgpu: ${trace.name}: ${place}${first.message}${others}\n`);
}

function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path;
}

async function bytesOf(path: string, terminal: Terminal): Promise<AsyncIterable<Uint8Array>> {
  if (path === '-') return terminal.input;
  if (path === '') throw new Failure('the path of the trace is empty.');
  try {
    if ((await stat(path)).isDirectory()) throw new Failure(`${path} is a folder, not a trace.`);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(cannotOpen(path, error));
  }
  return createReadStream(path, { highWaterMark: PIECE_BYTES });
}

/** Large pieces: inflating and parsing are quicker by them. */
const PIECE_BYTES = 1 << 18;

function inflate(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  // A failure reaches whoever reads from `gunzip`, which pipeline destroys with it.
  pipeline(Readable.from(packed, { objectMode: false }), gunzip, () => undefined);
  return gunzip;
}

function cannotOpen(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return `there is no file ${path}.`;
  if (code === 'EACCES') return `${path} may not be read: permission denied.`;
  return `${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}.`;
}
