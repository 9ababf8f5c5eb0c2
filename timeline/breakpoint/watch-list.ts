import type {
  CommandRegisterEvent,
  Fault,
  InterruptEvent,
  ListenerInterest,
  Submission,
} from '../../emulator/index.ts';
import { Space } from '../../trace/index.ts';
import { GGTT_OFFSET, PTE_BYTES } from '../register-directory.ts';
import type { Playhead, PlayheadListener } from '../replay/playhead.ts';
import { AccessMap, READ, WRITE } from './access-map.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';
import { PlaceIndex } from './place-index.ts';
import type { WatchedTarget } from './watched-target.ts';

/** A data breakpoint whose target something happened to. */
export interface Touched {
  readonly breakpoint: ArmedBreakpoint;
  readonly target: WatchedTarget;
  /** It was accessed, changed or not: guest memory by anybody, a register by a command. */
  readonly direction: 'read' | 'write' | undefined;
}

const PAGE = 4096;

/** A breakpoint on something that the device told of. */
export type Raised = { readonly breakpoint: ArmedBreakpoint } & (
  | { readonly interrupt: InterruptEvent }
  | { readonly fault: Fault }
  | { readonly submission: Submission }
);

/** Faults of one event that stop a breakpoint without a condition: a drawing can raise one for each page. */
const MOST_FAULTS = 64;

interface Watched {
  readonly breakpoint: ArmedBreakpoint;
  readonly target: WatchedTarget;
  /** Whoever changes it is heard; else only commands are, as the trace shows what the guest does. */
  readonly byAnybody: boolean;
  /** Its place among all. */
  readonly order: number;
  touched: boolean;
  direction: Touched['direction'];
}

/**
 * Listens to the device for what trace lines do not show: a register may be changed by a hook, an alarm, a reset or
 * a command, and interrupts come from anywhere. Interrupts the replay after an event that touched a target.
 */
export class WatchList implements PlayheadListener {
  readonly #playhead: Playhead;
  readonly #watched: readonly Watched[];
  /** Those whom anybody's changes concern, by their own addresses; those whom commands' accesses do. */
  readonly #heard = new PlaceIndex<Watched>();
  readonly #commanded = new PlaceIndex<Watched>();
  readonly #memory: Watched[] = [];
  readonly #pages = new Set<number>();
  readonly #interrupts: readonly ArmedBreakpoint[];
  readonly #faults: readonly ArmedBreakpoint[];
  readonly #submissions: readonly ArmedBreakpoint[];
  /** Faults are kept for `takeFaults`, with breakpoints on them or without. */
  tellsFaults = false;
  /** What the device tells; it is quicker where nobody hears. */
  readonly interest: ListenerInterest;
  readonly registerChanged?: (offset: number) => void;
  readonly ggttEntryChanged?: (index: number) => void;
  readonly memoryWritten?: (address: number, size: number) => void;
  #touched: Watched[] = [];
  #raised: Raised[] = [];
  /** Faults of the event by breakpoint, as texts. */
  #seen = new Map<ArmedBreakpoint, Set<string>>();
  #told: Fault[] = [];

  constructor(playhead: Playhead, breakpoints: readonly ArmedBreakpoint[]) {
    this.#playhead = playhead;
    this.#watched = breakpoints.flatMap((breakpoint, order) => watchedOf(breakpoint, order));
    const map = new AccessMap();
    for (const each of this.#watched) this.#mark(each, map);
    this.#interrupts = breakpoints.filter((each) => each.interrupt !== undefined);
    this.#faults = breakpoints.filter((each) => each.fault !== undefined);
    this.#submissions = breakpoints.filter((each) => each.submission !== undefined);
    const { registers, entries } = map;
    const pages = this.#pages;
    // Targets are looked at when the access is over.
    this.interest = {
      settled: true,
      ...(registers && { registers }),
      ...(entries && { entries }),
      pages,
    };
    if (this.#watched.some(isRegister)) this.registerChanged = (at) => this.#registerChanged(at);
    if (entries !== undefined) this.ggttEntryChanged = (index) => this.#entryChanged(index);
    if (pages.size > 0) {
      this.memoryWritten = (address, size) => this.#memoryWritten(address, size);
    }
  }

  get isEmpty(): boolean {
    return this.isQuiet && !this.tellsFaults;
  }

  /** No breakpoint needs it. */
  get isQuiet(): boolean {
    const { length } = this.#watched;
    return length + this.#interrupts.length + this.#faults.length + this.#submissions.length === 0;
  }

  /** Looks at all targets, so that changes from now on are seen. */
  edited(): void {
    this.takeRaised();
    this.#told = [];
    this.#touched = [];
    for (const each of this.#watched) {
      each.touched = false;
      each.direction = undefined;
      // Others are looked at when a command comes to them.
      if (each.byAnybody) each.target.refresh(this.#playhead.device);
    }
  }

  /** What was touched since it was asked last. */
  take(): readonly Touched[] {
    const touched = this.#touched;
    if (touched.length === 0) return [];
    this.#touched = [];
    if (touched.length > 1) touched.sort((a, b) => a.order - b.order);
    return touched.map((each) => {
      const { breakpoint, target, direction } = each;
      each.touched = false;
      each.direction = undefined;
      return { breakpoint, target, direction };
    });
  }

  /** What was raised since it was asked last; of one breakpoint the first interrupt or submission, and the first faults. */
  takeRaised(): readonly Raised[] {
    const raised = this.#raised;
    if (raised.length > 0) this.#raised = [];
    if (this.#seen.size > 0) this.#seen = new Map();
    return raised;
  }

  /** All faults since it was asked last. */
  takeFaults(): readonly Fault[] {
    const told = this.#told;
    if (told.length > 0) this.#told = [];
    return told;
  }

  interrupt(event: InterruptEvent): void {
    for (const breakpoint of this.#interrupts) {
      if (breakpoint.interrupt?.(event) !== true || this.#hasRaised(breakpoint)) continue;
      this.#raise({ breakpoint, interrupt: event });
    }
  }

  fault(event: Fault): void {
    if (this.tellsFaults) {
      this.#told.push(event);
      this.#playhead.replayer.interrupt();
    }
    for (const breakpoint of this.#faults) {
      if (breakpoint.fault?.(event) !== true || !this.#isNew(breakpoint, event)) continue;
      this.#raise({ breakpoint, fault: event });
    }
  }

  /** Faults that are alike are judged alike, as conditions see the state after the event; so one of them is enough. */
  #isNew(breakpoint: ArmedBreakpoint, fault: Fault): boolean {
    const seen = this.#seen.get(breakpoint) ?? new Set();
    this.#seen.set(breakpoint, seen);
    // A condition may be true of the last one only.
    if (breakpoint.condition === undefined && seen.size >= MOST_FAULTS) return false;
    const { check, register, address, value, engine, message, whose } = fault;
    const text = `${whose} ${check} ${register} ${address} ${value} ${engine} ${message}`;
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  }

  submission(event: Submission): void {
    for (const breakpoint of this.#submissions) {
      if (breakpoint.submission?.(event) !== true || this.#hasRaised(breakpoint)) continue;
      this.#raise({ breakpoint, submission: event });
    }
  }

  #hasRaised(breakpoint: ArmedBreakpoint): boolean {
    return this.#raised.some((each) => each.breakpoint === breakpoint);
  }

  #raise(raised: Raised): void {
    this.#raised.push(raised);
    this.#playhead.replayer.interrupt();
  }

  #registerChanged(offset: number): void {
    this.#touch(Space.mmio, offset, 4);
  }

  commandRegister({ direction, offset }: CommandRegisterEvent): void {
    for (const each of this.#commanded.at(Space.mmio, offset, 4)) {
      const { target, breakpoint } = each;
      if (!target.overlaps(offset, 4)) continue;
      if (breakpoint.access !== 'readWrite' && breakpoint.access !== direction) continue;
      // Nobody has followed its value so far. It is not written yet: from here on its change counts.
      if (!each.touched && !each.byAnybody) target.refresh(this.#playhead.device);
      each.direction = direction;
      this.#note(each);
    }
  }

  #entryChanged(index: number): void {
    this.#touch(Space.mmio, GGTT_OFFSET + index * PTE_BYTES, PTE_BYTES);
  }

  configChanged(offset: number): void {
    this.#touch(Space.config, offset, 1);
  }

  #memoryWritten(address: number, size: number): void {
    const last = Math.floor((address + size - 1) / PAGE);
    for (let page = Math.floor(address / PAGE); page <= last; page++) {
      if (!this.#pages.has(page)) continue;
      for (const each of this.#memory) {
        if (!each.target.overlaps(address, size)) continue;
        each.direction = 'write';
        this.#note(each);
      }
      return;
    }
  }

  #touch(space: number, offset: number, size: number): void {
    for (const each of this.#heard.at(space, offset, size)) {
      if (each.target.overlaps(offset, size)) this.#note(each);
    }
  }

  #note(watched: Watched): void {
    if (!watched.touched) this.#touched.push(watched);
    watched.touched = true;
    this.#playhead.replayer.interrupt();
  }

  #mark(watched: Watched, map: AccessMap): void {
    const { target, byAnybody, breakpoint } = watched;
    const { range } = target;
    if (range !== undefined) {
      if (byAnybody) this.#heard.add(range, watched);
      if (byAnybody) map.add(range, READ | WRITE);
      if (breakpoint.access !== 'change') this.#commanded.add(range, watched);
      return;
    }
    this.#memory.push(watched);
    const last = Math.floor((target.address + target.size - 1) / PAGE);
    for (let page = Math.floor(target.address / PAGE); page <= last; page++) this.#pages.add(page);
  }
}

/** Of what stands before the GGTT's entries, whoever changes it. */
function isRegister({ byAnybody, target }: Watched): boolean {
  return byAnybody && target.space === 'mmio' && target.address < GGTT_OFFSET;
}

function watchedOf(breakpoint: ArmedBreakpoint, order: number): Watched[] {
  const { target } = breakpoint;
  if (target === undefined) return [];
  const byAnybody = needsListening(breakpoint);
  if (!byAnybody && target.space !== 'mmio') return [];
  return [{ breakpoint, target, byAnybody, order, touched: false, direction: undefined }];
}

/** Changes can come from anywhere; guest memory is written through other addresses than its own. */
function needsListening({ access, target }: ArmedBreakpoint): boolean {
  return access === 'change' || (target?.space === 'memory' && access !== 'read');
}
