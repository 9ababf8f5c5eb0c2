import {
  CapturedVgpu,
  CapturedViews,
  capabilitiesIn,
  createVgpu,
  type Partition,
  RecordedDevice,
} from '../../emulator/index.ts';
import type { DeviceDescription, Snapshot } from '../../trace/index.ts';
import { type DeviceProblem, deviceConfigFor, isForeign } from '../device-from-trace.ts';
import { withCapabilities } from '../labelled-directory.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import type { TraceModel } from '../trace-model.ts';
import { capturedFrom } from './captured-from-dump.ts';

/** A dump may be of any guest, and of the host: all graphics addresses are its. */
const WHOLE: Partition = {
  mappableBase: 0,
  mappableSize: 2 ** 28,
  hiddenBase: 2 ** 28,
  hiddenSize: 2 ** 32 - 2 ** 28,
  fences: 16,
};

/** The device of a dump: a vGPU that stands still; of one that cannot be emulated its registers and memory alone. */
export function dumpModel(
  snapshot: Snapshot,
  description: DeviceDescription,
  directory: RegisterDirectory,
): TraceModel | DeviceProblem {
  if (isForeign(description)) {
    return { kind: 'recorded', device: foreignDevice(snapshot), directory };
  }
  const config = deviceConfigFor(description, { partition: WHOLE });
  if ('problem' in config) return config;
  const captured = capturedFrom(snapshot, config.platform, directory);
  const device = new CapturedVgpu(createVgpu(config), captured);
  const names = withCapabilities(directory, snapshot.config && capabilitiesIn(snapshot.config));
  return { kind: 'captured', device, directory: names, views: new CapturedViews(device) };
}

/** Graphics addresses are where the aperture shows them. */
function foreignDevice({ registers, buffers, mmio, config }: Snapshot): RecordedDevice {
  const device = new RecordedDevice();
  const bytes = (space: 'mmio' | 'config' | 'aperture', from: number, data: Uint8Array) => {
    for (const [at, byte] of data.entries()) device.poke(space, from + at, 1, byte, 0);
  };
  bytes('mmio', 0, mmio ?? new Uint8Array());
  bytes('config', 0, config ?? new Uint8Array());
  for (const { offset, size, value } of registers) {
    if (offset !== undefined) device.poke('mmio', offset, size, value.low, value.high);
  }
  for (const buffer of buffers) bytes('aperture', buffer.address, buffer.bytes);
  return device;
}
