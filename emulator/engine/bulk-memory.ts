import type { Core } from '../core.ts';
import { noteEngineWrite } from '../gtt/shadow/shadow-writes.ts';
import type { PageView } from '../state/guest-page.ts';
import type { Engine } from './engine.ts';
import type { GpuSpace } from './engine-state.ts';
import { readGpu, reportUnmapped, translate } from './gpu-memory.ts';
import { noteEffect } from './pace.ts';

const PAGE = 4096;

/** A page of graphics memory that is in use. */
interface OpenPage {
  /** Guest physical address. */
  readonly physical: number;
  written: boolean;
  view: PageView | undefined;
}

/**
 * Graphics memory for commands that use much of it. First all that is read and written is announced, with `reading`
 * and `writing`; what cannot be had stalls the engine before anything has changed, so that the command can be
 * executed again. Then come `open`, any `read` and `write`, and `finish`. The rules are those of `readGpu` and `writeGpu`,
 * but the listener gets `memoryWritten` for whole runs of bytes, and no event for each dword.
 */
export class BulkMemory {
  readonly #engine: Engine;
  readonly #core: Core;
  readonly #space: GpuSpace;
  /** By graphics address; null where nothing is mapped and writes are lost. */
  readonly #pages = new Map<number, OpenPage | null>();
  #readPage = -1;
  #read: PageView | undefined;
  #writePage = -1;
  #written: OpenPage | null | undefined;
  /** The run of bytes being written: guest physical. */
  #runStart = -1;
  #runEnd = -1;
  /** What those who watch a page want to be called when its bytes are in place. */
  readonly #watchers: (() => void)[] = [];

  constructor(engine: Engine, space: GpuSpace) {
    this.#engine = engine;
    this.#core = engine.core;
    this.#space = space;
  }

  /** Announces that bytes are read. False where the engine has stalled. */
  reading(address: number, count: number): boolean {
    for (let at = address; at < address + count; ) {
      const inPage = at & (PAGE - 1);
      const part = Math.min(PAGE - inPage, address + count - at);
      if (!this.#fetch(at, inPage, part)) return false;
      at += part;
    }
    return true;
  }

  /** Announces that bytes are written. False where the engine has stalled; what is not mapped is lost, with a fault. */
  writing(address: number, count: number): boolean {
    const first = address - (address & (PAGE - 1));
    for (let page = first; page < address + count; page += PAGE) {
      const known = this.#pages.get(page);
      if (known) known.written = true;
      if (known !== undefined) continue;
      const at = translate(this.#engine, this.#space, page);
      if (at === 'unknown') {
        readGpu(this.#engine, this.#space, page, 4);
        return false;
      }
      if (at === 'not mapped') this.#reportLost(page);
      const mapped = at !== 'not mapped';
      this.#pages.set(page, mapped ? { physical: at, written: true, view: undefined } : null);
    }
    return true;
  }

  /** Opens what is written, before anything is read; nothing can go wrong from now on. */
  open(): void {
    const { memory } = this.#core;
    for (const page of this.#pages.values()) {
      if (!page?.written) continue;
      const number = page.physical / PAGE;
      const watcher = memory.announceWrite(number);
      if (watcher !== undefined) {
        this.#watchers.push(watcher);
        noteEngineWrite(this.#core, page.physical, this.#engine.row.name);
      }
      page.view = memory.openPage(number, true);
    }
  }

  /** A value of 1, 2 or 4 bytes, aligned, that was announced. */
  read(address: number, size: 1 | 2 | 4): number {
    const at = address & (PAGE - 1);
    if (address - at !== this.#readPage) {
      this.#readPage = address - at;
      const page = this.#pages.get(this.#readPage);
      this.#read = page ? this.#viewOf(page) : undefined;
    }
    const view = this.#read;
    if (view === undefined) return 0;
    if (size === 4) return view.words[at >>> 2] ?? 0;
    const low = view.bytes[at] ?? 0;
    return size === 1 ? low : low | ((view.bytes[at + 1] ?? 0) << 8);
  }

  /** Writes a value of 1, 2 or 4 bytes, aligned, that was announced. */
  write(address: number, size: 1 | 2 | 4, value: number): void {
    const at = address & (PAGE - 1);
    if (address - at !== this.#writePage) {
      this.#writePage = address - at;
      this.#written = this.#pages.get(this.#writePage);
    }
    const page = this.#written;
    if (!page) return;
    const view = this.#viewOf(page);
    const bits = size === 4 ? 0xf : size === 2 ? 3 : 1;
    if (size === 4) view.words[at >>> 2] = value;
    else {
      view.bytes[at] = value;
      if (size === 2) view.bytes[at + 1] = value >>> 8;
    }
    view.known[at >>> 5] = (view.known[at >>> 5] ?? 0) | (bits << (at & 31));
    this.#extendRun(page.physical + at, size);
  }

  finish(): void {
    this.#flushRun();
    for (const watcher of this.#watchers) watcher();
    noteEffect(this.#engine);
  }

  #viewOf(page: OpenPage): PageView {
    page.view ??= this.#core.memory.openPage(page.physical / PAGE, false);
    return page.view;
  }

  #fetch(address: number, inPage: number, count: number): boolean {
    const key = address - inPage;
    let page = this.#pages.get(key);
    if (page === undefined) {
      const at = translate(this.#engine, this.#space, key);
      page = typeof at === 'number' ? { physical: at, written: false, view: undefined } : null;
      if (page) this.#pages.set(key, page);
    }
    if (page && this.#core.memory.fetchRange(page.physical + inPage, count)) return true;
    this.#stallAt(address, count);
    return false;
  }

  /** Reading it in the general way says why it cannot be had, at the first dword that is missing. */
  #stallAt(address: number, count: number): void {
    for (let at = address - (address & 3); at < address + count; at += 4) {
      if (!readGpu(this.#engine, this.#space, at, 4).known) return;
    }
  }

  #reportLost(address: number): void {
    reportUnmapped(this.#engine, 'write', this.#space, address);
  }

  #extendRun(physical: number, size: number): void {
    if (physical === this.#runEnd) this.#runEnd += size;
    else if (physical + size === this.#runStart) this.#runStart = physical;
    else if (physical < this.#runStart || physical + size > this.#runEnd) {
      this.#flushRun();
      this.#runStart = physical;
      this.#runEnd = physical + size;
    }
  }

  #flushRun(): void {
    const [start, count] = [this.#runStart, this.#runEnd - this.#runStart];
    this.#runStart = -1;
    this.#runEnd = -1;
    if (start < 0) return;
    const { memory, listener } = this.#core;
    if (memory.source !== undefined) this.#tellGuest(start, count);
    listener?.memoryWritten?.(start, count);
  }

  /** A run may go over pages, where those follow one another in guest memory. */
  #tellGuest(start: number, count: number): void {
    const { memory } = this.#core;
    for (let at = start; at < start + count; ) {
      const inPage = at & (PAGE - 1);
      const part = Math.min(PAGE - inPage, start + count - at);
      const { bytes } = memory.openPage((at - inPage) / PAGE, false);
      memory.source?.write(at, bytes.slice(inPage, inPage + part));
      at += part;
    }
  }
}
