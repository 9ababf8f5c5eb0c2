import type { VgpuConfig } from '../../emulator/index.ts';
import { asGvtG, type ComparePolicy } from '../../timeline/index.ts';
import type { ReaderHints } from '../../trace/index.ts';
import { UsageError } from '../failures.ts';
import { GOLDEN_OF_EACH } from '../golden-file.ts';
import { hintsOf } from '../load-trace.ts';
import type { Arguments, OptionRow } from '../options.ts';
import { AGAINST } from './replay-against.ts';

export const REPLAY_OPTIONS: readonly OptionRow[] = [
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
  GOLDEN_OF_EACH,
  AGAINST,
];

/** How a replay is to be compared, and on which device. */
export interface ReplayRequest {
  readonly hints: ReaderHints;
  readonly compare: ComparePolicy;
  /** The device is the real GVT-g's. */
  readonly gvtG: boolean;
  /** What becomes of the device that a recording describes. */
  readonly change: (config: VgpuConfig) => VgpuConfig;
}

/** @throws UsageError */
export function replayRequest(args: Arguments): ReplayRequest {
  const devices = args.texts('device');
  const asked = { hints: hintsOf(args, nameOf(devices)), compare: policyOf(args) };
  if (kindOf(devices) === 'vgpu') return { ...asked, gvtG: false, change: (config) => config };
  return { ...asked, gvtG: true, change: asGvtG };
}

const KINDS = ['vgpu', 'gvt-g'];

/** What is made for the trace; the last that is given counts. */
function kindOf(devices: readonly string[]): string {
  return devices.findLast((device) => KINDS.includes(device)) ?? 'vgpu';
}

/** Which of the log's devices it is. */
function nameOf(devices: readonly string[]): string | undefined {
  return devices.findLast((device) => !KINDS.includes(device));
}

const POLICIES: readonly ComparePolicy[] = ['compare', 'force', 'ignore'];

function policyOf(args: Arguments): ComparePolicy {
  const wanted = args.text('compare') ?? 'compare';
  const policy = POLICIES.find((known) => known === wanted);
  if (policy !== undefined) return policy;
  throw new UsageError(`--compare takes compare, force or ignore, not "${wanted}".`);
}
