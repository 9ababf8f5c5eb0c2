import {
  type Cause,
  counted,
  type GoldenFile,
  grouped,
  type RegisterDirectory,
  recordText,
  type TraceDiff,
  type TraceDifference,
} from '../../timeline/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';

/** One of the two traces, with what a report says of its records. */
export interface Side {
  readonly trace: OpenedTrace;
  readonly directory: RegisterDirectory;
  /** What its vGPU starts from, when causes are looked for. */
  readonly golden?: GoldenFile;
}

export type DiffReport = ReturnType<typeof diffReport>;

/** Records of a gap that are listed. */
const SHOWN = 8;

/** What `vgpu diff --json` prints. */
export function diffReport(
  a: Side,
  b: Side,
  { alike, counts, differences, complete }: TraceDiff,
  causes: readonly [Cause | undefined, Cause | undefined] | undefined,
) {
  const [first] = differences;
  return {
    a: a.trace.name,
    b: b.trace.name,
    alike,
    counts,
    complete,
    ...(first === undefined
      ? {}
      : {
          first: {
            ...differenceReport(a, b, first),
            ...(causes === undefined ? {} : { causes: { a: causes[0], b: causes[1] } }),
          },
        }),
    differences: differences.map((each) => differenceReport(a, b, each)),
  };
}

function differenceReport(a: Side, b: Side, { kind, ...records }: TraceDifference) {
  return { kind, a: sideReport(a, records.a), b: sideReport(b, records.b) };
}

function sideReport({ trace: { store }, directory }: Side, records: readonly number[]) {
  return records.slice(0, SHOWN).map((record) => ({
    record,
    line: store.line(record),
    text: recordText(store, record, directory),
    ...(store.stack(record).length === 0 ? {} : { stack: store.stack(record) }),
  }));
}

const KINDS = {
  answer: 'a read is answered otherwise',
  value: 'another value is written',
  accesses: 'other accesses are made',
} as const;

/** `vgpu diff` for people. */
export function diffText(report: DiffReport): string {
  const { a, b, alike, counts, first, complete } = report;
  const head = `A ${a}\nB ${b}\n${counted(alike, 'access', 'accesses')} alike (a poll counts once)\n`;
  if (first === undefined) return `${head}no difference\n`;
  const lines = [
    `first difference: ${KINDS[first.kind]}`,
    ...sideLines('A', first.a),
    ...sideLines('B', first.b),
    ...causeLines(first),
    `differences: ${grouped(counts.answer)} in answers, ${grouped(counts.value)} in values, ` +
      `${grouped(counts.accesses)} in which accesses there are`,
    ...(complete ? [] : ['behind the last one the traces are too unlike to be compared']),
  ];
  return `${head}${lines.join('\n')}\n`;
}

function sideLines(name: string, records: NonNullable<DiffReport['first']>['a']): string[] {
  if (records.length === 0) return [`  ${name}  nothing there`];
  return records.flatMap(({ line, record, text, stack }) => [
    `  ${name}  line ${line} (record ${record}): ${text}`,
    ...(stack === undefined ? [] : [`       called by ${stack.slice(0, 4).join(' < ')}`]),
  ]);
}

function causeLines({ causes }: NonNullable<DiffReport['first']>): string[] {
  if (causes === undefined) return [];
  return [
    'what differs was last changed',
    ...(['a', 'b'] as const).map((side) => {
      const cause = causes[side];
      const name = side.toUpperCase();
      if (cause === undefined) return `  ${name}  by nothing before: it is as at power-on`;
      const { line, text, event, by } = cause;
      const how = by === 'trace' ? ', as the trace has it' : event > 0 ? `, event ${event}` : '';
      return `  ${name}  by line ${line}: ${text}${how}`;
    }),
  ];
}
