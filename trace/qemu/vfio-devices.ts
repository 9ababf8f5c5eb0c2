import { Space } from '../record.ts';
import { MOST_WINDOWS, WINDOW_BYTES, windowAt } from '../store/address-windows.ts';
import type { Placement } from '../store/place-accesses.ts';
import { decodeUtf8 } from '../text/utf8.ts';

/** VFIO's number of PCI configuration space among a device's regions (linux/vfio.h). */
export const CONFIG_REGION = 7;
/** Regions that VFIO knows of a PCI device, and some that are the device's own. */
const MOST_REGIONS = 64;

/** The vGPU's spaces by VFIO region. */
const SPACE_OF_REGION: readonly (readonly [number, Space])[] = [
  [0, Space.mmio],
  [2, Space.aperture],
  [4, Space.io],
  [CONFIG_REGION, Space.config],
];

const MIB = 2 ** 20;

/** What a log shows of one device. */
export class VfioDevice {
  readonly name: Uint8Array;
  /** Window by region; undefined where no access went there. */
  readonly windows: (number | undefined)[] = [];
  readonly counts: number[] = [];
  firstLine = 0;
  /** Bytes by region, from vfio_region_setup. */
  readonly sizes = new Map<number, number>();
  vendorId: number | undefined;
  /** The driver asked for GVT-g's PVINFO and found its magic number. */
  isVgpu = false;

  constructor(name: Uint8Array) {
    this.name = name;
  }

  get text(): string {
    return decodeUtf8(this.name);
  }

  get accesses(): number {
    return this.counts.reduce((sum, count) => sum + (count ?? 0), 0);
  }

  /** How much it looks like an Intel GPU. */
  get score(): number {
    const registers = this.sizes.get(0) === 16 * MIB && (this.sizes.get(2) ?? 0) >= 64 * MIB;
    return (this.isVgpu ? 16 : 0) + (this.vendorId === 0x8086 ? 8 : 0) + (registers ? 4 : 0);
  }

  placements(): Placement[] {
    return SPACE_OF_REGION.flatMap(([region, space]) => {
      const window = this.windows[region];
      return window === undefined ? [] : [{ from: windowAt(window), size: WINDOW_BYTES, space }];
    });
  }
}

/** The devices of a log, each region of each with its window of addresses. */
export class VfioDevices {
  readonly list: VfioDevice[] = [];
  #windows = 0;
  #last: VfioDevice | undefined;

  /** The device named by `bytes[start, end)`. */
  find(bytes: Uint8Array, start: number, end: number): VfioDevice {
    const last = this.#last;
    if (last !== undefined && isSame(last.name, bytes, start, end)) return last;
    let device = this.list.find(({ name }) => isSame(name, bytes, start, end));
    if (device === undefined) {
      device = new VfioDevice(bytes.slice(start, end));
      this.list.push(device);
    }
    this.#last = device;
    return device;
  }

  /** First address of a region's window; −1 where there are no more windows. */
  window(device: VfioDevice, region: number, line: number): number {
    const known = device.windows[region];
    if (known !== undefined) {
      device.counts[region] = (device.counts[region] ?? 0) + 1;
      return windowAt(known);
    }
    if (region >= MOST_REGIONS || this.#windows === MOST_WINDOWS) return -1;
    if (device.firstLine === 0) device.firstLine = line;
    device.windows[region] = this.#windows;
    device.counts[region] = 1;
    return windowAt(this.#windows++);
  }

  /** The one that the log is about: the named one, else what looks most like an Intel GPU, else the busiest. */
  choose(wanted: string | undefined): VfioDevice | undefined {
    const used = this.list.filter(({ accesses }) => accesses > 0);
    if (wanted !== undefined) return used.find(({ text }) => text.includes(wanted));
    return used.reduce<VfioDevice | undefined>((best, device) => {
      if (best === undefined || device.score > best.score) return device;
      const busier = device.score === best.score && device.accesses > best.accesses;
      return busier ? device : best;
    }, undefined);
  }
}

function isSame(name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  // Names of one machine's devices mostly differ at their end.
  for (let i = name.length - 1; i >= 0; i--) if (name[i] !== bytes[start + i]) return false;
  return true;
}
