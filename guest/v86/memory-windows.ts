import type { V86Cpu } from './internals.ts';

/** What stands behind a range of physical addresses. Offsets start at its base. */
export interface WindowAccess {
  read(offset: number, size: 1 | 4): number;
  /** `high` is the upper dword of an 8-byte access, else 0. */
  write(offset: number, size: 1 | 2 | 4 | 8, low: number, high: number): void;
}

interface Window {
  readonly base: number;
  readonly size: number;
  readonly access: WindowAccess;
}

/** The emulator maps in pieces of 128 KiB. */
const PIECE_BITS = 17;

/**
 * Ranges of physical addresses that a device answers. Writes arrive in the size that the processor used. Of reads the
 * emulator knows only bytes and dwords: 16-bit ones arrive as two bytes, 64-bit ones as two dwords, low one first.
 */
export class MemoryWindows {
  readonly #cpu: V86Cpu;
  readonly #windows: Window[] = [];

  constructor(cpu: V86Cpu) {
    this.#cpu = cpu;
    this.#hookWideWrites();
  }

  /** Whether a window could be there: whole pieces, not over RAM, not behind 4 GiB, not over another window. */
  fits(base: number, size: number): boolean {
    const piece = 1 << PIECE_BITS;
    if (size < piece || base % piece !== 0 || size % piece !== 0) return false;
    if (base < this.#cpu.mem8.length || base + size > LOCAL_APIC_AND_ABOVE) return false;
    return !this.#windows.some(
      (other) => base < other.base + other.size && other.base < base + size,
    );
  }

  /** Returns what takes the window away again. */
  open(base: number, size: number, access: WindowAccess): () => void {
    const window = { base, size, access };
    const before = this.#maps().map((map) =>
      map.slice(base >>> PIECE_BITS, (base + size) >>> PIECE_BITS),
    );
    this.#windows.push(window);
    this.#cpu.io.mmap_register(
      base,
      size,
      (address) => access.read((address >>> 0) - base, 1),
      (address, value) => access.write((address >>> 0) - base, 1, value, 0),
      (address) => access.read((address >>> 0) - base, 4) | 0,
      (address, value) => access.write((address >>> 0) - base, 4, value >>> 0, 0),
    );
    return () => {
      this.#windows.splice(this.#windows.indexOf(window), 1);
      for (const [i, map] of this.#maps().entries())
        map.splice(base >>> PIECE_BITS, size >>> PIECE_BITS, ...(before[i] ?? []));
    };
  }

  #maps(): unknown[][] {
    const cpu = this.#cpu;
    return [
      cpu.memory_map_read8,
      cpu.memory_map_write8,
      cpu.memory_map_read32,
      cpu.memory_map_write32,
    ];
  }

  /** The emulator would take these apart before the device sees them. */
  #hookWideWrites(): void {
    const cpu = this.#cpu;
    const write16 = cpu.mmap_write16.bind(cpu);
    const write64 = cpu.mmap_write64.bind(cpu);
    cpu.mmap_write16 = (address, value) => {
      const window = this.#at(address, 2);
      if (window === undefined) write16(address, value);
      else window.access.write((address >>> 0) - window.base, 2, value, 0);
    };
    cpu.mmap_write64 = (address, low, high) => {
      const window = this.#at(address, 8);
      if (window === undefined) write64(address, low, high);
      else window.access.write((address >>> 0) - window.base, 8, low >>> 0, high >>> 0);
    };
    cpu.mmap_write128 = (address, a, b, c, d) => {
      cpu.mmap_write64(address, a, b);
      cpu.mmap_write64(address + 8, c, d);
    };
  }

  /** The window in which the whole access lies. */
  #at(signed: number, size: number): Window | undefined {
    const address = signed >>> 0;
    return this.#windows.find(
      (window) => address >= window.base && address + size <= window.base + window.size,
    );
  }
}

const LOCAL_APIC_AND_ABOVE = 0xfec00000;
