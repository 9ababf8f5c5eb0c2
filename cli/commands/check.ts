import { CHECKS, checkRow, createVgpu } from '../../emulator/index.ts';
import { globTest, runScenario } from '../../timeline/index.ts';
import type { Command } from '../command.ts';
import { ExitStatus } from '../exit-status.ts';
import { UsageError } from '../failures.ts';
import { GOLDEN_OPTION, goldenFile } from '../golden-file.ts';
import {
  hintsOf,
  loadTrace,
  requireRecords,
  TRACE_OPTIONS,
  warnOfDiagnostics,
} from '../load-trace.ts';
import { withBar } from '../progress-bar.ts';
import { tablesOf } from '../scenarios/run-file.ts';
import { deviceOf } from '../trace-device.ts';
import { checkReport, checkText } from './check-report.ts';

/** Faults that are kept with all their facts, of each run; all are counted. */
const MOST = 100_000;

export const checkCommand: Command = {
  name: 'check',
  summary: 'which rules a trace breaks: faults with their moments and evidence',
  details:
    'Replays a trace and tells each fault: where it happened, the rule, the access or command that broke\n' +
    'it, and the driver function where the recording has call stacks. Ends with status 1 where a rule was\n' +
    'broken. --rules lists all rules; those marked "off" are counted only where --only names them, as correct\n' +
    'guests break them all the time.',
  operands: {
    usage: 'TRACE',
    least: 0,
    most: 1,
    missing: '',
  },
  options: [
    { name: 'json', help: 'print one JSON object' },
    { name: 'rules', help: 'list the rules and stop' },
    { name: 'only', value: 'RULES', help: 'only these: ids or globs, with commas between them' },
    { name: 'ignore', value: 'RULES', help: 'not these' },
    GOLDEN_OPTION,
    ...TRACE_OPTIONS,
  ],
  async run(path, args, terminal) {
    if (args.has('rules')) {
      const rules = CHECKS.map(({ id, on, title }) => ({ id, on, title }));
      const json = () => `${JSON.stringify({ rules }, null, 2)}\n`;
      await terminal.out(args.has('json') ? json() : CHECKS.map(ruleText).join(''));
      return ExitStatus.ok;
    }
    if (path === '') throw new UsageError('a trace is missing: the path of a file, or - .');
    const named = args.text('only');
    const only = named === undefined ? isOn : rulesOf(named);
    const ignored = rulesOf(args.text('ignore') ?? '');
    const trace = await loadTrace(path, terminal, hintsOf(args));
    requireRecords(trace);
    warnOfDiagnostics(trace, terminal);
    const config = deviceOf(trace.device, await goldenFile(args, terminal));
    const tables = tablesOf(config);
    const { faults } = await withBar(terminal, (bar) =>
      runScenario(
        {
          store: trace.store,
          device: createVgpu(config),
          ...tables,
          mostFaults: MOST,
          counts: (check) => only(check) && !ignored(check),
          progress: (fraction) => bar.show(fraction, path),
        },
        { cancelled: false },
      ),
    );
    const report = checkReport(trace, faults, tables.directory);
    await terminal.out(
      args.has('json') ? `${JSON.stringify(report, null, 2)}\n` : checkText(report),
    );
    return faults.count === 0 ? ExitStatus.ok : ExitStatus.failed;
  },
};

function isOn(check: string): boolean {
  return checkRow(check)?.on ?? true;
}

function ruleText({ id, on, title }: (typeof CHECKS)[number]): string {
  return `${id.padEnd(24)} ${on ? '   ' : 'off'} ${title}\n`;
}

/** @throws UsageError for a name that no rule has */
function rulesOf(list: string): (check: string) => boolean {
  const globs = list.split(',').filter((each) => each.trim() !== '');
  const tests = globs.map((glob) => {
    const test = globTest(glob.trim());
    if (CHECKS.some(({ id }) => test(id))) return test;
    throw new UsageError(`no rule is called ${glob.trim()}; vgpu check --rules lists them.`);
  });
  return (check) => tests.some((test) => test(check));
}
