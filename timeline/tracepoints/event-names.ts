/** An event by the interrupt table's name, and as GVT-g's propagate_event shows it: nine letters of its name. */
interface EventName {
  readonly event: string;
  readonly bit: number;
  readonly shown: string;
}

/** Those that GVT-g gives no name show as `(null)` (seen in kvmgt's traces). */
const EVENT_NAMES: readonly EventName[] = [
  { event: 'RCS0 user interrupt', bit: 0, shown: 'Render CS' },
  { event: 'RCS0 context switch', bit: 8, shown: 'Render AS' },
  { event: 'BCS0 user interrupt', bit: 16, shown: 'Blitter C' },
  { event: 'BCS0 context switch', bit: 24, shown: 'Blitter A' },
  { event: 'VCS0 user interrupt', bit: 0, shown: 'Video CS ' },
  { event: 'VCS0 context switch', bit: 8, shown: 'Video AS ' },
  { event: 'VECS0 user interrupt', bit: 0, shown: '(null)' },
  { event: 'VECS0 context switch', bit: 8, shown: 'VECS Cont' },
  { event: 'AUX channel A done', bit: 0, shown: 'AUX Chann' },
  { event: 'AUX channel B done', bit: 25, shown: 'AUX Chann' },
  { event: 'AUX channel C done', bit: 26, shown: 'AUX Chann' },
  { event: 'AUX channel D done', bit: 27, shown: 'AUX Chann' },
];

/** Events that are not in the table keep the interrupt table's name. */
export function eventKey(event: string): string {
  const row = EVENT_NAMES.find((each) => each.event === event);
  return row === undefined ? event : shownEventKey(row.bit, row.shown);
}

export function shownEventKey(bit: number, shown: string): string {
  return `bit ${bit} of ${shown}`;
}
