import { createVgpu, VgpuViews } from '../../emulator/index.ts';
import {
  type Cause,
  causeOf,
  createLocalSession,
  deviceConfigFor,
  diffTraces,
  type GoldenFile,
  sessionRegisters,
  type TraceDifference,
} from '../../timeline/index.ts';
import type { Command } from '../command.ts';
import { ExitStatus } from '../exit-status.ts';
import { UsageError } from '../failures.ts';
import { GOLDEN_OF_EACH, goldenFiles } from '../golden-file.ts';
import {
  hintsOf,
  loadTrace,
  requireRecords,
  TRACE_OPTIONS,
  warnOfDiagnostics,
} from '../load-trace.ts';
import type { Arguments } from '../options.ts';
import { type ProgressBar, withBar } from '../progress-bar.ts';
import type { Terminal } from '../terminal.ts';
import { deviceOf } from '../trace-device.ts';
import { diffReport, diffText, type Side } from './diff-report.ts';

export const diffCommand: Command = {
  name: 'diff',
  summary: 'where two traces part, and what made them',
  details:
    'Aligns the accesses of two traces, whatever their times, and tells the first difference: an answer, a\n' +
    'written value, or accesses that only one of them has. The model replays both to tell what changed the\n' +
    'bits that differ. Registers that count time, lengths of polls and frames of translation entries make\n' +
    'no difference. Ends with status 1 where the traces differ.',
  operands: {
    usage: 'A B',
    least: 2,
    most: 2,
    missing: 'two traces are needed: the paths of files, or - for one of them.',
  },
  options: [{ name: 'json', help: 'print one JSON object' }, GOLDEN_OF_EACH, ...TRACE_OPTIONS],
  async run(path, args, terminal) {
    const other = args.positionals[1] ?? '';
    if (path === '-' && other === '-')
      throw new UsageError('only one of the two can come from standard input.');
    const [golden, goldenOfOther] = await goldenFiles(args, terminal);
    const a = await sideOf(path, golden, args, terminal);
    const b = await sideOf(other, goldenOfOther, args, terminal);
    const { diff, causes } = await withBar(terminal, (bar) => compared(a, b, bar));
    const report = diffReport(a, b, diff, causes);
    await terminal.out(
      args.has('json') ? `${JSON.stringify(report, null, 2)}\n` : diffText(report),
    );
    return diff.differences.length === 0 ? ExitStatus.ok : ExitStatus.failed;
  },
};

async function compared(a: Side, b: Side, bar: ProgressBar) {
  const diff = diffTraces(a.trace.store, b.trace.store, (done) => bar.show(done, 'aligning'));
  const [first] = diff.differences;
  return { diff, causes: first === undefined ? undefined : await causesOf(a, b, first, bar) };
}

/** @throws Failure for a trace that cannot be read, or a golden state that its vGPU cannot start from */
async function sideOf(
  path: string,
  golden: GoldenFile | undefined,
  args: Arguments,
  terminal: Terminal,
): Promise<Side> {
  const trace = await loadTrace(path, terminal, hintsOf(args));
  requireRecords(trace);
  warnOfDiagnostics(trace, terminal);
  // Without a golden state a trace of any device is compared, though only the vGPU's is replayed.
  if (golden !== undefined) deviceOf(trace.device, golden);
  const withGolden = golden === undefined ? {} : { golden };
  return { trace, directory: sessionRegisters(trace, withGolden), ...withGolden };
}

/** Of other accesses nothing but the driver is the cause. */
async function causesOf(
  a: Side,
  b: Side,
  difference: TraceDifference,
  bar: ProgressBar,
): Promise<readonly [Cause | undefined, Cause | undefined] | undefined> {
  const [i] = difference.a;
  const [j] = difference.b;
  if (difference.kind !== 'answer' || i === undefined || j === undefined) return undefined;
  const [one, two] = [a.trace.store, b.trace.store];
  const bits = {
    low: (one.low(i) ^ two.low(j)) >>> 0,
    high: (one.high(i) ^ two.high(j)) >>> 0,
  };
  return [await causeIn(a, i, bits, bar), await causeIn(b, j, bits, bar)];
}

async function causeIn(
  { trace, directory, golden }: Side,
  record: number,
  bits: { readonly low: number; readonly high: number },
  bar: ProgressBar,
): Promise<Cause | undefined> {
  const token = { cancelled: false };
  const config = deviceConfigFor(trace.device, {}, golden);
  if ('problem' in config) return causeOf(trace.store, record, bits, directory, undefined, token);
  const device = createVgpu(config);
  const session = createLocalSession({ trace, device, directory, views: new VgpuViews(device) });
  const progress = (fraction: number) => bar.show(fraction, `cause in ${trace.name}`);
  progress(0);
  session.setListener({ progress });
  return causeOf(trace.store, record, bits, directory, session, token);
}
