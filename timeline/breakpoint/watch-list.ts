import { Space } from '../../trace/index.ts';
import { GGTT_OFFSET, PTE_BYTES } from '../register-directory.ts';
import type { Playhead, PlayheadListener } from '../replay/playhead.ts';
import { AccessMap, READ, WRITE } from './access-map.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';
import type { WatchedTarget } from './watched-target.ts';

/** A data breakpoint whose target something happened to. */
export interface Touched {
  readonly breakpoint: ArmedBreakpoint;
  readonly target: WatchedTarget;
  /** Guest memory was written there, changed or not. */
  written: boolean;
}

const PAGE = 4096;

/**
 * Listens to the device for data breakpoints that trace lines do not show: what changes a register may be a hook,
 * an alarm or a reset. Interrupts the replay after a record that touched a target.
 */
export class WatchList implements PlayheadListener {
  readonly #playhead: Playhead;
  readonly #watched: readonly Touched[];
  readonly #map = new AccessMap();
  readonly #pages = new Set<number>();
  #touched: Touched[] = [];

  constructor(playhead: Playhead, breakpoints: readonly ArmedBreakpoint[]) {
    this.#playhead = playhead;
    this.#watched = breakpoints.flatMap((breakpoint) =>
      breakpoint.target !== undefined && needsListening(breakpoint)
        ? [{ breakpoint, target: breakpoint.target, written: false }]
        : [],
    );
    for (const { target } of this.#watched) this.#mark(target);
  }

  get isEmpty(): boolean {
    return this.#watched.length === 0;
  }

  /** Looks at all targets, so that changes from now on are seen. */
  edited(): void {
    this.#forget();
    for (const { target } of this.#watched) target.refresh(this.#playhead.device);
  }

  /** What was touched since it was asked last. */
  take(): readonly Touched[] {
    const touched = this.#touched;
    this.#touched = [];
    return touched;
  }

  registerChanged(offset: number): void {
    if (this.#map.at(Space.mmio, offset, 4) !== 0) this.#touch('mmio', offset, 4);
  }

  ggttEntryChanged(index: number): void {
    const offset = GGTT_OFFSET + index * PTE_BYTES;
    if (this.#map.at(Space.mmio, offset, 8) !== 0) this.#touch('mmio', offset, 8);
  }

  configChanged(offset: number): void {
    if (this.#map.at(Space.config, offset, 1) !== 0) this.#touch('config', offset, 1);
  }

  memoryWritten(address: number, size: number): void {
    if (this.#pages.size === 0) return;
    const last = Math.floor((address + size - 1) / PAGE);
    for (let page = Math.floor(address / PAGE); page <= last; page++) {
      if (this.#pages.has(page)) {
        this.#touch('memory', address, size);
        return;
      }
    }
  }

  #touch(space: WatchedTarget['space'], address: number, size: number): void {
    for (const each of this.#watched) {
      if (each.target.space !== space || !each.target.overlaps(address, size)) continue;
      each.written = space === 'memory';
      if (!this.#touched.includes(each)) this.#touched.push(each);
      this.#playhead.replayer.interrupt();
    }
  }

  #forget(): void {
    this.#touched = [];
  }

  #mark(target: WatchedTarget): void {
    const { range } = target;
    if (range !== undefined) {
      this.#map.add(range, READ | WRITE);
      return;
    }
    const last = Math.floor((target.address + target.size - 1) / PAGE);
    for (let page = Math.floor(target.address / PAGE); page <= last; page++) this.#pages.add(page);
  }
}

/** Changes can come from anywhere; guest memory is written through other addresses than its own. */
function needsListening({ access, target }: ArmedBreakpoint): boolean {
  return access === 'change' || (target?.space === 'memory' && access !== 'read');
}
