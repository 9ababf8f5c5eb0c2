import type { MemorySource } from '../../emulator/index.ts';
import type { MachineParts } from '../v86/machine.ts';

const WORD = 4;
const LINE_WORDS = 64 / WORD;

/** What happens in guest memory, for a recorder. */
export interface MemoryObserver {
  /** The device looks at a line, whether it is new to it or not. */
  lineRead(): void;
  lineShown(address: number, bytes: Uint8Array): void;
}

/** The running guest's RAM, as the device reads and writes it. */
export class GuestRam implements MemorySource {
  readonly #machine: MachineParts;
  observer: MemoryObserver | undefined;
  turn = 0;
  /** Where a line was last copied to: mostly the same place again. */
  #into: Uint8Array = new Uint8Array();
  #intoWords: Uint32Array = new Uint32Array();

  constructor(machine: MachineParts) {
    this.#machine = machine;
  }

  readLine(address: number, into: Uint8Array): boolean {
    const { ramWords } = this.#machine;
    const first = address / WORD;
    if (first + LINE_WORDS > ramWords.length) return false;
    this.observer?.lineRead();
    if (into !== this.#into) {
      this.#into = into;
      this.#intoWords = new Uint32Array(into.buffer, into.byteOffset, LINE_WORDS);
    }
    // An engine looks at ten lines for a command. So few words are copied faster one by one than by the library.
    const words = this.#intoWords;
    for (let i = 0; i < LINE_WORDS; i++) words[i] = ramWords[first + i] ?? 0;
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
