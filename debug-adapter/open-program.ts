import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isSupportedPlatform } from '../emulator/index.ts';
import {
  createLocalSession,
  dumpView,
  type GoldenFile,
  listingFor,
  type ModelOptions,
  modelFor,
  type Reading,
  readingNames,
  registersFor,
  sessionRegisters,
} from '../timeline/index.ts';
import type { OpenedTrace } from '../trace/index.ts';
import { AdapterError } from './errors.ts';
import { guestsProgram, type ReadableTrace } from './guests-program.ts';
import type { LaunchOptions } from './launch/launch-options.ts';
import type { OpeningProgress, Program } from './program.ts';
import { type ReadGolden, readGoldenFile } from './read-golden-file.ts';
import { readRegisterFile } from './read-register-file.ts';
import { readTraceFile, type TraceFile } from './read-trace-file.ts';
import { MAX_PLAIN_LINES, TraceSources } from './sources/trace-sources.ts';

/** Reads recordings from the disk and puts a device under them, all in this process. */
export async function openProgram(
  options: LaunchOptions,
  progress: OpeningProgress,
): Promise<Program> {
  const reading = absolute(options.reading);
  const described = await readRegisterFile(reading.registers);
  const model = modelOptions(options, described?.registers ?? []);
  const { traces, hypervisor, schedule, slice } = options;
  const told = { reading, slice };
  const read: ReadableTrace[] = [];
  const hosts = new Map<string, ReadGolden>();
  for (const [index, { path, golden }] of traces.entries()) {
    const { token } = progress;
    const report = (part: number) => progress.report((index + part) / traces.length);
    const trace = await openTraceFile(resolve(path), told, model, { token, report });
    if (golden !== undefined && !hosts.has(golden)) {
      hosts.set(golden, await readGoldenFile(golden, token));
    }
    const host = golden === undefined ? undefined : hosts.get(golden);
    read.push(host === undefined ? trace : onHost(trace, host.golden, model));
  }
  const [first] = read;
  const isAlone = read.length === 1 && hypervisor === undefined && schedule === 'at-once';
  const program =
    isAlone && first !== undefined
      ? aloneProgram(first, model, options)
      : guestsProgram(read, options);
  const goldenProblems = [...hosts.values()].flatMap(({ problems }) => problems);
  return { ...program, notes: [...(described?.problems ?? []), ...goldenProblems] };
}

/** Names of the session's registers may follow from the host; the text that is read does not. */
function onHost(read: ReadableTrace, golden: GoldenFile, model: ModelOptions): ReadableTrace {
  const directory = sessionRegisters(read.trace, { ...model, golden });
  return { ...read, directory, golden };
}

async function openTraceFile(
  path: string,
  { reading, slice }: Pick<LaunchOptions, 'reading' | 'slice'>,
  model: ModelOptions,
  progress: OpeningProgress,
): Promise<ReadableTrace> {
  const hints = { ...reading, ...(slice === undefined ? {} : { slice }) };
  const trace = await readTraceFile(path, readingNames(model.registers), progress, hints);
  // The extension makes the same text of the same recording.
  const directory = registersFor(trace, model);
  const listing = listingFor(trace, directory);
  const sources = new TraceSources({
    path,
    reading,
    store: trace.store,
    listing,
    plain: isReadAsItStands(trace),
    readText: () => readFile(path, 'utf8'),
  });
  return { path, trace, directory, folds: listing.folds, sources };
}

/** A device without anything around it. */
function aloneProgram(
  { path, trace, folds, sources, golden }: ReadableTrace,
  options: ModelOptions,
  { compare }: LaunchOptions,
): Omit<Program, 'notes'> {
  const model = modelFor(trace, golden === undefined ? options : { ...options, golden });
  if ('problem' in model) throw new AdapterError('deviceUnknown', `${path}: ${model.problem}`);
  const session = createLocalSession({
    trace,
    ...model,
    folds,
    compare,
    yieldToOthers: () => new Promise((others) => setImmediate(others)),
  });
  const { snapshot } = trace;
  const dump = snapshot && { dump: dumpView(snapshot, platformOf(trace)) };
  return { session, sources, onHost: false, model: model.kind, ...dump };
}

function platformOf({ device: { platform } }: OpenedTrace) {
  return platform !== undefined && isSupportedPlatform(platform) ? platform : undefined;
}

function absolute(reading: Reading): Reading {
  const { registers } = reading;
  return registers === undefined ? reading : { ...reading, registers: resolve(registers) };
}

function modelOptions(
  { policy, reading: { model } }: LaunchOptions,
  registers: NonNullable<ModelOptions['registers']>,
): ModelOptions {
  return {
    registers,
    ...(model === undefined ? {} : { model }),
    ...(policy === undefined ? {} : { overrides: { policy } }),
  };
}

/** Our own form is made to be read; other formats, and files that strain an editor, are read decoded. */
function isReadAsItStands({ format, plainLines }: TraceFile): boolean {
  return format?.id === 'vgpu' && plainLines !== undefined && plainLines <= MAX_PLAIN_LINES;
}
