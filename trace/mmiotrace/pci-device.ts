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

/** A BAR, and how many accesses went there that the tracer could decode. */
export class CountedBar {
  readonly index: number;
  readonly base: number;
  /** First address behind it. */
  readonly end: number;
  count = 0;

  constructor({ index, base, size }: PciBar) {
    this.index = index;
    this.base = base;
    this.end = base + size;
  }
}

export interface Candidate {
  readonly device: PciDevice;
  readonly bars: readonly CountedBar[];
}

export interface Choice {
  readonly candidate: Candidate;
  /** The BARs that are shown as `mmio` and as `aperture`. */
  readonly registers: CountedBar | undefined;
  readonly aperture: CountedBar | undefined;
}

/**
 * The device that a log is about: the one that `wanted` names (its address, or its ids), else an Intel GPU that was
 * used, else the one that was used most, else the one that was mapped first.
 */
export function chooseDevice(
  candidates: readonly Candidate[],
  firstMapped: number,
  wanted: string | undefined,
): Choice | undefined {
  if (wanted !== undefined) {
    const named = candidates.find(({ device }) => nameOf(device).includes(wanted));
    return named === undefined ? undefined : barsOf(named);
  }
  const used = candidates.filter((candidate) => accessesOf(candidate) > 0);
  const busiest = used.reduce<Candidate | undefined>(
    (best, each) => (best === undefined || accessesOf(each) > accessesOf(best) ? each : best),
    undefined,
  );
  const mapped = candidates.find(({ device }) =>
    device.bars.some((bar) => contains(bar, firstMapped)),
  );
  const chosen = used.find(looksLikeIntelGpu) ?? busiest ?? mapped;
  return chosen === undefined ? undefined : barsOf(chosen);
}

function nameOf({ address, vendorId, deviceId }: PciDevice): string {
  const hex4 = (id: number) => id.toString(16).padStart(4, '0');
  return `${address} ${hex4(vendorId)}:${hex4(deviceId)}`;
}

function accessesOf({ bars }: Candidate): number {
  return bars.reduce((sum, { count }) => sum + count, 0);
}

/** Intel's GPUs from Broadwell on: 16 MiB of registers and GGTT, and an aperture of at least 64 MiB. */
function looksLikeIntelGpu({ device }: Candidate): boolean {
  if (device.vendorId !== INTEL) return false;
  if (device.driver === 'i915') return true;
  const size = (index: number) => device.bars.find((bar) => bar.index === index)?.size ?? 0;
  return size(0) === 16 * MIB && size(2) >= 64 * MIB;
}

/** Of Intel's GPUs BAR0 and BAR2; of others the BAR that was used most, and the largest of the rest. */
function barsOf(candidate: Candidate): Choice {
  const bars = candidate.bars.filter(({ index }) => index !== ROM);
  if (looksLikeIntelGpu(candidate)) {
    const [registers, aperture] = [0, 2].map((index) => bars.find((bar) => bar.index === index));
    return { candidate, registers, aperture };
  }
  const [registers] = [...bars].sort((a, b) => b.count - a.count);
  const [aperture] = bars
    .filter((bar) => bar !== registers)
    .sort((a, b) => b.end - b.base - (a.end - a.base));
  return { candidate, registers, aperture };
}

export function isIntel(device: PciDevice): boolean {
  return device.vendorId === INTEL;
}

function contains(bar: PciBar, address: number): boolean {
  return address >= bar.base && address < bar.base + bar.size;
}
