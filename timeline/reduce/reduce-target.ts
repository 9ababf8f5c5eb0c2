import type { TraceStore } from '../../trace/index.ts';
import type { BriefResult } from '../scenario/run-scenario.ts';

/** What a smaller trace must still show. */
export interface ReduceTarget {
  /** `read`: an answer other than the one that is recorded or expected. */
  readonly kind: 'read' | 'expectation' | 'fault';
  /** In which it shows. */
  readonly record: number;
  /** For people. */
  readonly text: string;
  /** Of a fault. */
  readonly check?: string;
  /** What is expected is about the time since a note. */
  readonly needsNotes: boolean;
  /** Whether a run of other records shows it: in its last one, but for faults. */
  isIn(result: BriefResult): boolean;
}

/** What a trace's run shows first. */
export function targetOf(
  { expectations, faults }: BriefResult,
  { store, fault: check }: { readonly store: TraceStore; readonly fault?: string },
): ReduceTarget | undefined {
  const failed = check === undefined ? expectations.find(({ passed }) => !passed) : undefined;
  if (failed !== undefined) {
    const { moment, actual, expected } = failed;
    return {
      kind: failed.kind === 'read' ? 'read' : 'expectation',
      record: moment.record,
      text: `expected ${expected}, actual ${actual}`,
      needsNotes: /since\s+(?:note|mark)/.test(store.text(moment.record)),
      isIn: (result) => {
        const last = result.expectations.at(-1);
        const isLast = last !== undefined && last.moment.record === result.records - 1;
        return isLast && !last.passed && last.actual === actual && last.expected === expected;
      },
    };
  }
  const [fault] = faults.shown;
  if (fault === undefined) return undefined;
  return {
    kind: 'fault',
    record: fault.moment.record,
    text: `${fault.check}: ${fault.message}`,
    check: fault.check,
    needsNotes: false,
    isIn: (result) =>
      result.faults.shown.some(
        (each) => each.check === fault.check && each.address === fault.address,
      ),
  };
}
