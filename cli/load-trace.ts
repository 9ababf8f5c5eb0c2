import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { REGISTER_NAMES } from '../timeline/index.ts';
import {
  type OpenedTrace,
  openTrace,
  parseSlice,
  type ReaderHints,
  type TraceDiagnostic,
} from '../trace/index.ts';
import { inflate, PIECE_BYTES, unpack } from '../unpacking/index.ts';
import { Failure, UsageError } from './failures.ts';
import type { Arguments, OptionRow } from './options.ts';
import { ProgressBar } from './progress-bar.ts';
import type { Terminal } from './terminal.ts';

/** Options of every command that reads a trace: what a file may not tell of itself. */
export const TRACE_OPTIONS: readonly OptionRow[] = [
  {
    name: 'device',
    value: 'NAME',
    help: 'which device a log with several is about: a part of its name there',
  },
  {
    name: 'bar0',
    value: 'ADDRESS',
    help: 'guest physical address of the registers, where a log does not tell',
  },
  { name: 'bar2', value: 'ADDRESS', help: 'the same of the aperture' },
  {
    name: 'slice',
    value: 'TEXT',
    help: "the vGPU's slice of graphics memory, instead of what the trace tells, as in 'mappable=8000000+4000000 hidden=40000000+18000000 fences=4'",
  },
];

/**
 * `device` where the command has another use for that option.
 * @throws UsageError for an address that is none
 */
export function hintsOf(args: Arguments, device = args.text('device')): ReaderHints {
  const bar0 = addressOf(args, 'bar0');
  const bar2 = addressOf(args, 'bar2');
  return {
    ...(device === undefined ? {} : { device }),
    ...(bar0 === undefined ? {} : { bar0 }),
    ...(bar2 === undefined ? {} : { bar2 }),
    ...sliceOf(args.text('slice')),
  };
}

function sliceOf(text: string | undefined): Pick<ReaderHints, 'slice'> {
  if (text === undefined) return {};
  const slice = parseSlice(text);
  if (slice !== undefined) return { slice };
  throw new UsageError(
    `--slice takes two ranges (base and size in bytes, hexadecimal) and a number, as in 'mappable=8000000+4000000 hidden=40000000+18000000 fences=4', not "${text}".`,
  );
}

function addressOf(args: Arguments, name: string): number | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  const address = /^(0x)?[0-9a-f]{1,12}$/i.test(text) ? Number.parseInt(text, 16) : -1;
  if (address >= 0 && address % 4096 === 0) return address;
  throw new UsageError(
    `--${name} takes a hexadecimal address at a multiple of 4 KiB, not "${text}".`,
  );
}

/**
 * Reads a trace from a file, or from standard input where `path` is `-`. Malformed lines are left to the caller as
 * diagnostics.
 * @throws Failure where there is no such file, or it is not understood at all
 */
export async function loadTrace(
  path: string,
  terminal: Terminal,
  hints: ReaderHints = {},
): Promise<OpenedTrace> {
  return openedTrace(await bytesOf(path, terminal), path, hints);
}

/**
 * The same of a trace whose bytes are at hand, packed or not.
 * @throws Failure where it is not understood at all
 */
export async function openedTrace(
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  hints: ReaderHints,
): Promise<OpenedTrace> {
  const trace = await openTrace(bytes, {
    name: nameOf(path),
    inflate,
    unpack,
    hints,
    registers: REGISTER_NAMES,
  });
  if (trace.format !== undefined) return trace;
  throw new Failure(trace.diagnostics[0]?.message ?? `${trace.name} is not understood.`);
}

/** @throws Failure for a dump of one moment, in which there is nothing to go through */
export function requireRecords({ name, format, store, snapshot }: OpenedTrace): void {
  if (store.length > 0 || snapshot === undefined) return;
  throw new Failure(
    `${name} shows one moment (${format?.title}) and has no records; vgpu info tells what is in it, and F5 in VS Code opens it.`,
  );
}

/** Says on the terminal that lines were not understood; nothing where all were. */
export function warnOfDiagnostics(trace: OpenedTrace, terminal: Terminal): void {
  warnOfProblems(trace.name, trace.diagnostics, terminal);
}

/** The first problem of a file, and how many there are. */
export function warnOfProblems(
  name: string,
  [first, ...more]: readonly TraceDiagnostic[],
  terminal: Terminal,
): void {
  if (first === undefined) return;
  const place = first.line === 0 ? '' : `line ${first.line}: `;
  const others = more.length === 0 ? '' : ` (and ${more.length} more: vgpu info lists them)`;
  // What is said of a whole file names it.
  const about = first.message.startsWith(name) ? '' : `${name}: `;
  terminal.err(`vgpu: ${about}${place}${first.message}${others}\n`);
}

/** What messages call a file. */
export function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/** Files of this size take long enough to be read that somebody may wonder. */
const LARGE_BYTES = 8 * 2 ** 20;

/** The same bytes, while a person who watches is shown how many have been read. */
async function* shown(
  bytes: AsyncIterable<Uint8Array>,
  size: number,
  path: string,
  bar: ProgressBar,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  try {
    for await (const piece of bytes) {
      yield piece;
      read += piece.length;
      bar.show(read / size, path);
    }
  } finally {
    bar.clear();
  }
}

/**
 * A file's bytes, or those of standard input. `bar`: of work that is done while they are read, so that it is there for
 * small files too.
 * @throws Failure where there is no such file
 */
export async function bytesOf(
  path: string,
  terminal: Terminal,
  bar?: ProgressBar,
): Promise<AsyncIterable<Uint8Array>> {
  if (path === '-') return terminal.input;
  if (path === '') throw new Failure('a path is empty: the name of a file is missing.');
  let size = 0;
  try {
    const file = await stat(path);
    if (file.isDirectory()) throw new Failure(`${path} is a folder, not a trace.`);
    size = file.size;
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(cannotOpen(path, error));
  }
  const bytes = createReadStream(path, { highWaterMark: PIECE_BYTES });
  const isQuick = bar === undefined && size < LARGE_BYTES;
  return isQuick ? bytes : shown(bytes, size, path, bar ?? new ProgressBar(terminal));
}

/** A sentence on a file that cannot be read. */
export function cannotOpen(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return `there is no file ${path}.`;
  if (code === 'EISDIR') return `${path} is a folder.`;
  if (code === 'EACCES') return `${path} may not be read: permission denied.`;
  return `${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}.`;
}
