import { createVgpu, type FieldCatalog, fieldCatalog, VgpuViews } from '../../emulator/index.ts';
import { decodeDump, decodeRecorded, decodeReplay, deviceConfigFor } from '../../timeline/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import { Failure } from '../failures.ts';
import type { DecodePrinter } from './decode-printer.ts';

/** What a log is of that does not say it, as everywhere. */
const USUAL_PLATFORM = 'skl';

/**
 * The commands of a trace that has been opened: those in a dump's buffers, or those that its replay executes.
 * @throws Failure where there are none, or none that are known
 */
export async function decodeOpened(trace: OpenedTrace, printer: DecodePrinter): Promise<void> {
  const { name, snapshot, store, format } = trace;
  if (store.length > 0) {
    if ((await replayed(trace, printer)) > 0) return;
    // Without memory nothing is executed; some logs show commands all the same.
    const catalog = catalogOf(trace.device.platform ?? USUAL_PLATFORM);
    if (decodeRecorded(store, catalog, printer) === 0)
      throw new Failure(`${name} shows no commands.`);
  } else if (snapshot === undefined || snapshot.buffers.length === 0) {
    throw new Failure(`${name} (${format?.title}) holds no commands.`);
  } else decodeDump(snapshot, catalogOf(trace.device.platform), printer);
}

async function replayed({ store, device: description }: OpenedTrace, printer: DecodePrinter) {
  const config = deviceConfigFor(description);
  if ('problem' in config) throw new Failure(config.problem);
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
    progress: async () => {
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
