import {
  createVgpu,
  eventNames,
  isSupportedPlatform,
  RecordedDevice,
  type VgpuConfig,
  VgpuViews,
} from '../emulator/index.ts';
import type { DeviceDescription, OpenedTrace, RegisterNames } from '../trace/index.ts';
import { type DeviceProblem, deviceConfigFor, isForeign } from './device-from-trace.ts';
import { dumpModel } from './dump/dump-model.ts';
import { type GoldenFile, onHostOf } from './golden/golden-file.ts';
import { withCapabilities, withLabels } from './labelled-directory.ts';
import { recordedDirectory } from './recorded/recorded-directory.ts';
import type { RegisterDirectory, RegisterInfo } from './register-directory.ts';
import { directoryFor, REGISTER_NAMES } from './register-names.ts';
import type { TraceModel } from './trace-model.ts';

/**
 * What stands beside a trace. `auto`: the emulated vGPU where the trace is of a device that it can be, else `recorded`.
 * `recorded`: a device that does nothing by itself and answers what was recorded.
 */
export const MODELS = ['auto', 'vgpu', 'recorded'] as const;
export type ModelChoice = (typeof MODELS)[number];

export interface ModelOptions {
  readonly model?: ModelChoice;
  /** Registers that somebody has described; for a recorded device. */
  readonly registers?: readonly RegisterInfo[];
  /** These win over what the trace says. */
  readonly overrides?: Partial<VgpuConfig>;
  /** The registers of the host; for the emulated vGPU. */
  readonly golden?: GoldenFile;
}

/** Makes the device that stands beside a trace. */
export function modelFor(
  trace: OpenedTrace,
  options: ModelOptions = {},
): TraceModel | DeviceProblem {
  const { golden } = options;
  const directory = sessionRegisters(trace, options);
  const { snapshot, store } = trace;
  const isDump = snapshot !== undefined && store.length === 0;
  if (golden !== undefined && (isDump || isRecorded(trace.device, options.model))) {
    const what = isDump ? 'shows one moment' : 'is replayed as it was recorded';
    return { problem: `${trace.name} ${what}: only the emulated vGPU starts from a golden state.` };
  }
  if (isDump) return dumpModel(snapshot, trace.device, directory);
  if (isRecorded(trace.device, options.model)) {
    return { kind: 'recorded', device: new RecordedDevice(), directory };
  }
  const config = deviceConfigFor(trace.device, options.overrides, golden);
  if ('problem' in config) return config;
  const device = createVgpu(config);
  const events = eventNames(config.platform, config.deviceId);
  return { kind: 'vgpu', device, directory, views: new VgpuViews(device), events };
}

/** Register names for a session: where the trace does not tell its device, a golden state may. */
export function sessionRegisters(trace: OpenedTrace, options: ModelOptions): RegisterDirectory {
  const { golden } = options;
  const device = golden === undefined ? trace.device : onHostOf(trace.device, golden);
  const names = registersFor('problem' in device ? trace : { ...trace, device }, options);
  return golden === undefined ? names : withCapabilities(names, golden.state.capabilities);
}

/** Register names and labels for a trace, without making a device. The decoded view's text depends on nothing else. */
export function registersFor(
  { device, store, labels }: Pick<OpenedTrace, 'device' | 'store' | 'labels'>,
  { model, registers, overrides }: ModelOptions = {},
): RegisterDirectory {
  const platform = overrides?.platform;
  // Names of another platform would be wrong names.
  const isUnknown = device.platform !== undefined && !isSupportedPlatform(device.platform);
  if (isRecorded(device, model) || (platform === undefined && isUnknown))
    return withLabels(recordedDirectory(store, registers), labels);
  const tables = directoryFor(platform === undefined ? device : { ...device, platform });
  return withLabels(tables, labels);
}

/** Register names that a trace is read with: it says only in its course what it was recorded on. */
export function readingNames(registers: readonly RegisterInfo[] = []): RegisterNames {
  const own = new Map(registers.map(({ name, offset }) => [name.toLowerCase(), offset]));
  return {
    offsetOf: (name, device) =>
      own.get(name.toLowerCase()) ?? REGISTER_NAMES.offsetOf(name, device),
    meaningOf: (name, device) => REGISTER_NAMES.meaningOf?.(name, device),
  };
}

function isRecorded(device: DeviceDescription, model: ModelChoice = 'auto'): boolean {
  return model === 'recorded' || (model === 'auto' && isForeign(device));
}
