import { createVgpu, registerDirectory } from '../../emulator/index.ts';
import {
  asGvtG,
  type ComparePolicy,
  deviceConfigFor,
  HOST_REGISTERS,
  scoreReplay,
} from '../../timeline/index.ts';
import type { Command } from '../command.ts';
import { ExitStatus } from '../exit-status.ts';
import { Failure, UsageError } from '../failures.ts';
import {
  hintsOf,
  loadTrace,
  requireRecords,
  TRACE_OPTIONS,
  warnOfDiagnostics,
} from '../load-trace.ts';
import type { Arguments } from '../options.ts';
import { replayReport } from './replay-report.ts';
import { replayText } from './replay-text.ts';

const POLICIES: readonly ComparePolicy[] = ['compare', 'force', 'ignore'];

export const replayCommand: Command = {
  name: 'replay',
  summary: "give a trace to the emulated vGPU and compare its answers with the trace's",
  details:
    "Replays a trace on the emulated vGPU and compares the model's answers with the recorded ones.\n" +
    'Ends with status 1 where an answer differs without an explanation (a divergence).\n' +
    'docs/comparison.md says which reads count and which differences are explained.',
  options: [
    { name: 'json', help: 'print one JSON object' },
    {
      name: 'compare',
      value: 'POLICY',
      help: 'compare (default); force: reads answer what was recorded; ignore: do not compare',
    },
    {
      name: 'device',
      value: 'KIND|NAME',
      multiple: true,
      help: 'gvt-g: the real one, with its scanner, quirks and monitor; vgpu (default). Any other NAME is a part of the name of the device that the log is about',
    },
    ...TRACE_OPTIONS.filter(({ name }) => name !== 'device'),
  ],
  async run(path, args, terminal) {
    const compare = policyOf(args);
    const devices = args.texts('device');
    const isGvtG = kindOf(devices) === 'gvt-g';
    const trace = await loadTrace(path, terminal, hintsOf(args, nameOf(devices)));
    requireRecords(trace);
    warnOfDiagnostics(trace, terminal);
    const described = deviceConfigFor(trace.device);
    if ('problem' in described) throw new Failure(described.problem);
    const config = isGvtG ? asGvtG(described) : described;
    const excepted = isGvtG ? HOST_REGISTERS.map(({ offset }) => offset) : [];
    const names = registerDirectory(config.platform, config.deviceId);
    const device = createVgpu(config);
    const score = await scoreReplay(
      trace.store,
      device,
      { compare, excepted },
      { cancelled: false },
    );
    const report = replayReport(trace, score, names);
    await terminal.out(
      args.has('json') ? `${JSON.stringify(report, null, 2)}\n` : replayText(trace.name, report),
    );
    const unexplained = report.results?.unexplainedCount ?? 0;
    return report.divergenceCount + unexplained === 0 ? ExitStatus.ok : ExitStatus.failed;
  },
};

const KINDS = ['vgpu', 'gvt-g'];

/** What is made for the trace; the last that is given counts. */
function kindOf(devices: readonly string[]): string {
  return devices.findLast((device) => KINDS.includes(device)) ?? 'vgpu';
}

/** Which of the log's devices it is. */
function nameOf(devices: readonly string[]): string | undefined {
  return devices.findLast((device) => !KINDS.includes(device));
}

function policyOf(args: Arguments): ComparePolicy {
  const wanted = args.text('compare') ?? 'compare';
  const policy = POLICIES.find((known) => known === wanted);
  if (policy !== undefined) return policy;
  throw new UsageError(`--compare takes compare, force or ignore, not "${wanted}".`);
}
