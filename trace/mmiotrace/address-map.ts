import { platformOfDevice } from '../intel-platforms.ts';
import { Space } from '../record.ts';
import type { Placement } from '../store/place-accesses.ts';
import { hex } from '../text/numbers.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import { BarGuess } from './bar-guess.ts';
import { type Candidate, CountedBar, chooseDevice, isIntel, type PciDevice } from './pci-device.ts';

const SPACE_OF_BAR: Readonly<Record<number, Space>> = { 0: Space.mmio, 2: Space.aperture };
/** A machine has a few hundred functions. */
const MOST_DEVICES = 4096;

/**
 * Finds out which device a log is about, and where its BARs are. The log does not say: it lists all devices of the
 * machine, and the accesses show which of them was used.
 */
export class AddressMap {
  readonly #target: ReaderTarget;
  readonly #candidates: Candidate[] = [];
  readonly #bars: CountedBar[] = [];
  readonly #guess = new BarGuess();
  #last: CountedBar | undefined;
  #firstMapped = -1;
  #firstLine = 0;
  #chosen: PciDevice | undefined;

  constructor(target: ReaderTarget) {
    this.#target = target;
  }

  add(device: PciDevice): void {
    if (this.#candidates.length >= MOST_DEVICES) return;
    const bars = device.bars.map((bar) => new CountedBar(bar));
    this.#candidates.push({ device, bars });
    this.#bars.push(...bars);
  }

  /** `00:02.0`, where the log tells. */
  get deviceName(): string {
    return this.#chosen === undefined ? 'the device' : this.#chosen.address;
  }

  mapped(address: number, size: number, line: number): void {
    if (this.#firstMapped < 0) {
      this.#firstMapped = address;
      this.#firstLine = line;
    }
    this.#guess.mapped(address, size, line);
  }

  /** Counts an access that the tracer could decode. */
  accessed(address: number): void {
    const last = this.#last;
    if (last !== undefined && address >= last.base && address < last.end) {
      last.count++;
      return;
    }
    for (const bar of this.#bars) {
      if (address < bar.base || address >= bar.end) continue;
      bar.count++;
      this.#last = bar;
      return;
    }
  }

  /** All lines have been read: where the BARs of the log's device are. Describes the device on the way. */
  placements(): Placement[] {
    const { hints, device } = this.#target;
    const choice = chooseDevice(this.#candidates, this.#firstMapped, hints.device);
    if (choice === undefined) return this.#guessed();
    this.#chosen = choice.candidate.device;
    const { vendorId, deviceId, driver } = choice.candidate.device;
    const platform = isIntel(choice.candidate.device) ? platformOfDevice(deviceId) : undefined;
    device.set({ vendorId, deviceId });
    if (platform !== undefined) device.set({ platform });
    if (driver !== undefined) device.set({ driver });
    const { registers, aperture } = choice;
    if (!isIntel(choice.candidate.device)) this.#warnOfOther(registers, aperture);
    const placements: Placement[] = [];
    for (const [bar, space] of [
      [registers, Space.mmio],
      [aperture, Space.aperture],
    ] as const) {
      if (bar === undefined) continue;
      device.setBar({ index: bar.index, base: bar.base, size: bar.end - bar.base });
      placements.push({ from: bar.base, size: bar.end - bar.base, space });
    }
    return placements;
  }

  /** Says which of a strange device's BARs is shown as what. */
  #warnOfOther(registers: CountedBar | undefined, aperture: CountedBar | undefined): void {
    const device = this.#chosen;
    if (device === undefined) return;
    const id = `${device.vendorId.toString(16)}:${device.deviceId.toString(16)}`;
    const taken = [
      registers === undefined ? '' : `BAR${registers.index} is taken for registers`,
      aperture === undefined ? '' : `BAR${aperture.index} for the aperture`,
    ].filter((text) => text !== '');
    this.#target.diagnostics.warning(
      this.#firstLine,
      `The log is about ${device.address} (${id}), which is no Intel GPU: ${taken.join(', ')}.`,
    );
  }

  /** Excerpts lack the PCIDEV lines. */
  #guessed(): Placement[] {
    const { hints, device, diagnostics } = this.#target;
    if (hints.device !== undefined && this.#candidates.length > 0) {
      diagnostics.warning(0, `There is no device ${hints.device} among the log's PCIDEV lines.`);
    }
    return this.#guess.bars(hints).map(({ index, base, size, line }) => {
      device.setBar({ index, base, size });
      if (line > 0) {
        diagnostics.warning(
          line,
          `No PCIDEV line describes an Intel GPU; the mapping at ${hex(base)} is taken for its BAR${index}.`,
        );
      }
      return { from: base, size, space: SPACE_OF_BAR[index] ?? Space.memory };
    });
  }
}
