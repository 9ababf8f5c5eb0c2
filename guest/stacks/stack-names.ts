import type { GuestPc } from '../guest-pc.ts';
import { SymbolTable } from './symbol-table.ts';

const FRAMES = / {2}@ (?:0x[0-9a-f]{8}(?: < )?)+$/gm;
const FRAME = /0x[0-9a-f]{8}/g;
/** Seconds of guest time for a list of functions, which comes over a serial line. */
const LISTING = 600;

/**
 * Puts names into recorded call stacks. A module's functions have addresses while it is loaded, and can be asked for
 * only when its loading is over: until then what was recorded is kept back.
 */
export class StackNames {
  readonly #emit: (text: string) => void;
  #waiting: string[] = [];
  #kernel: readonly string[] = [];

  /** `emit` gets text with names. */
  constructor(emit: (text: string) => void) {
    this.#emit = emit;
  }

  /** Text in which call stacks are addresses. */
  write(text: string): void {
    this.#waiting.push(text);
  }

  /** Asks the guest for its functions; what was recorded so far gets these names. The guest runs on meanwhile. */
  async name(pc: GuestPc): Promise<void> {
    if (this.#kernel.length === 0) this.#kernel = await this.#list(pc, '-v');
    const modules = await this.#list(pc, '');
    this.finish(new SymbolTable([...this.#kernel, ...modules]));
  }

  /** What has no name stays an address. */
  finish(table = new SymbolTable([])): void {
    const named = (frames: string) =>
      frames.replace(FRAME, (address) => table.nameOf(Number(address)) ?? address);
    for (const text of this.#waiting) this.#emit(text.replace(FRAMES, named));
    this.#waiting = [];
  }

  /** Code of modules, which stand in brackets; or of the kernel itself (`-v`). */
  async #list(pc: GuestPc, which: '' | '-v'): Promise<readonly string[]> {
    const command = `grep -i ' [tw] ' /proc/kallsyms | grep ${which} '\\['`;
    return (await pc.command(command, LISTING, 'listing')).lines;
  }
}
