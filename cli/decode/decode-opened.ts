import { createVgpu, type FieldCatalog, fieldCatalog, VgpuViews } from '../../emulator/index.ts';
import { decodeDump, decodeRecorded, decodeReplay, type GoldenFile } from '../../timeline/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import { Failure } from '../failures.ts';
import { deviceOf } from '../trace-device.ts';
import type { DecodePrinter } from './decode-printer.ts';

/** What a log is of that does not say it, as everywhere. */
const USUAL_PLATFORM = 'skl';

/** How a trace is replayed whose commands are decoded. */
export interface Replaying {
  /** What its vGPU starts from. */
  readonly golden: GoldenFile | undefined;
  /** Gets the fraction done, 0–1. */
  readonly progress: (fraction: number) => void;
}

/**
 * The commands of a trace that has been opened: those in a dump's buffers, or those that its replay executes.
 * @throws Failure where there are none, or none that are known
 */
export async function decodeOpened(
  trace: OpenedTrace,
  printer: DecodePrinter,
  how: Replaying,
): Promise<void> {
  const { name, snapshot, store, format } = trace;
  if (store.length > 0) {
    if ((await replayed(trace, printer, how)) > 0) return;
    // Without memory nothing is executed; some logs show commands all the same.
    const platform = trace.device.platform ?? how.golden?.device.platform ?? USUAL_PLATFORM;
    const catalog = catalogOf(platform);
    if (decodeRecorded(store, catalog, printer) === 0)
      throw new Failure(`${name} shows no commands.`);
  } else if (snapshot === undefined || snapshot.buffers.length === 0) {
    throw new Failure(`${name} (${format?.title}) holds no commands.`);
  } else decodeDump(snapshot, catalogOf(trace.device.platform), printer);
}

async function replayed(
  { store, device: description }: OpenedTrace,
  printer: DecodePrinter,
  { golden, progress }: Replaying,
) {
  const config = deviceOf(description, golden);
  const device = createVgpu(config);
  const views = new VgpuViews(device);
  const token = { cancelled: false };
  const options = {
    store,
    device,
    catalog: catalogOf(config.platform),
    listener: printer,
    memoryOf: (engine: string) => ({
      dword: (space: 'ggtt' | 'ppgtt', address: number) => views.dword(engine, space, address),
    }),
    progress: async (fraction: number) => {
      progress(fraction);
      if (!(await printer.flush())) token.cancelled = true;
    },
  };
  return await decodeReplay(options, token);
}

function catalogOf(platform: string | undefined): FieldCatalog {
  const catalog = platform === undefined ? undefined : fieldCatalog(platform);
  if (catalog !== undefined) return catalog;
  const device = platform === undefined ? 'a device that it does not name' : platform;
  throw new Failure(`the trace is of ${device}: only commands of Gen8 and Gen9 are known.`);
}
