import type { DeviceDescriptionBuilder } from './device-description-builder.ts';
import { platformOfDevice } from './intel-platforms.ts';
import { RecordKind, Space } from './record.ts';
import { VALUE_UNKNOWN } from './store/chunk.ts';
import type { TraceStore } from './store/trace-store.ts';

const READ = RecordKind.read | (Space.config << 4);
const WRITE = RecordKind.write | (Space.config << 4);

/** Offsets in configuration space (PCI Local Bus 3.0, §6.1, §6.2.5). */
const REVISION = 0x08;
const FIRST_BAR = 0x10;
const LAST_BAR = 0x24;
const HEADER_BYTES = 0x40;

const INTEL = 0x8086;

/** A log that shows accesses to configuration space tells from them what the device is, and where firmware put it. */
export function describeFromConfig(store: TraceStore, device: DeviceDescriptionBuilder): void {
  const header = new ConfigHeader();
  for (const { kindSpace, sizeFlags, offset, low, length } of store.chunks) {
    for (let i = 0; i < length; i++) {
      const kind = kindSpace[i];
      if ((kind !== READ && kind !== WRITE) || ((sizeFlags[i] ?? 0) & VALUE_UNKNOWN) !== 0)
        continue;
      if (kind === READ) header.read(offset[i] ?? 0, sizeFlags[i] ?? 0, low[i] ?? 0);
      else header.write(offset[i] ?? 0, sizeFlags[i] ?? 0, low[i] ?? 0);
    }
  }
  header.describe(device);
}

/** What accesses to the first 64 bytes tell. */
class ConfigHeader {
  /** Answers, byte by byte; those of the identification never change. */
  readonly #answers = new Map<number, number>();
  /** The mask that sizing gave, and the base that was written last, by BAR register. */
  readonly #masks = new Map<number, number>();
  readonly #bases = new Map<number, number>();
  /** BAR registers to which all ones have been written. */
  readonly #sizing = new Set<number>();

  read(offset: number, size: number, value: number): void {
    if (offset >= HEADER_BYTES) return;
    for (let i = 0; i < Math.min(size, 4); i++) {
      this.#answers.set(offset + i, (value >>> (8 * i)) & 0xff);
    }
    if (size === 4 && this.#sizing.has(offset)) this.#masks.set(offset, value);
  }

  write(offset: number, size: number, value: number): void {
    if (offset < FIRST_BAR || offset > LAST_BAR || size !== 4) return;
    if (value === 0xffffffff) {
      this.#sizing.add(offset);
      return;
    }
    this.#sizing.delete(offset);
    this.#bases.set(offset, value);
  }

  describe(device: DeviceDescriptionBuilder): void {
    this.#describeIds(device);
    if (device.hasBars) return;
    for (const index of [0, 2]) {
      const bar = this.#bar(index);
      if (bar === undefined) continue;
      device.setBar(bar);
      device.set({ showsFirmware: true });
    }
  }

  #describeIds(device: DeviceDescriptionBuilder): void {
    const vendorId = this.#number(0, 2);
    const deviceId = this.#number(2, 2);
    const revisionId = this.#number(REVISION, 1);
    if (device.scalars.deviceId !== undefined) return;
    if (vendorId === undefined || deviceId === undefined || vendorId === 0xffff) return;
    device.set({ vendorId, deviceId });
    if (revisionId !== undefined) device.set({ revisionId });
    const platform = vendorId === INTEL ? platformOfDevice(deviceId) : undefined;
    if (platform !== undefined && device.scalars.platform === undefined) device.set({ platform });
  }

  #bar(index: number): { index: number; base: number; size: number } | undefined {
    const register = FIRST_BAR + 4 * index;
    const written = this.#bases.get(register);
    const mask = this.#masks.get(register);
    if (written === undefined || mask === undefined) return undefined;
    const size = 2 ** 32 - (mask - (mask % 16));
    const high = this.#bases.get(register + 4) ?? 0;
    // Bits 2:1 of a BAR say whether the next one holds its upper half.
    const upper = (mask & 6) === 4 && high < 0x10000 ? high : 0;
    const base = upper * 2 ** 32 + written - (written % 16);
    // After sizing, what was there before is put back: an empty one is no placement.
    return base === 0 ? undefined : { index, base, size };
  }

  #number(offset: number, bytes: number): number | undefined {
    let value = 0;
    for (let i = bytes - 1; i >= 0; i--) {
      const byte = this.#answers.get(offset + i);
      if (byte === undefined) return undefined;
      value = value * 256 + byte;
    }
    return value;
  }
}
