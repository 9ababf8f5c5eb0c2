import { FOREGROUND_VM, GuestsViews, HostDevice, registerDirectory } from '../../emulator/index.ts';
import {
  createLocalSession,
  type GoldenFile,
  hostFor,
  mergeTraces,
  type ScreenView,
  type TimelineSession,
} from '../../timeline/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import { Failure } from '../failures.ts';
import type { Arguments } from '../options.ts';
import { howOf, withGolden } from './replay-together.ts';
import { goTo, type Look } from './screen-options.ts';

/** Engines that draw keep a display switch waiting; for so long, in nanoseconds, it is waited for. */
const PATIENCE = 1e9;

/**
 * What is on the screen of the host of these guests, with vGPU `foreground` in the foreground.
 * @throws Failure, UsageError
 */
export async function hostScreenAt(
  traces: readonly OpenedTrace[],
  golden: readonly (GoldenFile | undefined)[],
  args: Arguments,
  foreground: string,
  look: Look,
): Promise<ScreenView | undefined> {
  const how = howOf(args);
  const made = hostFor(withGolden(traces, golden), how);
  if ('problem' in made) throw new Failure(made.problem);
  const { host, vgpus } = made;
  const { platform, deviceId } = host.host.config;
  const device = new HostDevice(host, vgpus);
  const { trace } = mergeTraces(
    traces.map((each) => ({ trace: each })),
    how.interleave,
  );
  const directory = registerDirectory(platform, deviceId);
  const views = new GuestsViews(device);
  const session = createLocalSession({ trace, device, directory, views });
  await goTo(session, look);
  await writeForeground(session, foreground);
  if (!host.finishDisplaySwitch(PATIENCE)) {
    throw new Failure(
      `the display is not switched to vGPU ${foreground}: an engine draws for longer than a second, and a switch waits for that.`,
    );
  }
  return session.inspect({ kind: 'screen', whose: 'host', ...look.pipe });
}

async function writeForeground(session: TimelineSession, text: string): Promise<void> {
  try {
    await session.writeHostFile(FOREGROUND_VM, text);
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error));
  }
}
