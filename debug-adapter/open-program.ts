import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  GuestsViews,
  HostDevice,
  isSupportedPlatform,
  type VgpuConfig,
} from '../emulator/index.ts';
import {
  createLocalSession,
  dumpView,
  hostFor,
  listingFor,
  modelFor,
  type RegisterInfo,
  readingNames,
} from '../timeline/index.ts';
import type { OpenedTrace } from '../trace/index.ts';
import { AdapterError } from './errors.ts';
import type { LaunchOptions } from './launch-options.ts';
import type { OpeningProgress, Program } from './program.ts';
import { readRegisterFile } from './read-register-file.ts';
import { readTraceFile, type TraceFile } from './read-trace-file.ts';
import { MAX_PLAIN_LINES, TraceSources } from './sources/trace-sources.ts';

/** Reads the recording from the disk and puts a device under it, all in this process. */
export async function openProgram(
  options: LaunchOptions,
  progress: OpeningProgress,
): Promise<Program> {
  const path = resolve(options.trace);
  const reading = absolute(options.reading);
  const described = await readRegisterFile(reading.registers);
  const registers = described?.registers ?? [];
  const trace = await readTraceFile(path, readingNames(registers), progress, reading);
  const onHost = isOnHost(options);
  const model = onHost ? hostOf(trace, options) : modelOf(trace, options, registers);
  if ('problem' in model) throw new AdapterError('deviceUnknown', `${path}: ${model.problem}`);
  // The extension makes the same text of the same recording.
  const listing = listingFor(trace, model.directory);
  const session = createLocalSession({
    trace,
    ...model,
    folds: listing.folds,
    compare: options.compare,
    yieldToOthers: () => new Promise((others) => setImmediate(others)),
  });
  const sources = new TraceSources({
    path,
    reading,
    store: trace.store,
    listing,
    plain: isReadAsItStands(trace),
    readText: () => readFile(path, 'utf8'),
  });
  const { snapshot } = trace;
  const dump = snapshot && { dump: dumpView(snapshot, platformOf(trace)) };
  return { session, sources, onHost, notes: described?.problems ?? [], ...dump };
}

function platformOf({ device: { platform } }: OpenedTrace) {
  return platform !== undefined && isSupportedPlatform(platform) ? platform : undefined;
}

function absolute(reading: LaunchOptions['reading']): LaunchOptions['reading'] {
  const { registers } = reading;
  return registers === undefined ? reading : { ...reading, registers: resolve(registers) };
}

function isOnHost({ hypervisor, schedule }: LaunchOptions): boolean {
  return hypervisor !== undefined || schedule === 'sliced';
}

function modelOf(
  trace: OpenedTrace,
  { policy, reading: { model } }: LaunchOptions,
  registers: readonly RegisterInfo[],
) {
  return modelFor(trace, {
    registers,
    ...(model === undefined ? {} : { model }),
    ...(policy === undefined ? {} : { overrides: { policy } }),
  });
}

/** The vGPU with a host around it, and a virtual machine where that is asked for. */
function hostOf(trace: OpenedTrace, options: LaunchOptions) {
  const { hypervisor, schedule } = options;
  const made = hostFor([trace], {
    schedule: schedule === 'sliced' ? 'sliced' : 'at once',
    ...(hypervisor === undefined ? {} : { hypervisor }),
    change: (config) => withPolicy(config, options),
  });
  if ('problem' in made) return made;
  const model = modelFor(trace);
  if ('problem' in model) return model;
  const device = new HostDevice(made.host, made.vgpus);
  return { ...model, device, views: new GuestsViews(device) };
}

function withPolicy(config: VgpuConfig, { policy }: LaunchOptions): VgpuConfig {
  return policy === undefined ? config : { ...config, policy };
}

/** Our own form is made to be read; other formats, and files that strain an editor, are read decoded. */
function isReadAsItStands({ format, plainLines }: TraceFile): boolean {
  return format?.id === 'vgpu' && plainLines !== undefined && plainLines <= MAX_PLAIN_LINES;
}
