/**
 * A place in a session's history: records before `record` have been applied, and after them `event` device
 * events (commands, alarms). With engines idle, `event` is 0.
 */
export interface Moment {
  readonly record: number;
  readonly event: number;
}
