import type { AccessSpace, Vgpu } from '../../emulator/index.ts';
import type { MachineParts } from '../v86/machine.ts';
import { MemoryWindows, type WindowAccess } from '../v86/memory-windows.ts';

/** Who answers in the windows. */
interface Accesses {
  readonly device: Vgpu;
  read(space: AccessSpace, offset: number, size: number): number;
  write(space: AccessSpace, offset: number, size: number, low: number, high: number): void;
}

/** The memory BARs: offset of the register in configuration space, and what stands behind it. */
const BARS: readonly { readonly register: number; readonly space: AccessSpace }[] = [
  { register: 0x10, space: 'mmio' },
  { register: 0x18, space: 'aperture' },
];
const BAR0_BYTES = 1 << 24;
const COMMAND = 0x04;
const MEMORY_SPACE = 1 << 1;

interface OpenBar {
  readonly base: number;
  readonly close: () => void;
}

/** Keeps the ranges that the device answers where its configuration space says. */
export class BarWindows {
  readonly #accesses: Accesses;
  readonly #windows: MemoryWindows;
  readonly #apertureSize: number;
  readonly #open = new Map<number, OpenBar>();

  constructor(machine: MachineParts, accesses: Accesses, apertureSize: number) {
    this.#accesses = accesses;
    this.#apertureSize = apertureSize;
    this.#windows = new MemoryWindows(machine.cpu);
  }

  /** Configuration space may have changed. */
  follow(): void {
    const enabled = (this.#config(COMMAND) & MEMORY_SPACE) !== 0;
    for (const { register, space } of BARS) {
      const base = enabled && this.#config(register + 4) === 0 ? this.#config(register) & ~0xf : 0;
      this.#place(register, base >>> 0, space);
    }
  }

  #place(register: number, base: number, space: AccessSpace): void {
    const open = this.#open.get(register);
    if (open?.base === base) return;
    open?.close();
    this.#open.delete(register);
    const size = space === 'mmio' ? BAR0_BYTES : this.#apertureSize;
    // While its size is asked for, a BAR stands at an impossible place.
    if (base === 0 || !this.#windows.fits(base, size)) return;
    this.#open.set(register, { base, close: this.#windows.open(base, size, this.#access(space)) });
  }

  #access(space: AccessSpace): WindowAccess {
    return {
      read: (offset, size) => this.#accesses.read(space, offset, size),
      write: (offset, size, low, high) => this.#accesses.write(space, offset, size, low, high),
    };
  }

  #config(offset: number): number {
    return this.#accesses.device.peek('config', offset, 4).low;
  }
}
