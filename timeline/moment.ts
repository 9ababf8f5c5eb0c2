/**
 * A place in a session's history: records before `record` have been applied. `event` 0: of that one nothing has
 * happened yet. Else replay is inside of it: so many of its events have happened. An event is an alarm that gave an
 * engine work, the access itself, or a step of an engine's work: a command, a context loaded or saved. When the last
 * event of a record has happened, the moment is that before the next record.
 */
export interface Moment {
  readonly record: number;
  readonly event: number;
}

export function startOf(record: number): Moment {
  return { record, event: 0 };
}

/** Negative where `a` comes before `b`. */
export function compareMoments(a: Moment, b: Moment): number {
  return a.record - b.record || a.event - b.event;
}

export function isBefore(a: Moment, b: Moment): boolean {
  return a.record < b.record || (a.record === b.record && a.event < b.event);
}

export function isSameMoment(a: Moment, b: Moment | undefined): boolean {
  return a.record === b?.record && a.event === b.event;
}

/** The last moment before `moment`, however many events there are: to find a checkpoint that lies before it. */
export function justBefore({ record, event }: Moment): Moment {
  if (event > 0) return { record, event: event - 1 };
  return { record: record - 1, event: Number.POSITIVE_INFINITY };
}
