import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  createVgpu,
  eventNames,
  GuestsViews,
  HostDevice,
  type VgpuConfig,
  VgpuViews,
} from '../emulator/index.ts';
import {
  createListing,
  createLocalSession,
  deviceConfigFor,
  directoryFor,
  hostFor,
  REGISTER_NAMES,
} from '../timeline/index.ts';
import type { OpenedTrace } from '../trace/index.ts';
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
  const onHost = isOnHost(options);
  const { device, views } = onHost ? hostOf(trace, options) : vgpuOf(config, options);
  const session = createLocalSession({
    trace,
    device,
    directory,
    views,
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
  return { session, sources, onHost };
}

function isOnHost({ hypervisor, schedule }: LaunchOptions): boolean {
  return hypervisor !== undefined || schedule === 'sliced';
}

function vgpuOf(config: VgpuConfig, options: LaunchOptions) {
  const device = createVgpu(withPolicy(config, options));
  return { device, views: new VgpuViews(device) };
}

/** The vGPU with a host around it, and a virtual machine where that is asked for. */
function hostOf(trace: OpenedTrace, options: LaunchOptions) {
  const { hypervisor, schedule } = options;
  const made = hostFor([trace], {
    schedule: schedule === 'sliced' ? 'sliced' : 'at once',
    ...(hypervisor === undefined ? {} : { hypervisor }),
    change: (config) => withPolicy(config, options),
  });
  if ('problem' in made) throw new AdapterError('deviceUnknown', made.problem);
  const device = new HostDevice(made.host, made.vgpus);
  return { device, views: new GuestsViews(device) };
}

function withPolicy(config: VgpuConfig, { policy }: LaunchOptions): VgpuConfig {
  return policy === undefined ? config : { ...config, policy };
}

/** Our own form is made to be read; other formats, and files that strain an editor, are read decoded. */
function isReadAsItStands({ format, plainLines }: TraceFile): boolean {
  return format?.id === 'vgpu' && plainLines !== undefined && plainLines <= MAX_PLAIN_LINES;
}
