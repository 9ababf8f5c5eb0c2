import { createVgpu, registerDirectory } from '../../emulator/index.ts';
import {
  lastAnswer,
  modelFor,
  type ReplayScore,
  type Standing,
  scoreReplay,
} from '../../timeline/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import { ExitStatus } from '../exit-status.ts';
import { Failure, UsageError } from '../failures.ts';
import { GOLDEN_OPTION, goldenFiles } from '../golden-file.ts';
import { loadTrace, warnOfDiagnostics } from '../load-trace.ts';
import type { Arguments } from '../options.ts';
import { withBar } from '../progress-bar.ts';
import { describedRegisters, refuseRegisters } from '../register-file.ts';
import type { Terminal } from '../terminal.ts';
import { deviceOf } from '../trace-device.ts';
import { againstReport, againstText, loadDump } from './replay-against.ts';
import {
  type ImageRequest,
  imageRequest,
  refuseImages,
  refuseOverwriting,
  saveVgpu,
  startVgpu,
  textOf,
} from './replay-image.ts';
import type { ReplayRequest } from './replay-options.ts';
import { replayRecorded } from './replay-recorded.ts';
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
  requireReplayable(trace);
  warnOfDiagnostics(trace, terminal);
  const registers = await describedRegisters(args, terminal);
  const model = gvtG ? undefined : modelFor(trace, { registers });
  if (model !== undefined && 'kind' in model && model.kind === 'recorded') {
    refuseModelOptions(trace, args);
    return replayRecorded(trace, model, args, terminal);
  }
  refuseRegisters(args);
  const images = imageRequest(args);
  await refuseOverwriting(images, path);
  const [golden] = await goldenFiles(args, terminal);
  const config = change(deviceOf(trace.device, golden));
  const file = args.text('against');
  const known = { ...golden?.device, ...trace.device, platform: config.platform };
  const dump = file === undefined ? undefined : await loadDump(file, known, terminal);
  const { vgpu: device, from } = await startVgpu(images, config, trace, terminal);
  const { to } = images;
  const score = await withBar(terminal, (bar) =>
    scoreReplay(
      trace.store,
      device,
      {
        compare,
        gvtG,
        golden: config.golden,
        platform: config.platform,
        ...vgpuOf(trace),
        progress: (fraction) => bar.show(fraction, path),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      },
      { cancelled: false },
    ),
  );
  await saveVgpu(images, device, trace, score);
  const names = registerDirectory(config.platform, config.deviceId);
  const report = { ...replayReport(trace, score, names), ...partOf(images, from, score) };
  if (file === undefined || dump === undefined) {
    await print(args, report, () => replayText(trace.name, report), terminal);
    return isClean(report) ? ExitStatus.ok : ExitStatus.failed;
  }
  const dumped = {
    device,
    atPowerOn: createVgpu(config),
    gvtG,
    golden: config.golden,
    lastAnswer: (offset: number) => lastAnswer(trace.store, offset),
  };
  const against = againstReport(file, dump, dumped, names);
  const text = () => `${replayText(trace.name, report)}${againstText(against)}`;
  await print(args, { ...report, against }, text, terminal);
  return isClean(report) && against.different === 0 ? ExitStatus.ok : ExitStatus.failed;
}

/** Which part of the trace it was, and what was written; nothing for a whole one. */
function partOf({ save }: ImageRequest, from: Standing | undefined, { end }: ReplayScore) {
  return {
    ...(from === undefined ? {} : { from: textOf(from.moment) }),
    ...(save === undefined ? {} : { to: textOf(end.moment), image: save }),
  };
}

/** @throws UsageError for options that are about a model */
function refuseModelOptions({ name }: OpenedTrace, args: Arguments): void {
  refuseImages(args, `${name} is of a device that is not emulated`);
  if (args.text('against') === undefined && args.texts(GOLDEN_OPTION.name).length === 0) return;
  throw new UsageError(
    `--against and --golden are about the emulated vGPU, and ${name} is of a device that is not emulated.`,
  );
}

/** @throws Failure for a dump of one moment, with what can be done with it */
function requireReplayable({ name, format, store, snapshot }: OpenedTrace): void {
  if (store.length > 0 || snapshot === undefined) return;
  throw new Failure(
    `${name} shows one moment (${format?.title}), in which nothing happens that could be replayed. ` +
      `vgpu replay TRACE --against ${name} compares the end of a trace with it, vgpu decode prints its commands, ` +
      'vgpu screen its display, vgpu info what is in it; F5 in VS Code opens it.',
  );
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
