import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createVgpu, eventNames, VgpuViews } from '../emulator/index.ts';
import {
  createListing,
  createLocalSession,
  deviceConfigFor,
  directoryFor,
  REGISTER_NAMES,
} from '../timeline/index.ts';
import { AdapterError } from './errors.ts';
import type { LaunchOptions } from './launch-options.ts';
import type { OpeningProgress, Program } from './program.ts';
import { readTraceFile, type TraceFile } from './read-trace-file.ts';
import { MAX_PLAIN_LINES, TraceSources } from './sources/trace-sources.ts';

/** Reads the recording from the disk and puts the bundled vGPU under it, all in this process. */
export async function openProgram(
  options: LaunchOptions,
  progress: OpeningProgress,
): Promise<Program> {
  const path = resolve(options.trace);
  const trace = await readTraceFile(path, REGISTER_NAMES, progress);
  const config = deviceConfigFor(trace.device);
  if ('problem' in config) throw new AdapterError('deviceUnknown', `${path}: ${config.problem}`);
  // As the extension chooses it: both must make the same text of the same recording.
  const directory = directoryFor(trace.device);
  const listing = createListing(trace.store, directory);
  const device = createVgpu(config);
  const session = createLocalSession({
    trace,
    device,
    directory,
    views: new VgpuViews(device),
    events: eventNames(config.platform, config.deviceId),
    folds: listing.folds,
    compare: options.compare,
    yieldToOthers: () => new Promise((others) => setImmediate(others)),
  });
  const sources = new TraceSources({
    path,
    store: trace.store,
    listing,
    plain: isReadAsItStands(trace),
    readText: () => readFile(path, 'utf8'),
  });
  return { session, sources };
}

/** Our own form is made to be read; other formats, and files that strain an editor, are read decoded. */
function isReadAsItStands({ format, plainLines }: TraceFile): boolean {
  return format?.id === 'vgpu' && plainLines !== undefined && plainLines <= MAX_PLAIN_LINES;
}
