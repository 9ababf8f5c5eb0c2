import { createVgpu } from '../../../emulator/index.ts';
import { deviceConfigFor } from '../../../timeline/index.ts';
import { type DeviceDescription, Space } from '../../../trace/index.ts';

/** What a device answers always, whatever its guest does: by the dword's offset. */
export interface DeviceConstants {
  readonly mmio: ReadonlyMap<number, number>;
  readonly config: ReadonlyMap<number, number>;
  /** First and last graphics addresses of its slice, both ends inclusive. */
  readonly slices: readonly (readonly [number, number])[];
}

/** PVINFO up to the capabilities, and the slice: guests cannot write there (gvt-facts §3). */
const PVINFO = [
  0x78000, 0x78004, 0x78008, 0x7800c, 0x78010, 0x78040, 0x78044, 0x78048, 0x7804c, 0x78050,
];
/** Vendor and device, revision and class (gvt-facts §1.2). */
const CONFIG = [0x00, 0x08];

const known = new Map<string, DeviceConstants | string>();

/** A sentence where no device can be made of what the headers say. */
export function constantsOf(device: DeviceDescription): DeviceConstants | string {
  const { platform, vendorId, deviceId, revisionId, partition, pvinfoCaps, bars, quirks } = device;
  const key = JSON.stringify([
    platform,
    vendorId,
    deviceId,
    revisionId,
    partition,
    pvinfoCaps,
    bars,
    quirks,
  ]);
  const found = known.get(key) ?? makeConstants(device);
  // One is enough but while a header is being typed.
  if (known.size > 16) known.clear();
  known.set(key, found);
  return found;
}

function makeConstants(device: DeviceDescription): DeviceConstants | string {
  const config = deviceConfigFor(device);
  if ('problem' in config) return config.problem;
  const vgpu = createVgpu(config);
  const values = (space: 'mmio' | 'config', offsets: readonly number[]) =>
    new Map(offsets.map((offset) => [offset, vgpu.peek(space, offset, 4).low]));
  const { mappableBase, mappableSize, hiddenBase, hiddenSize } = config.partition;
  return {
    mmio: values('mmio', PVINFO),
    config: values('config', CONFIG),
    slices: [
      [mappableBase, mappableBase + mappableSize - 1],
      [hiddenBase, hiddenBase + hiddenSize - 1],
    ],
  };
}

/** The dword that holds an offset, if it never changes. */
export function constantAt(
  constants: DeviceConstants,
  space: number,
  dword: number,
): number | undefined {
  if (space === Space.mmio) return constants.mmio.get(dword);
  return space === Space.config ? constants.config.get(dword) : undefined;
}
