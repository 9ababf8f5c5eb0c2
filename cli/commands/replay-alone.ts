import { createVgpu, registerDirectory } from '../../emulator/index.ts';
import { deviceConfigFor, scoreReplay } from '../../timeline/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import { ExitStatus } from '../exit-status.ts';
import { Failure } from '../failures.ts';
import { loadTrace, requireRecords, warnOfDiagnostics } from '../load-trace.ts';
import type { Arguments } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { againstReport, againstText, loadDump } from './replay-against.ts';
import type { ReplayRequest } from './replay-options.ts';
import { isClean, replayReport } from './replay-report.ts';
import { replayText } from './replay-text.ts';

/** One trace on a vGPU without a host. @throws Failure */
export async function replayAlone(
  path: string,
  args: Arguments,
  { hints, compare, gvtG, change }: ReplayRequest,
  terminal: Terminal,
): Promise<ExitStatus> {
  const trace = await loadTrace(path, terminal, hints);
  requireRecords(trace);
  warnOfDiagnostics(trace, terminal);
  const file = args.text('against');
  const dump = file === undefined ? undefined : await loadDump(file, terminal);
  const described = deviceConfigFor(trace.device);
  if ('problem' in described) throw new Failure(described.problem);
  const config = change(described);
  const device = createVgpu(config);
  const score = await scoreReplay(
    trace.store,
    device,
    { compare, gvtG, platform: config.platform, ...vgpuOf(trace) },
    { cancelled: false },
  );
  const names = registerDirectory(config.platform, config.deviceId);
  const report = replayReport(trace, score, names);
  if (file === undefined || dump === undefined) {
    await print(args, report, () => replayText(trace.name, report), terminal);
    return isClean(report) ? ExitStatus.ok : ExitStatus.failed;
  }
  const against = againstReport(file, dump, { device, atPowerOn: createVgpu(config), gvtG }, names);
  const text = () => `${replayText(trace.name, report)}${againstText(against)}`;
  await print(args, { ...report, against }, text, terminal);
  return isClean(report) && against.different === 0 ? ExitStatus.ok : ExitStatus.failed;
}

async function print(
  args: Arguments,
  report: object,
  text: () => string,
  terminal: Terminal,
): Promise<void> {
  await terminal.out(args.has('json') ? `${JSON.stringify(report, null, 2)}\n` : text());
}

/** Which vGPU's events the log is about, where it tells. */
function vgpuOf({ device: { vgpuId } }: OpenedTrace): { readonly vgpu?: number } {
  return vgpuId === undefined ? {} : { vgpu: vgpuId };
}
