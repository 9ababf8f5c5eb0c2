import { Space } from '../record.ts';
import { WINDOW_BYTES, windowAt } from '../store/address-windows.ts';
import type { Placement } from '../store/place-accesses.ts';
import { hex } from '../text/numbers.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import { Submissions } from './submissions.ts';
import { UnsatisfiedReads } from './unsatisfied-reads.ts';

/** BAR0 of every platform from Broadwell on, and BAR2 as most firmware makes it. */
const BAR0_BYTES = 2 ** 24;
const BAR2_BYTES = 2 ** 28;

/** GVT-g's PVINFO page, and the magic number at its beginning (gvt-facts §3). */
const PVINFO = 0x78000;
const MAGIC_LOW = 0x76544776;
const MAGIC_HIGH = 0x47765447;

/** Windows of the sources that have offsets in BAR0 instead of addresses. */
const DRIVER_WINDOW = windowAt(0);
const MODEL_WINDOW = windowAt(1);

/** A write that submits work, and the context images that it names. */
export interface Submission {
  readonly images: readonly number[];
  readonly size: number;
  readonly address: number;
  readonly low: number;
  readonly line: number;
}

/** Places where PVINFO was found that are remembered: there is one for each guest. */
const MOST_BASES = 16;

/**
 * A trace may show the same accesses from several sides: the hypervisor's (kvm_mmio), the device model's
 * (vgt_mmio_rw), the driver's (i915_reg_rw, which on a host is another driver's altogether). Which side is given to
 * the device can be told at the end only.
 */
export class AccessSources {
  readonly #target: ReaderTarget;
  readonly #bases: number[] = [];
  #kvm = 0;
  #kvmLine = 0;
  #driver = 0;
  #driverLine = 0;
  #model = 0;
  readonly #submissions = new Submissions();
  readonly #asked = new UnsatisfiedReads();
  #submission: Submission | undefined;

  constructor(target: ReaderTarget) {
    this.#target = target;
  }

  kvm(
    isWrite: boolean,
    size: number,
    address: number,
    low: number,
    high: number,
    line: number,
  ): void {
    if (this.#kvm++ === 0) this.#kvmLine = line;
    if (!isWrite) this.#asked.answer(address, size);
    const isMagic = low === MAGIC_LOW && (size === 4 || high === MAGIC_HIGH);
    if (isMagic && !isWrite && size >= 4) this.#foundPvinfo(address);
    const images = isWrite && size === 4 ? this.#submissions.written(address, low) : undefined;
    if (images !== undefined) this.#submission = { images, size, address, low, line };
    else this.#target.store.appendOutside(isWrite, size, address, low, high, line);
  }

  /** A read that goes on to user space; the answer is the next read's. */
  unsatisfied(size: number, address: number, line: number): void {
    this.#asked.ask(address, size, line);
  }

  /** A submission that has been read and waits for `appendSubmission`. */
  get submission(): Submission | undefined {
    return this.#submission;
  }

  appendSubmission(): void {
    const submission = this.#submission;
    if (submission === undefined) return;
    this.#submission = undefined;
    const { size, address, low, line } = submission;
    this.#target.store.appendOutside(true, size, address, low, 0, line);
  }

  driver(
    isWrite: boolean,
    size: number,
    offset: number,
    low: number,
    high: number,
    line: number,
  ): void {
    if (this.#driver++ === 0) this.#driverLine = line;
    this.#target.store.appendOutside(isWrite, size, DRIVER_WINDOW + offset, low, high, line);
  }

  model(
    isWrite: boolean,
    size: number,
    offset: number,
    low: number,
    high: number,
    line: number,
  ): void {
    this.#model++;
    this.#target.store.appendOutside(isWrite, size, MODEL_WINDOW + offset, low, high, line);
  }

  /** All lines have been read: gives the accesses of the best source to the device. */
  place(): void {
    const { store } = this.#target;
    if (this.#model > 0) {
      store.place([{ from: MODEL_WINDOW, size: WINDOW_BYTES, space: Space.mmio }]);
    }
    const fromKvm = this.#model > 0 ? 0 : store.place(this.#barPlacements()).inside;
    this.#reportKvm(fromKvm);
    this.#asked.report(this.#target);
    if (this.#driver === 0) return;
    if (this.#model + fromKvm === 0) {
      store.place([{ from: DRIVER_WINDOW, size: WINDOW_BYTES, space: Space.mmio }]);
      return;
    }
    this.#target.diagnostics.warning(
      this.#driverLine,
      `${this.#driver} events i915_reg_rw stand beside accesses of a guest: they are taken to be of the host's driver and are shown from ${hex(DRIVER_WINDOW)} on, not replayed.`,
    );
  }

  #foundPvinfo(address: number): void {
    const base = address - PVINFO;
    if (base < 0 || base % BAR0_BYTES !== 0 || this.#bases.includes(base)) return;
    if (this.#bases.length < MOST_BASES) this.#bases.push(base);
  }

  #barPlacements(): Placement[] {
    const { hints, device } = this.#target;
    const base = hints.bar0 ?? this.#bases[0];
    const placements: Placement[] = [];
    if (base !== undefined) {
      device.setBar({ index: 0, base, size: BAR0_BYTES });
      placements.push({ from: base, size: BAR0_BYTES, space: Space.mmio });
    }
    if (hints.bar2 !== undefined) {
      device.setBar({ index: 2, base: hints.bar2, size: BAR2_BYTES });
      placements.push({ from: hints.bar2, size: BAR2_BYTES, space: Space.aperture });
    }
    return placements;
  }

  #reportKvm(placed: number): void {
    const { diagnostics, hints } = this.#target;
    if (this.#kvm === 0) return;
    const base = hints.bar0 ?? this.#bases[0];
    if (base === undefined && this.#model === 0) {
      diagnostics.warning(
        this.#kvmLine,
        `${this.#kvm} events kvm_mmio have guest physical addresses, and nothing in this file tells where the GPU's registers are (the guest never reads GVT-g's magic number): they are shown, not replayed. Give BAR0's address with --bar0 0xADDRESS; the guest's lspci -v shows it.`,
      );
      return;
    }
    const left = this.#kvm - placed;
    const several = hints.bar0 === undefined && this.#bases.length > 1;
    if (several) {
      const others = this.#bases.map((place) => hex(place)).join(', ');
      diagnostics.warning(
        this.#kvmLine,
        `Several guests have a vGPU, with BAR0 at ${others}; the first is taken (for another: --bar0).`,
      );
    } else if (left > 0 && this.#model === 0) {
      const count = left === 1 ? '1 event kvm_mmio lies' : `${left} events kvm_mmio lie`;
      diagnostics.warning(
        this.#kvmLine,
        `${count} outside of BAR0, taken to be at ${hex(base ?? 0)}: shown, not replayed. If they are in the aperture, give its address with --bar2 0xADDRESS.`,
      );
    }
  }
}
