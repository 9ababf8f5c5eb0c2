import { registerDirectory } from '../../emulator/index.ts';
import {
  type GoldenFile,
  HYPERVISORS,
  type HypervisorKind,
  hostFor,
  type Interleave,
  type RecordedGuest,
  type Schedule,
  scoreTogether,
} from '../../timeline/index.ts';
import type { OpenedTrace, ReaderHints } from '../../trace/index.ts';
import { ExitStatus } from '../exit-status.ts';
import { Failure, UsageError } from '../failures.ts';
import { goldenFiles } from '../golden-file.ts';
import { loadTrace, requireRecords, warnOfDiagnostics } from '../load-trace.ts';
import type { Arguments, OptionRow } from '../options.ts';
import { withBar } from '../progress-bar.ts';
import { refuseRegisters } from '../register-file.ts';
import type { Terminal } from '../terminal.ts';
import { AGAINST } from './replay-against.ts';
import { refuseImages } from './replay-image.ts';
import type { ReplayRequest } from './replay-options.ts';
import { isClean, replayReport } from './replay-report.ts';
import { replayText } from './replay-text.ts';

export const TOGETHER_OPTIONS: readonly OptionRow[] = [
  {
    name: 'schedule',
    value: 'HOW',
    help: 'at-once (default): a vGPU gets engines when it needs them; sliced: time slices, as GVT-g',
  },
  {
    name: 'interleave',
    value: 'ORDER',
    help: 'time (default): records of all traces in order of their times; N: N of each in turn',
  },
  {
    name: 'hypervisor',
    value: 'KIND',
    help: 'kvm, kvmgt (of the old trees) or xen: each guest is a virtual machine of it',
  },
];

/** Traces as guests of one host. @throws Failure, UsageError */
export async function replayTogether(
  args: Arguments,
  request: ReplayRequest,
  terminal: Terminal,
): Promise<ExitStatus> {
  if (args.text(AGAINST.name) !== undefined) {
    throw new UsageError('--against compares with a dump of one vGPU: give one trace.');
  }
  refuseRegisters(args);
  refuseImages(args, 'give one trace, and none of --schedule, --interleave, --hypervisor');
  const how = howOf(args);
  const traces = await openAll(args.positionals, request.hints, terminal);
  const { change, compare, gvtG } = request;
  const made = hostFor(withGolden(traces, await goldenFiles(args, terminal)), { ...how, change });
  if ('problem' in made) throw new Failure(made.problem);
  const { host, vgpus } = made;
  const guests = traces.flatMap(({ store }, index) => {
    const device = vgpus[index];
    return device === undefined ? [] : [{ store, device, golden: made.golden[index] }];
  });
  const token = { cancelled: false };
  const scores = await withBar(terminal, (bar) => {
    const progress = (fraction: number) => bar.show(fraction, args.positionals.join(', '));
    return scoreTogether(guests, how.interleave, { compare, gvtG, progress }, token);
  });
  const { platform, deviceId } = host.host.config;
  const names = registerDirectory(platform, deviceId);
  const reports = scores.flatMap((score, index) => {
    const trace = traces[index];
    const vgpu = vgpus[index]?.id ?? 0;
    if (trace === undefined) return [];
    return [{ trace: trace.name, vgpu, ...replayReport(trace, score, names) }];
  });
  const { schedule, interleave } = how;
  const whole = { schedule, interleave, guests: reports, hostHash: host.hash() };
  const texts = reports.map((report) => replayText(`vGPU ${report.vgpu}, ${report.trace}`, report));
  await terminal.out(
    args.has('json') ? `${JSON.stringify(whole, null, 2)}\n` : `${texts.join('\n')}`,
  );
  return reports.every(isClean) ? ExitStatus.ok : ExitStatus.failed;
}

/** Each guest with what it starts from. */
export function withGolden(
  traces: readonly OpenedTrace[],
  golden: readonly (GoldenFile | undefined)[],
): readonly RecordedGuest[] {
  return traces.map(({ name, device }, index) => {
    const own = golden[index];
    return { name, device, ...(own === undefined ? {} : { golden: own }) };
  });
}

/** @throws Failure, UsageError */
export async function openAll(
  paths: readonly string[],
  hints: ReaderHints,
  terminal: Terminal,
): Promise<OpenedTrace[]> {
  if (paths.filter((path) => path === '-').length > 1)
    throw new UsageError('only one trace can come from standard input.');
  const traces: OpenedTrace[] = [];
  for (const path of paths) {
    const trace = await loadTrace(path, terminal, hints);
    requireRecords(trace);
    warnOfDiagnostics(trace, terminal);
    traces.push(trace);
  }
  return traces;
}

/** How vGPUs share their host. */
export interface How {
  readonly schedule: Schedule;
  readonly interleave: Interleave;
  readonly hypervisor?: HypervisorKind;
}

/** @throws UsageError */
export function howOf(args: Arguments): How {
  const schedule = scheduleOf(args.text('schedule'));
  const interleave = interleaveOf(args);
  const hypervisor = hypervisorOf(args.text('hypervisor'));
  if (schedule === 'sliced' && interleave !== 'time')
    throw new UsageError(
      '--interleave N goes with --schedule at-once: time slices need one clock for all guests.',
    );
  return { schedule, interleave, ...(hypervisor === undefined ? {} : { hypervisor }) };
}

function scheduleOf(text = 'at-once'): Schedule {
  if (text === 'at-once') return 'at once';
  if (text === 'sliced') return 'sliced';
  throw new UsageError(`--schedule takes at-once or sliced, not "${text}".`);
}

function interleaveOf(args: Arguments): Interleave {
  const text = args.text('interleave') ?? 'time';
  if (text === 'time') return 'time';
  if (/^\d+$/.test(text)) return args.count('interleave', 1) ?? 'time';
  throw new UsageError(`--interleave takes time or a number of records, not "${text}".`);
}

function hypervisorOf(text: string | undefined): HypervisorKind | undefined {
  if (text === undefined) return undefined;
  const kind = HYPERVISORS.find((known) => known === text);
  if (kind !== undefined) return kind;
  throw new UsageError(`--hypervisor takes kvm, kvmgt or xen, not "${text}".`);
}
