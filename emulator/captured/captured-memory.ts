import { PPGTT_LEVELS } from '../gtt/ppgtt-levels.ts';
import type { Vgpu } from '../vgpu.ts';
import type { CapturedBuffer } from './captured-state.ts';

const PAGE = 4096;
/** Where a dump's memory stands in this session: guest physical addresses that no real guest has (128 GiB and up). */
const FIRST_FRAME = 2 ** 37;
const GGTT_OFFSET = 0x800000;
const PRESENT_WRITABLE = 3;

/**
 * Dumps show memory by graphics address, not where it was, and not the page tables. So frames are made up, and tables
 * that lead to them; entries that no buffer needs stay unknown.
 */
export class CapturedMemory {
  readonly #vgpu: Vgpu;
  /** GGTT entries that are known, by number. */
  readonly entries = new Set<number>();
  readonly #frames = new Map<string, number>();
  #next = FIRST_FRAME;

  constructor(vgpu: Vgpu) {
    this.#vgpu = vgpu;
  }

  /** `root`: of the page tables that map it; of a PPGTT only. */
  place(buffer: CapturedBuffer, root: CapturedRoot): void {
    const { address, bytes } = buffer;
    for (let done = 0; done < bytes.length; done += PAGE) {
      const at = address + done;
      const frame = buffer.space === 'ggtt' ? this.#mapGgtt(at) : this.#mapPpgtt(at, root);
      this.#vgpu.showMemory(frame, bytes.subarray(done, done + PAGE));
    }
  }

  #mapGgtt(address: number): number {
    const index = Math.floor(address / PAGE);
    return this.#frameOf(`ggtt ${index}`, (frame) => {
      this.entries.add(index);
      this.#poke('mmio', GGTT_OFFSET + index * 8, frame);
    });
  }

  /** Down the levels of the table; a 3-level walk begins below the first. */
  #mapPpgtt(address: number, { levels, tables }: CapturedRoot): number {
    const first = tables[levels === 4 ? 0 : Math.floor(address / 2 ** 30) % 4] ?? 0;
    let table = first;
    let path = `${first}`;
    for (const [depth, { span }] of PPGTT_LEVELS.slice(levels === 4 ? 0 : 2).entries()) {
      const index = Math.floor(address / span) % 512;
      const at = table + index * 8;
      path += ` ${depth}:${index}`;
      table = this.#frameOf(path, (frame) => this.#poke('memory', at, frame));
    }
    return table;
  }

  #frameOf(key: string, made: (frame: number) => void): number {
    const known = this.#frames.get(key);
    if (known !== undefined) return known;
    const frame = this.#next;
    this.#next += PAGE;
    this.#frames.set(key, frame);
    made(frame);
    return frame;
  }

  #poke(space: 'mmio' | 'memory', at: number, frame: number): void {
    const low = (frame % 2 ** 32) + PRESENT_WRITABLE;
    this.#vgpu.poke(space, at, 8, low >>> 0, Math.floor(frame / 2 ** 32));
  }
}

/** PDP0 to PDP3 as the engine has them: guest physical addresses. */
export interface CapturedRoot {
  readonly levels: 3 | 4;
  readonly tables: readonly number[];
}
