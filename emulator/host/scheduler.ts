/**
 * Which vGPU may give the engines work: time slices by weight, on the host's clock (gvt-facts §11). Plain data, and
 * functions over it.
 */
export interface SchedulerState {
  /** The vGPU whose work is taken; 0 for none. */
  current: number;
  /** It shall be this one as soon as nothing is in flight; -1 for none. */
  next: number;
  /** Least recently used first. */
  queue: ScheduledVgpu[];
  /** Host time at which slices are balanced next, and how often they have been. */
  balanceAt: number;
  stage: number;
  /** Host time of the next tick; -1 while the timer stands still. */
  tickAt: number;
}

export interface ScheduledVgpu {
  readonly id: number;
  readonly weight: number;
  /** Nanoseconds in each balance period, and what is left of them; below 0 a debt. */
  allocated: number;
  left: number;
  /** Statistics: nanoseconds as the current one. */
  used: number;
  /** Host time at which it became the current one, or was last accounted for. */
  since: number;
  /** Until then it goes before the others; -1 for no longer. */
  priorityUntil: number;
}

export const TICK = 1e6;
export const BALANCE_PERIOD = 100e6;
/** Every tenth balance forgets debts. */
export const BALANCE_STAGES = 10;
/** A vGPU that has just started has priority for 2 s. */
export const PRIORITY_TIME = 2e9;

export function idleScheduler(): SchedulerState {
  return { current: 0, next: -1, queue: [], balanceAt: 0, stage: 0, tickAt: -1 };
}

/** A vGPU becomes active: it is first in the queue, and the timer runs. */
export function startScheduling(s: SchedulerState, id: number, weight: number, now: number): void {
  if (s.queue.some((entry) => entry.id === id)) return;
  const priorityUntil = now + PRIORITY_TIME;
  s.queue.unshift({ id, weight, allocated: 0, left: 0, used: 0, since: now, priorityUntil });
  if (s.tickAt < 0) {
    s.tickAt = now + TICK;
    s.balanceAt = now;
  }
}

/** A vGPU is no longer to be scheduled. The timer stops with the last one. */
export function stopScheduling(s: SchedulerState, id: number, now: number): void {
  account(s, now);
  s.queue = s.queue.filter((entry) => entry.id !== id);
  if (s.current === id) s.current = 0;
  if (s.next === id) s.next = -1;
  if (s.queue.length === 0) s.tickAt = -1;
}

/** The timer: balances slices where it is time, then looks for who comes next. */
export function tick(s: SchedulerState, now: number, hasWork: (id: number) => boolean): void {
  if (s.tickAt < 0) return;
  s.tickAt = now + TICK;
  if (now >= s.balanceAt) {
    balance(s);
    s.balanceAt = now + BALANCE_PERIOD;
  }
  chooseNext(s, now, hasWork);
}

/**
 * Slices are 100 ms shared by weight. What is left, or owed, is carried over, and forgotten at every tenth balance.
 */
function balance(s: SchedulerState): void {
  const fresh = s.stage % BALANCE_STAGES === 0;
  s.stage++;
  const total = s.queue.reduce((sum, { weight }) => sum + weight, 0);
  for (const entry of s.queue) {
    if (fresh) entry.allocated = Math.floor(BALANCE_PERIOD / total) * entry.weight;
    entry.left = fresh ? entry.allocated : entry.left + entry.allocated;
  }
}

/** Also without the timer, where work has come. */
export function chooseNext(s: SchedulerState, now: number, hasWork: (id: number) => boolean): void {
  account(s, now);
  if (s.queue.length === 0 || s.next >= 0) return;
  const busy = findBusy(s, now, hasWork);
  s.next = busy?.id ?? 0;
  if (busy === undefined || busy.priorityUntil >= 0) return;
  s.queue = [...s.queue.filter((entry) => entry !== busy), busy];
}

/** The first with work that has priority, or slice left. */
function findBusy(
  s: SchedulerState,
  now: number,
  hasWork: (id: number) => boolean,
): ScheduledVgpu | undefined {
  for (const entry of s.queue) {
    if (!hasWork(entry.id)) continue;
    if (entry.priorityUntil >= 0) {
      if (now < entry.priorityUntil) return entry;
      entry.priorityUntil = -1;
    }
    if (entry.left > 0) return entry;
  }
  return undefined;
}

/** The one that shall be next becomes the current one, if nothing is in flight. True where it changed. */
export function trySwitch(s: SchedulerState, now: number, inFlight: boolean): boolean {
  if (s.next < 0) return false;
  if (s.next === s.current) {
    s.next = -1;
    return false;
  }
  if (inFlight) return false;
  account(s, now);
  s.current = s.next;
  s.next = -1;
  const entry = s.queue.find(({ id }) => id === s.current);
  if (entry) entry.since = now;
  return true;
}

/** Time up to now is the current vGPU's. */
export function account(s: SchedulerState, now: number): void {
  const entry = s.queue.find(({ id }) => id === s.current);
  if (!entry) return;
  const spent = now - entry.since;
  entry.used += spent;
  entry.left -= spent;
  entry.since = now;
}
