import { asAddress, parseHex } from '../text/numbers.ts';

/** A PCI device as a PCIDEV line describes it. */
export interface PciDevice {
  /** `00:02.0` */
  readonly address: string;
  readonly vendorId: number;
  readonly deviceId: number;
  readonly bars: readonly PciBar[];
  readonly driver: string | undefined;
}

/** A memory BAR that is in use. */
export interface PciBar {
  /** 0 to 5; 6 is the expansion ROM. */
  readonly index: number;
  readonly base: number;
  /** Bytes. */
  readonly size: number;
}

const INTEL = 0x8086;
const MIB = 2 ** 20;

/** Index of the expansion ROM in a PCIDEV line. */
const ROM = 6;

/**
 * Fields after `PCIDEV`: bus and devfn, ids, interrupt, seven bases (with the flag bits of the BAR left in),
 * seven lengths, perhaps the driver. Undefined where they are not that.
 */
export function parsePciDevice(fields: readonly string[]): PciDevice | undefined {
  const [place, ids, , ...rest] = fields;
  if (place === undefined || ids === undefined || rest.length < 14 || rest.length > 15)
    return undefined;
  if (!/^[0-9a-f]{4}$/i.test(place) || !/^[0-9a-f]{8}$/i.test(ids)) return undefined;
  const bars: PciBar[] = [];
  for (let index = 0; index <= ROM; index++) {
    const base = asAddress(parseHex(rest[index] ?? ''));
    const size = asAddress(parseHex(rest[index + 7] ?? ''));
    if (base === undefined || size === undefined) return undefined;
    // Bit 0 tells an I/O BAR, which mmiotrace does not see; the low four bits are not part of the address.
    if (base !== 0 && size !== 0 && base % 2 === 0)
      bars.push({ index, base: base - (base % 16), size });
  }
  const devfn = Number.parseInt(place.slice(2), 16);
  return {
    address: `${place.slice(0, 2)}:${(devfn >>> 3).toString(16).padStart(2, '0')}.${devfn & 7}`,
    vendorId: Number.parseInt(ids.slice(0, 4), 16),
    deviceId: Number.parseInt(ids.slice(4), 16),
    bars,
    driver: rest[14],
  };
}

/**
 * The device that a trace is about. mmiotrace does not name it and PCIDEV lines have no class code, so it is
 * told by what an Intel GPU looks like, and by the first mapping that was made, at `firstMapped`.
 */
export function chooseDevice(
  devices: readonly PciDevice[],
  firstMapped: number,
): PciDevice | undefined {
  let best: PciDevice | undefined;
  let bestScore = 3;
  for (const device of devices) {
    const score = scoreDevice(device, firstMapped);
    if (score > bestScore) {
      best = device;
      bestScore = score;
    }
  }
  return best;
}

function scoreDevice(device: PciDevice, firstMapped: number): number {
  let score = 0;
  if (device.driver === 'i915') score += 8;
  const registers = device.bars.find(({ index }) => index === 0)?.size ?? 0;
  const aperture = device.bars.find(({ index }) => index === 2)?.size ?? 0;
  // Intel's GPUs from Broadwell on: 16 MiB of registers and GGTT, and an aperture of at least 64 MiB.
  if (device.vendorId === INTEL && registers === 16 * MIB && aperture >= 64 * MIB) score += 8;
  if (device.bars.some((bar) => contains(bar, firstMapped))) score += 4;
  return score;
}

export function isIntel(device: PciDevice): boolean {
  return device.vendorId === INTEL;
}

export function contains(bar: PciBar, address: number): boolean {
  return address >= bar.base && address < bar.base + bar.size;
}
