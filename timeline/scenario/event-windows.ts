import type { EventKind, Since } from '../../trace/index.ts';

type Counts = Map<string, number>;

/**
 * Counts what happens, by name, since the last access, since the last note, since marks that are asked for, and since the
 * start. An event belongs to the access that came last; what alarms do between two accesses belongs to the first of them.
 */
export class EventWindows {
  readonly #accesses: () => number;
  readonly #counts: Readonly<Record<(typeof SINCE)[number], Record<EventKind, Counts>>> = {
    access: emptyCounts(),
    note: emptyCounts(),
    start: emptyCounts(),
  };
  /** What had happened since the start when these marks were passed last; undefined before the first time. */
  readonly #marks: Map<string, Record<EventKind, Counts> | undefined>;
  /** The access that the window `access` is about. */
  #access = 0;

  /**
   * `accesses` says how many accesses have been given to the device, counting the present one. `marks`: texts of those
   * that are asked for.
   */
  constructor(accesses: () => number, marks: readonly string[] = []) {
    this.#accesses = accesses;
    this.#marks = new Map(marks.map((mark) => [mark, undefined]));
  }

  happened(what: EventKind, name: string): void {
    this.#followAccess();
    for (const since of SINCE) {
      const counts = this.#counts[since][what];
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }

  /** A note begins a new window. */
  note(text: string): void {
    clear(this.#counts.note);
    const mark = text.trim();
    if (!this.#marks.has(mark)) return;
    const { fault, interrupt, command } = this.#counts.start;
    this.#marks.set(mark, {
      fault: new Map(fault),
      interrupt: new Map(interrupt),
      command: new Map(command),
    });
  }

  /** Events by name, in the order in which each happened first; undefined since a mark that was not passed. */
  of(what: EventKind, since: Since, mark = ''): ReadonlyMap<string, number> | undefined {
    this.#followAccess();
    if (since !== 'mark') return this.#counts[since][what];
    const before = this.#marks.get(mark)?.[what];
    if (before === undefined) return undefined;
    const now = [...this.#counts.start[what]].map(([name, count]): [string, number] => [
      name,
      count - (before.get(name) ?? 0),
    ]);
    return new Map(now.filter(([, count]) => count > 0));
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
