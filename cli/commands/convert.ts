import { globTest } from '../../timeline/index.ts';
import type { Command } from '../command.ts';
import { OutputFile } from '../convert/output-file.ts';
import { TARGETS, type Target } from '../convert/targets.ts';
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
import type { Arguments } from '../options.ts';
import { withBar } from '../progress-bar.ts';
import { isSameFile } from '../same-file.ts';

export const convertCommand: Command = {
  name: 'convert',
  summary: 'write a trace in another format: .vgpu, mmiotrace, Perfetto, VCD',
  details:
    'Writes a trace of any known format as .vgpu, as an mmiotrace log, or as a timeline of what the\n' +
    'emulated vGPU does with it: JSON for the Perfetto UI (ui.perfetto.dev), or a value change dump (VCD)\n' +
    'for waveform viewers. The ending of OUT tells which, packed where .gz follows; - is standard output.',
  operands: {
    usage: 'IN OUT',
    least: 2,
    most: 2,
    missing: 'two paths are needed: what is converted, and where it goes.',
  },
  options: [
    { name: 'to', value: 'FORMAT', help: `${TARGETS.map(({ id }) => id).join(', ')}` },
    {
      name: 'signals',
      value: 'GLOBS',
      help: 'registers whose values a timeline shows, with commas; vcd: all if absent, perfetto: none',
    },
    GOLDEN_OPTION,
    ...TRACE_OPTIONS,
  ],
  async run(path, args, terminal) {
    const out = args.positionals[1] ?? '';
    const target = targetOf(args, out);
    if (path !== '-' && (await isSameFile(path, out)))
      throw new UsageError('a trace cannot be converted onto itself.');
    const signals = signalsOf(args);
    refuseGolden(target, args);
    const trace = await loadTrace(path, terminal, hintsOf(args));
    requireRecords(trace);
    warnOfDiagnostics(trace, terminal);
    const golden = await goldenFile(args, terminal);
    const left = await withBar(terminal, async (bar) => {
      const output = OutputFile.open(out, bar.terminal);
      const progress = (fraction: number) => bar.show(fraction, out === '-' ? path : out);
      const leftOut = await target.write({ trace, output, signals, golden, progress });
      await output.close();
      return leftOut;
    });
    if (left !== undefined) terminal.err(`vgpu convert: ${left}.\n`);
    return ExitStatus.ok;
  },
};

function targetOf(args: Arguments, out: string): Target {
  const known = TARGETS.map(({ id }) => id).join(', ');
  const wanted = args.text('to');
  if (wanted !== undefined) {
    const target = TARGETS.find(({ id }) => id === wanted);
    if (target !== undefined) return target;
    throw new UsageError(`--to takes ${known}, not "${wanted}".`);
  }
  const name = out.replace(/\.gz$/, '');
  const target = TARGETS.find(({ endings }) => endings.some((ending) => name.endsWith(ending)));
  if (target !== undefined) return target;
  throw new UsageError(`the name "${out}" does not tell the format: give --to (${known}).`);
}

/** @throws UsageError */
function refuseGolden(target: Target, args: Arguments): void {
  if (target.replays || args.text(GOLDEN_OPTION.name) === undefined) return;
  const timelines = TARGETS.filter(({ replays }) => replays).map(({ id }) => id);
  throw new UsageError(
    `--golden is for timelines (${timelines.join(', ')}); a trace in another format is the same trace.`,
  );
}

function signalsOf(args: Arguments): ((name: string) => boolean) | undefined {
  const globs = args.text('signals')?.split(',');
  if (globs === undefined) return undefined;
  const tests = globs.map((glob) => globTest(glob.trim()));
  return (name) => tests.some((test) => test(name));
}
