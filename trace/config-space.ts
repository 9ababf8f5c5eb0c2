import type { DeviceDescriptionBuilder } from './device-description-builder.ts';
import { platformOfDevice } from './intel-platforms.ts';

const INTEL = 0x8086;
const FIRST_BAR = 0x10;

/** Ids, revision and platform from the bytes of a device's configuration space. */
export function describeConfigSpace(config: Uint8Array, device: DeviceDescriptionBuilder): void {
  const vendorId = word(config, 0);
  const deviceId = word(config, 2);
  if (config.length < 4 || vendorId === 0xffff) return;
  device.set({ vendorId, deviceId });
  const [revisionId] = config.subarray(8, 9);
  if (revisionId !== undefined) device.set({ revisionId });
  const platform = vendorId === INTEL ? platformOfDevice(deviceId) : undefined;
  if (platform !== undefined) device.set({ platform });
}

/** Where a memory BAR is; undefined where it is none, or has not been placed. */
export function barBase(config: Uint8Array, index: number): number | undefined {
  const at = FIRST_BAR + 4 * index;
  const low = word(config, at) + word(config, at + 2) * 2 ** 16;
  if (config.length < at + 8 || (low & 1) !== 0) return undefined;
  // Bits 2:1 say whether the next register holds the upper half.
  const high = (low & 6) === 4 ? word(config, at + 4) + word(config, at + 6) * 2 ** 16 : 0;
  const base = low - (low % 16) + high * 2 ** 32;
  return base === 0 || base >= 2 ** 48 ? undefined : base;
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}
