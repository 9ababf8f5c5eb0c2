import { CHECKS } from '../../emulator/index.ts';
import {
  counted,
  type FaultList,
  type FaultRecord,
  grouped,
  hex,
  type RegisterDirectory,
  recordText,
} from '../../timeline/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';

export type CheckReport = ReturnType<typeof checkReport>;

/** Faults of one rule that are shown to people; `--json` has them all. */
const SHOWN = 5;

/** What `vgpu check --json` prints. */
export function checkReport(trace: OpenedTrace, faults: FaultList, directory: RegisterDirectory) {
  return {
    trace: trace.name,
    records: trace.store.length,
    count: faults.count,
    rules: Object.entries(faults.byCheck).map(([id, count]) => {
      const row = CHECKS.find((each) => each.id === id);
      return { id, title: row?.title ?? 'a check of the model', source: row?.source, count };
    }),
    faults: faults.shown.map((fault) => ({ ...fault, ...evidence(trace, fault, directory) })),
  };
}

/** What happened then, as the recording has it. */
function evidence({ store }: OpenedTrace, { moment }: FaultRecord, directory: RegisterDirectory) {
  const stack = store.stack(moment.record);
  return {
    access: recordText(store, moment.record, directory),
    ...(stack.length === 0 ? {} : { stack }),
  };
}

/** `vgpu check` for people: rule by rule, the most frequent last, as the end of a text is what one sees. */
export function checkText({ trace, records, count, rules, faults }: CheckReport): string {
  const lines = [...rules]
    .sort((a, b) => a.count - b.count)
    .flatMap(({ id, title, source, count: times }) => {
      const these = faults.filter(({ check }) => check === id).slice(0, SHOWN);
      const more = times - these.length;
      return [
        `${id}: ${title} (${source ?? 'no source'}), ${counted(times, 'time')}`,
        ...these.flatMap(faultLines),
        ...(more > 0 ? [`  and ${grouped(more)} more`] : []),
        '',
      ];
    });
  const sum =
    count === 0
      ? 'no rule is broken'
      : `${counted(rules.length, 'rule')} broken, ${counted(count, 'fault')}`;
  return `${lines.join('\n')}${lines.length === 0 ? '' : '\n'}${trace}: ${counted(records, 'record')}, ${sum}\n`;
}

function faultLines(fault: CheckReport['faults'][number]): string[] {
  const { line, moment, timeNs, message, access, command, address, stack } = fault;
  const event = moment.event === 0 ? '' : `+${moment.event}`;
  const place = `record ${moment.record}${event}, ${(timeNs / 1e9).toFixed(6)} s`;
  return [
    `  line ${line} (${place}): ${message}`,
    `    ${command === undefined ? 'at' : 'after'} ${access}`,
    ...(command === undefined ? [] : [`    in ${command}`]),
    ...(address === undefined ? [] : [`    address ${hex(address)}`]),
    ...(stack === undefined ? [] : [`    called by ${stack.slice(0, 4).join(' < ')}`]),
  ];
}
