import { platformOfDevice } from '../intel-platforms.ts';
import { Space } from '../record.ts';
import { hex } from '../text/numbers.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import { chooseDevice, contains, isIntel, type PciBar, type PciDevice } from './pci-device.ts';

/** BARs that the device answers on, by index. For BAR2 the offset is the graphics address. */
const SPACE_OF_BAR: Readonly<Record<number, Space>> = { 0: Space.mmio, 2: Space.aperture };

const MIB = 2 ** 20;
/** BAR0 of every platform from Broadwell on. */
const BAR0_BYTES = 16 * MIB;
const BAR2_BYTES = 256 * MIB;

/** Translates a log's physical addresses to offsets in the BARs of the device that the log is about. */
export class AddressMap {
  readonly #target: ReaderTarget;
  readonly #devices: PciDevice[] = [];
  #device: PciDevice | undefined;
  #settled = false;
  // The two BARs that matter, flat: looked up for every access.
  #mmio: PciBar = { index: 0, base: 0, size: 0 };
  #aperture: PciBar = { index: 2, base: 0, size: 0 };
  /** Result of `find`: offset in the BAR, or the address itself outside. */
  offset = 0;

  constructor(target: ReaderTarget) {
    this.#target = target;
  }

  add(device: PciDevice): void {
    if (this.#devices.length < 4096) this.#devices.push(device);
  }

  /** `00:02.0`, where the log tells. */
  get deviceName(): string {
    return this.#device === undefined ? 'the device' : this.#device.address;
  }

  /** A mapping was made: the first tells which device the log is about. */
  mapped(address: number, size: number, line: number): void {
    if (!this.#settled) this.#settle(address, line);
    if (this.#device === undefined) this.#guess(address, size, line);
  }

  /** The space that an address lies in (`memory` outside all BARs), and as `offset` where in it. */
  find(address: number): Space {
    for (const bar of [this.#mmio, this.#aperture]) {
      if (!contains(bar, address)) continue;
      this.offset = address - bar.base;
      return SPACE_OF_BAR[bar.index] ?? Space.memory;
    }
    this.offset = address;
    return Space.memory;
  }

  #settle(address: number, line: number): void {
    this.#settled = true;
    const device = chooseDevice(this.#devices, address);
    if (device === undefined) return;
    this.#device = device;
    for (const bar of device.bars) if (bar.index in SPACE_OF_BAR) this.#use(bar);
    const { vendorId, deviceId, driver } = device;
    const platform = isIntel(device) ? platformOfDevice(deviceId) : undefined;
    this.#target.device.set({ vendorId, deviceId });
    if (platform !== undefined) this.#target.device.set({ platform });
    if (driver !== undefined) this.#target.device.set({ driver });
    if (!isIntel(device)) {
      const id = `${vendorId.toString(16)}:${deviceId.toString(16)}`;
      this.#target.diagnostics.warning(
        line,
        `The log is about ${device.address} (${id}), which is no Intel GPU: BAR0 is taken for registers, BAR2 for the aperture.`,
      );
    }
  }

  /** Excerpts lack the PCIDEV lines: the sizes of i915's mappings tell the BARs (see its probe). */
  #guess(address: number, size: number, line: number): void {
    const inBar0 = address % BAR0_BYTES;
    const registers = inBar0 === 0 && (size === 2 * MIB || size === 8 * MIB);
    if (this.#mmio.size === 0 && (registers || (inBar0 === 0x78000 && size === 0x1000))) {
      this.#use({ index: 0, base: address - inBar0, size: BAR0_BYTES });
    } else if (this.#aperture.size === 0 && size === BAR2_BYTES && address % size === 0) {
      this.#use({ index: 2, base: address, size });
    } else return;
    this.#target.diagnostics.warning(
      line,
      `No PCIDEV line describes an Intel GPU; the mapping at ${hex(address)} is taken for its ${size === BAR2_BYTES ? 'BAR2' : 'BAR0'}.`,
    );
  }

  #use(bar: PciBar): void {
    if (bar.index === 0) this.#mmio = bar;
    else this.#aperture = bar;
    this.#target.device.setBar(bar);
  }
}
