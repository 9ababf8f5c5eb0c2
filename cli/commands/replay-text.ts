import { CHECKS } from '../../emulator/index.ts';
import { counted, grouped } from '../../timeline/index.ts';
import type { ReplayReport } from './replay-report.ts';

/** Divergences shown to people; `--json` has more. */
const SHOWN = 20;

/** `vgpu replay` for people. */
export function replayText(name: string, report: ReplayReport): string {
  const { reads, divergences } = report;
  const hidden = report.divergenceCount - Math.min(SHOWN, divergences.length);
  const lines = [
    `${name}: ${counted(report.records, 'record')} replayed${partText(report)}`,
    ...(report.image === undefined ? [] : [`image           ${report.image}`]),
    `reads compared  ${grouped(reads.compared)}`,
    `  equal         ${grouped(reads.equal)}`,
    `  volatile      ${grouped(reads.volatile)}`,
    `  forced        ${grouped(reads.forced)}`,
    `  unknown       ${grouped(reads.unknown)}`,
    `  explained     ${grouped(reads.explained)}`,
    ...Object.entries(report.rules).map(([rule, n]) => `    ${grouped(n)} × ${rule}`),
    `divergences     ${grouped(report.divergenceCount)}`,
    ...divergences.slice(0, SHOWN).map(divergenceText),
    ...(hidden > 0 ? [`  and ${grouped(hidden)} more`] : []),
    ...resultLines(report.results),
    `faults          ${Object.keys(report.faults).length === 0 ? 'none' : ''}`.trimEnd(),
    ...Object.entries(report.faults).map(
      ([check, n]) => `  ${grouped(n)} × ${check}: ${titleOf(check)}`,
    ),
    `hash            ${report.hash}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** For a part of a trace: ` from 5000 to 6000`. */
function partText({ from, to }: ReplayReport): string {
  return `${from === undefined ? '' : ` from ${from}`}${to === undefined ? '' : ` to ${to}`}`;
}

/** What the device did by itself, beside what was recorded of it. */
function resultLines(results: ReplayReport['results']): string[] {
  if (results === undefined) return [];
  if ('tracepoints' in results) return tracepointLines(results);
  const { equal, rules, unexplainedCount, unexplained } = results;
  return [
    `commands        ${grouped(equal.commands)} equal`,
    `memory writes   ${grouped(equal.writes)} equal`,
    `interrupts      ${grouped(equal.interrupts)} equal`,
    ...Object.entries(rules).map(([rule, n]) => `    ${grouped(n)} × ${rule}`),
    `unexplained     ${grouped(unexplainedCount)}`,
    ...unexplained
      .slice(0, SHOWN)
      .map(({ access, what, result }) => `  after access ${grouped(access)}: ${what} ${result}`),
  ];
}

type Results = NonNullable<ReplayReport['results']>;

/** What GVT-g traced of itself, beside the model's own. */
function tracepointLines(results: Extract<Results, { tracepoints: unknown }>): string[] {
  const { tracepoints, unexplainedCount, unexplained, notCompared } = results;
  if (notCompared !== undefined) {
    const counts = Object.entries(tracepoints).map(
      ([name, { recorded }]) => `  ${name.padEnd(18)}${grouped(recorded)}`,
    );
    return [`events not compared: ${notCompared}`, ...counts];
  }
  return [
    'events of GVT-g     equal, of those recorded',
    ...Object.entries(tracepoints).flatMap(([name, { recorded, equal, rules }]) => [
      `  ${name.padEnd(18)}${grouped(equal)} of ${grouped(recorded)}`,
      ...Object.entries(rules).map(([rule, n]) => `    ${grouped(n)} × ${rule}`),
    ]),
    `unexplained     ${grouped(unexplainedCount)}`,
    ...unexplained.slice(0, SHOWN).map(mismatchText),
  ];
}

function mismatchText({
  name,
  line,
  access,
  recorded,
  made,
}: {
  readonly name: string;
  readonly line: number;
  readonly access: number;
  readonly recorded?: string;
  readonly made?: string;
}): string {
  const place = line > 0 ? `line ${line}` : `after access ${grouped(access)}`;
  if (recorded === undefined) return `  ${place}: ${name} of the model alone: ${made}`;
  const ours = made === undefined ? 'the model has none' : `the model has ${made}`;
  return `  ${place}: ${name} ${recorded}; ${ours}`;
}

function divergenceText({
  line,
  register,
  expected,
  got,
}: ReplayReport['divergences'][number]): string {
  return `  line ${line}: ${register} was ${expected} when recorded, the model answers ${got}`;
}

function titleOf(check: string): string {
  return CHECKS.find(({ id }) => id === check)?.title ?? 'a check of the model';
}
