import type { ScenarioName } from '../../guest/index.ts';
import type { Command } from '../command.ts';
import { ExitStatus } from '../exit-status.ts';
import { Failure, UsageError } from '../failures.ts';
import { refusePlace } from '../output-path.ts';
import { guestDevice, platformOf } from './guest-device.ts';
import { guestFiles } from './guest-files.ts';
import { GuestProgress } from './guest-progress.ts';

const MIB = 1 << 20;
/** For the kernel's command line: drivers get the interrupt pin. */
const NO_MSI = 'pci=nomsi';

export const guestCommand: Command = {
  name: 'guest',
  summary: 'boot a Linux with its own i915 driver on the emulated vGPU',
  details:
    'Boots a Linux guest in a PC emulator, with the emulated vGPU on its PCI bus, and has it do\n' +
    'something. Its console goes to standard output, progress to standard error. Ends with status 1\n' +
    'where the guest did not succeed, by its own words. npm run guest:fetch gets what it needs.\n\n' +
    'Scenarios: boot (up to where i915 would be loaded), probe (load i915), gem (batches on four\n' +
    'engines), modeset (mode set, console), hang (an endless batch and recovery), unload (unload and\n' +
    'load again), kmscube (Mesa draws a turning cube).',
  withoutTrace: true,
  options: [
    { name: 'scenario', value: 'NAME', help: 'what the guest does; default: probe' },
    {
      name: 'kernel',
      value: 'FILE',
      help: 'its kernel (bzImage, 32 bits), or stock (default) or other: those that were fetched',
    },
    { name: 'initrd', value: 'FILE', help: 'its initial file system, for a kernel of your own' },
    { name: 'images', value: 'FOLDER', help: 'where the fetched images are' },
    { name: 'monitor', value: 'KIND', help: 'hdmi, dp or none; default: what the scenario needs' },
    {
      name: 'gm',
      value: 'MAPPABLE+HIDDEN',
      help: "the vGPU's slice of graphics memory in MiB: SIZE or SIZE@BASE, as in 64@64+384@512",
    },
    { name: 'memory', value: 'MIB', help: "the guest's memory; default: 256, for kmscube 512" },
    { name: 'platform', value: 'NAME', help: 'skl (default), bdw or kbl' },
    { name: 'intx', help: 'give the device INTA#, and tell the kernel to do without MSI' },
    {
      name: 'opregion',
      help: 'firmware gives the guest the OpRegion: its VBT has DisplayPort on ports A to D, and nothing else',
    },
    { name: 'mesa', help: 'put kmscube and Mesa into its file system, whatever the scenario' },
    { name: 'stacks', help: "record the driver's call stack with each access to a register" },
    { name: 'profile', help: "tell how much of the run's time the device takes, and for what" },
    { name: 'record', value: 'FILE', help: 'write a recording; packed if the name ends in .gz' },
  ],
  async run(_, args, terminal) {
    // No other command has use for it.
    const guest = await import('../../guest/index.ts');
    const {
      GuestError,
      DP_MONITOR,
      HDMI_MONITOR,
      readImages,
      runScenario,
      SCENARIOS,
      scenarioNamed,
    } = guest;
    const scenario = scenarioOf(args.text('scenario') ?? 'probe', Object.keys(SCENARIOS));
    const { needsMonitor = false, needsMesa = false, memory = 256 } = scenarioNamed(scenario);
    const device = guestDevice(args, needsMonitor, { hdmi: HDMI_MONITOR, dp: DP_MONITOR });
    const platform = platformOf(args);
    const { choice, snapshots } = guestFiles(args, needsMesa || args.has('mesa'));
    const record = args.text('record');
    const stacks = args.has('stacks');
    if (stacks && record === undefined)
      throw new UsageError('--stacks goes into a recording: give --record too.');
    if (record !== undefined) await refusePlace(record);
    const progress = new GuestProgress(terminal);
    try {
      const result = await runScenario({
        scenario,
        device,
        images: await readImages(choice),
        memory: (args.count('memory', 64) ?? memory) * MIB,
        snapshots,
        ...(platform === undefined ? {} : { platform }),
        ...(args.has('intx') ? { commandLine: NO_MSI } : {}),
        opRegion: args.has('opregion'),
        profile: args.has('profile'),
        stacks,
        ...(record === undefined ? {} : { record }),
        watcher: progress,
      });
      progress.end(result);
      return result.passed ? ExitStatus.ok : ExitStatus.failed;
    } catch (error) {
      throw error instanceof GuestError ? new Failure(error.message) : error;
    }
  },
};

function scenarioOf(name: string, known: readonly string[]): ScenarioName {
  const found = known.find((candidate): candidate is ScenarioName => candidate === name);
  if (found !== undefined) return found;
  throw new UsageError(`--scenario takes ${known.join(', ')}, not "${name}".`);
}
