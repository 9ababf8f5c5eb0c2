import { counted, grouped, sumOf } from '../../timeline/index.ts';
import type { Colours } from '../colours.ts';
import { failuresOf, type PlatformCoverage, type Reporter, type Summary } from './reporter.ts';
import type { FileRun } from './run-file.ts';

/** Failures of one file that are shown. */
const SHOWN = 20;

/** For people. */
export function ttyReporter(colours: Colours): Reporter {
  return {
    file: (run) => fileText(run, colours),
    end: (summary) => endText(summary, colours),
  };
}

function fileText(run: FileRun, { good, bad, dim }: Colours): string {
  const { file, status, why, result } = run;
  const count = counted(result?.total ?? 0, 'expectation');
  if (status === 'passed') return `${good('✔')} ${file} ${dim(`(${count})`)}\n`;
  if (status === 'skipped') return `${dim(`- ${file}: skipped, ${why ?? ''}`)}\n`;
  const failures = failuresOf(run);
  const total = (result?.failed ?? 0) + run.problems.length;
  const head = status === 'error' ? (why ?? '') : `${grouped(total)} failed, of ${count}`;
  const shown = status === 'error' ? [] : failures.slice(0, SHOWN);
  const more = total - shown.length;
  return [
    `${bad('✖')} ${head.startsWith(file) ? head : `${file}: ${head}`}`,
    ...shown.flatMap(({ line, title, lines }) => [
      `    ${file}:${line}`,
      ...(lines[0]?.endsWith(title) === true ? [] : [`      ${title}`]),
      ...lines.map((text) => `      ${text}`),
    ]),
    ...(shown.length > 0 && more > 0 ? [`    and ${grouped(more)} more`] : []),
    '',
  ].join('\n');
}

function endText({ passed, failed, skipped, coverage }: Summary, { good, bad }: Colours): string {
  const parts = [
    good(`${grouped(passed)} passed`),
    failed === 0 ? '0 failed' : bad(`${grouped(failed)} failed`),
    ...(skipped === 0 ? [] : [`${grouped(skipped)} skipped`]),
  ];
  return `${(coverage ?? []).map(coverageText).join('')}${parts.join(', ')}\n`;
}

function coverageText({ platform, tables }: PlatformCoverage): string {
  const registers = sumOf(tables, 'registers');
  const rows = [
    ['registers', registers.covered, registers.total],
    ['fields', registers.partsCovered, registers.parts],
    ...['commands', 'interrupts', 'faults'].map((kind) => {
      const { covered, total } = sumOf(tables, kind);
      return [kind, covered, total] as const;
    }),
  ] as const;
  const lines = rows.map(([kind, covered, total]) => {
    const share = total === 0 ? 0 : (100 * covered) / total;
    return `  ${kind.padEnd(11)}${grouped(covered).padStart(6)} of ${grouped(total).padStart(6)}  ${share.toFixed(1)} %`;
  });
  return `exercised of ${platform}\n${lines.join('\n')}\n`;
}
