import { eventNames, GuestsViews, HostDevice, type VgpuConfig } from '../emulator/index.ts';
import {
  createLocalSession,
  type FoldIndex,
  type GoldenFile,
  guestName,
  hostFor,
  mergeTraces,
  type RegisterDirectory,
  type SessionGuest,
} from '../timeline/index.ts';
import type { OpenedTrace } from '../trace/index.ts';
import { AdapterError } from './errors.ts';
import type { LaunchOptions } from './launch/launch-options.ts';
import type { Program } from './program.ts';
import { MergedSources } from './sources/merged-sources.ts';
import type { SourceMap } from './sources/source-map.ts';

/** A recording that was read, and how it is read by people. */
export interface ReadableTrace {
  readonly path: string;
  readonly trace: OpenedTrace;
  readonly directory: RegisterDirectory;
  readonly folds: FoldIndex;
  readonly sources: SourceMap;
  /** What its vGPU starts from. */
  readonly golden?: GoldenFile;
}

/** Recordings as guests of one host: each on a vGPU of its own, in a virtual machine where that is asked for. */
export function guestsProgram(
  read: readonly ReadableTrace[],
  options: LaunchOptions,
): Omit<Program, 'notes'> {
  const [first] = read;
  if (first === undefined) throw new AdapterError('badLaunch', 'There is no recording.');
  const device = hostOf(read, options);
  const views = new GuestsViews(device);
  const isOne = read.length === 1;
  const { trace, guests } = isOne
    ? { trace: first.trace, guests: [] }
    : mergeTraces(read, options.interleave);
  const session = createLocalSession({
    trace,
    device,
    directory: first.directory,
    views,
    events: eventsOf(device),
    ...(isOne ? { folds: first.folds } : {}),
    guests: guests.flatMap((records, index) => guestOf(index, records, read, views)),
    compare: options.compare,
    yieldToOthers: () => new Promise((others) => setImmediate(others)),
  });
  const sources = guests.flatMap((records, index) => {
    const own = read[index]?.sources;
    return own === undefined ? [] : [{ records, sources: own }];
  });
  const guestAt = (record: number) =>
    record < trace.store.length ? trace.store.guest(Math.max(0, record)) : 0;
  return {
    session,
    sources: isOne ? first.sources : new MergedSources(sources, guestAt),
    onHost: true,
    model: 'vgpu',
  };
}

function withPolicy(config: VgpuConfig, { policy }: LaunchOptions): VgpuConfig {
  return policy === undefined ? config : { ...config, policy };
}

function hostOf(read: readonly ReadableTrace[], options: LaunchOptions): HostDevice {
  const { hypervisor, schedule } = options;
  const made = hostFor(
    read.map(({ trace: { name, device }, golden }) => ({
      name,
      device,
      ...(golden === undefined ? {} : { golden }),
    })),
    {
      schedule: schedule === 'sliced' ? 'sliced' : 'at once',
      ...(hypervisor === undefined ? {} : { hypervisor }),
      change: (config) => withPolicy(config, options),
    },
  );
  if ('problem' in made) throw new AdapterError('deviceUnknown', made.problem);
  return new HostDevice(made.host, made.vgpus);
}

function guestOf(
  index: number,
  records: SessionGuest['records'],
  read: readonly ReadableTrace[],
  views: GuestsViews,
): SessionGuest[] {
  const own = views.guests[index];
  const trace = read[index]?.trace.name ?? '';
  return own === undefined ? [] : [{ name: guestName(index), trace, records, views: own }];
}

/** Engines are told apart by their guests. */
function eventsOf(device: HostDevice) {
  const { platform, deviceId } = device.host.host.config;
  const names = eventNames(platform, deviceId);
  const engines = device.guests.flatMap((guest) =>
    names.engines.map((engine) => device.engineName(guest, engine)),
  );
  return { ...names, engines };
}
