import {
  defaultConfig,
  gvtMonitor,
  isSupportedPlatform,
  type Monitor,
  type Partition,
  PLATFORMS,
  type Platform,
  partitionProblem,
  type VgpuConfig,
} from '../../emulator/index.ts';
import { UsageError } from '../failures.ts';
import type { Arguments } from '../options.ts';

const MIB = 1 << 20;
/** What a GGTT of 8 MiB can address. */
const GRAPHICS_BYTES = 2 ** 32;

/** The vGPU that the options ask for. @throws UsageError */
export function guestDevice(
  args: Arguments,
  needsMonitor: boolean,
  monitors: Readonly<Record<'hdmi' | 'dp', Monitor>>,
): VgpuConfig {
  const standard = defaultConfig(platformOf(args));
  const partition = partitionOf(args.text('gm'), standard);
  const kind = args.text('monitor') ?? (needsMonitor ? 'hdmi' : 'none');
  const legacyInterrupt = args.has('intx') ? { legacyInterrupt: true } : {};
  const device = { ...standard, partition, ...legacyInterrupt };
  if (kind === 'none') return device;
  if (kind === 'hdmi') return { ...device, monitor: monitors.hdmi };
  const { port } = gvtMonitor(standard.platform);
  if (kind === 'dp') return { ...device, monitor: { ...monitors.dp, port } };
  throw new UsageError(`--monitor takes hdmi, dp or none, not "${kind}".`);
}

/** @throws UsageError */
export function platformOf(args: Arguments): Platform | undefined {
  const name = args.text('platform');
  if (name === undefined || isSupportedPlatform(name)) return name;
  const known = Object.keys(PLATFORMS).join(', ');
  throw new UsageError(`--platform takes ${known}, not "${name}".`);
}

function partitionOf(text: string | undefined, { partition, apertureSize }: VgpuConfig): Partition {
  if (text === undefined) return partition;
  const match = /^(\d+)(?:@(\d+))?\+(\d+)(?:@(\d+))?$/.exec(text);
  if (match === null)
    throw new UsageError(
      `--gm takes two sizes in MiB, as in 64+384 or 64@64+384@512, not "${text}".`,
    );
  const [, mappable, mappableBase, hidden, hiddenBase] = match;
  const bytes = (mib: string | undefined, otherwise: number) =>
    mib === undefined ? otherwise : Number(mib) * MIB;
  const wanted: Partition = {
    ...partition,
    mappableSize: bytes(mappable, 0),
    mappableBase: bytes(mappableBase, partition.mappableBase),
    hiddenSize: bytes(hidden, 0),
    hiddenBase: bytes(hiddenBase, partition.hiddenBase),
  };
  const problem = partitionProblem(wanted, apertureSize, GRAPHICS_BYTES);
  if (problem !== undefined) throw new UsageError(`--gm ${text} cannot be: ${problem}.`);
  return wanted;
}
