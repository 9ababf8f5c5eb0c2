import type { MemorySource } from '../../emulator/index.ts';
import type { Machine } from '../v86/machine.ts';

const LINE = 64;

/** What happens in guest memory, for a recorder. */
export interface MemoryObserver {
  /** The device looks at a line, whether it is new to it or not. */
  lineRead(): void;
  lineShown(address: number, bytes: Uint8Array): void;
}

/** The running guest's RAM, as the device reads and writes it. */
export class GuestRam implements MemorySource {
  readonly #machine: Machine;
  observer: MemoryObserver | undefined;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  readLine(address: number, into: Uint8Array): boolean {
    const { ram } = this.#machine;
    if (address + LINE > ram.length) return false;
    this.observer?.lineRead();
    for (let i = 0; i < LINE; i++) into[i] = ram[address + i] ?? 0;
    return true;
  }

  lineShown(address: number, bytes: Uint8Array): void {
    this.observer?.lineShown(address, bytes);
  }

  write(address: number, bytes: Uint8Array): void {
    const { ram, cpu } = this.#machine;
    if (address + bytes.length > ram.length) return;
    ram.set(bytes, address);
    // What the processor has translated from there is no longer true.
    cpu.jit_dirty_cache(address, address + bytes.length);
  }
}
