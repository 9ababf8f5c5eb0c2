import type { GoldenState } from '../../emulator/index.ts';
import type { Tracepoint } from './tracepoint.ts';

/** Why an event of the real GVT-g's is not the model's, or the other way round. */
export interface TracepointRule {
  readonly id: string;
  readonly source: string;
  readonly fact: string;
  /** What was recorded and what the model did in its place; one of them may be absent. */
  readonly explains: (difference: TracepointDifference) => boolean;
}

export interface TracepointDifference {
  readonly recorded: Tracepoint | undefined;
  readonly made: Tracepoint | undefined;
  /** No event of the same register, or of the same kind, has come before. */
  readonly isFirst: boolean;
  /** Work had been submitted before. */
  readonly afterSubmission: boolean;
  /** What is known of the host; what is known explains nothing. */
  readonly golden?: GoldenState | undefined;
}

export const TRACEPOINT_RULES: readonly TracepointRule[] = [
  {
    id: 'host-default-context',
    source: 'gvt-facts §2.2, §12.1',
    fact: 'When a vGPU is made GVT-g scans the host’s own default contexts, to learn which registers commands may write; the model has that from a table.',
    explains: ({ recorded, made }) =>
      made === undefined &&
      recorded?.name === 'gvt_command' &&
      recorded.access === 0 &&
      / context /.test(recorded.key),
  },
  {
    id: 'host-golden-state',
    source: 'gvt-facts §12.1',
    fact: 'A vGPU starts from its host’s registers: the first write to one finds what the host had there.',
    explains: ({ recorded, made, isFirst, golden }) =>
      isFirst &&
      recorded?.name === 'write_ir' &&
      made !== undefined &&
      golden?.gives(registerOf(recorded)) !== true,
  },
  {
    id: 'work-done-later',
    source: 'gvt-facts §11',
    fact: 'A thread of GVT-g’s does the work, some accesses later; the model does it at once. So interrupts of engines are pending, or merge, at other moments. An MSI that does not come within 64 accesses is lost, which it does not explain.',
    explains: (difference) =>
      difference.afterSubmission && (isPendingLater(difference) || isInjectedLater(difference)),
  },
];

export function tracepointRule(difference: TracepointDifference): TracepointRule | undefined {
  return TRACEPOINT_RULES.find((rule) => rule.explains(difference));
}

/** BAR0 offset of the register that a write_ir is about. */
function registerOf({ key }: Tracepoint): number {
  return Number.parseInt(/^\w+ ([0-9a-f]+),/.exec(key)?.[1] ?? '', 16);
}

/** Events of engines in a GT register; the engines in the master register. */
const PENDING: readonly (readonly [register: RegExp, bits: number])[] = [
  [/^IIR 443[013]8,/, 0x01110111],
  [/^MASTER_IR 44200,/, 0x4f],
];

function isPendingLater({ recorded, made }: TracepointDifference): boolean {
  if (recorded?.name !== 'write_ir' || made === undefined) return false;
  const row = PENDING.find(([register]) => register.test(recorded.key));
  const difference = previousOf(recorded) ^ previousOf(made);
  return row !== undefined && (difference & ~row[1]) === 0;
}

function previousOf({ key }: Tracepoint): number {
  return Number.parseInt(/ old ([0-9a-f]+)/.exec(key)?.[1] ?? '', 16);
}

/** After an event of an engine, or a write that may find one pending. */
const CAUSES =
  /after (bit \d+ of (Render|Blitter|Video|VECS|\(null\))|MASTER_IR 44200|IMR (20|220|120|1a0|1c0)a8)/;

function isInjectedLater({ recorded, made }: TracepointDifference): boolean {
  const event = recorded ?? made;
  return event?.name === 'inject_msi' && CAUSES.test(event.key);
}
