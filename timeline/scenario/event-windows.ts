import type { EventKind, Since } from '../../trace/index.ts';

type Counts = Map<string, number>;

/**
 * Counts what happens, by name, since the last access, since the last note, and since the start. An event belongs to
 * the access that came last; what alarms do between two accesses belongs to the first of them.
 */
export class EventWindows {
  readonly #accesses: () => number;
  readonly #counts: Readonly<Record<Since, Record<EventKind, Counts>>> = {
    access: emptyCounts(),
    note: emptyCounts(),
    start: emptyCounts(),
  };
  /** The access that the window `access` is about. */
  #access = 0;

  /** `accesses` says how many accesses have been given to the device, counting the present one. */
  constructor(accesses: () => number) {
    this.#accesses = accesses;
  }

  happened(what: EventKind, name: string): void {
    this.#followAccess();
    for (const since of SINCE) {
      const counts = this.#counts[since][what];
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }

  /** A note begins a new window. */
  note(): void {
    clear(this.#counts.note);
  }

  /** Events by name, in the order in which each happened first. */
  of(what: EventKind, since: Since): ReadonlyMap<string, number> {
    this.#followAccess();
    return this.#counts[since][what];
  }

  #followAccess(): void {
    const access = this.#accesses();
    if (access === this.#access) return;
    this.#access = access;
    clear(this.#counts.access);
  }
}

const SINCE = ['access', 'note', 'start'] as const satisfies readonly Since[];

function emptyCounts(): Record<EventKind, Counts> {
  return { fault: new Map(), interrupt: new Map(), command: new Map() };
}

function clear(counts: Record<EventKind, Counts>): void {
  counts.fault.clear();
  counts.interrupt.clear();
  counts.command.clear();
}
