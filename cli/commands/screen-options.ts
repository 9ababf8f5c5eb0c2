import type { Moment, TimelineSession } from '../../timeline/index.ts';
import { Failure, UsageError } from '../failures.ts';
import type { Arguments } from '../options.ts';

/** Which picture is asked for. */
export interface Look {
  /** Number of the pipe, 0 for A; absent: the first that is on. */
  readonly pipe: { readonly pipe?: number };
  /** Undefined for the end. */
  readonly moment: Moment | undefined;
  /** Gets the fraction replayed, 0–1. */
  readonly progress?: (fraction: number) => void;
}

const PIPES = ['A', 'B', 'C'];

/** @throws UsageError */
export function pipeOf(args: Arguments): Look['pipe'] {
  const name = args.text('pipe');
  if (name === undefined) return {};
  const pipe = PIPES.indexOf(name.toUpperCase());
  if (pipe >= 0) return { pipe };
  throw new UsageError(`--pipe takes A, B or C, not "${name}".`);
}

/** @throws UsageError */
export function momentOf(args: Arguments): Look['moment'] {
  const text = args.text('at') ?? 'end';
  if (text === 'end') return undefined;
  const [, record, event = '0'] = /^(\d+)(?:\+(\d+))?$/.exec(text) ?? [];
  const moment = { record: Number(record), event: Number(event) };
  if (Number.isSafeInteger(moment.record) && Number.isSafeInteger(moment.event)) return moment;
  throw new UsageError(`--at takes end, RECORD or RECORD+EVENT, not "${text}".`);
}

/** @throws Failure, UsageError for a moment that there is not */
export async function goTo(
  session: TimelineSession,
  { moment: wanted, progress }: Look,
): Promise<void> {
  const last = session.summary.records;
  const moment = wanted ?? { record: last, event: 0 };
  if (moment.record > last) {
    if (last === 0) throw new UsageError('a dump shows one moment: leave --at away.');
    throw new UsageError(`there is no record ${moment.record}: the last is ${last - 1}.`);
  }
  progress?.(0);
  if (progress !== undefined) session.setListener({ progress });
  const { moment: reached } = await session.seek(moment, { cancelled: false });
  if (reached.record !== moment.record || reached.event !== moment.event) {
    throw new Failure(`record ${moment.record} has no event ${moment.event}.`);
  }
}
