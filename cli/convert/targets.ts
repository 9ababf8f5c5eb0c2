import { createVgpu } from '../../emulator/index.ts';
import {
  type ExportOptions,
  type GoldenFile,
  writePerfetto,
  writeVcd,
} from '../../timeline/index.ts';
import {
  MmiotraceWriter,
  type OpenedTrace,
  VgpuWriter,
  vgpuHeader,
  writeRecord,
} from '../../trace/index.ts';
import { tablesOf } from '../scenarios/run-file.ts';
import { deviceOf } from '../trace-device.ts';
import type { OutputFile } from './output-file.ts';

/** What a conversion is made of. */
export interface Conversion {
  readonly trace: OpenedTrace;
  readonly output: OutputFile;
  readonly signals: ((name: string) => boolean) | undefined;
  /** What a timeline's vGPU starts from. */
  readonly golden: GoldenFile | undefined;
  readonly progress: (fraction: number) => void;
}

/** A format to convert to: one row each. */
export interface Target {
  readonly id: string;
  /** Endings of files that are meant to be of it; a .gz may follow. */
  readonly endings: readonly string[];
  /** It shows what a vGPU does. */
  readonly replays?: true;
  /** Returns what was left out, in words. */
  write(conversion: Conversion): Promise<string | undefined>;
}

export const TARGETS: readonly Target[] = [
  { id: 'vgpu', endings: ['.vgpu'], write: toVgpu },
  { id: 'mmiotrace', endings: ['.mmiotrace'], write: toMmiotrace },
  {
    id: 'perfetto',
    endings: ['.json'],
    replays: true,
    write: (conversion) => toTimeline(conversion, writePerfetto, () => false),
  },
  {
    id: 'vcd',
    endings: ['.vcd'],
    replays: true,
    write: (conversion) => toTimeline(conversion, writeVcd, () => true),
  },
];

/** Records between two looks at how much there is to write. */
const SLICE = 4096;

async function toVgpu(conversion: Conversion): Promise<undefined> {
  const { trace, output } = conversion;
  output.emit(vgpuHeader(trace.device));
  const writer = new VgpuWriter(output.emit);
  await eachRecord(conversion, (record) => writeRecord(writer, trace.store, record));
}

async function toMmiotrace(conversion: Conversion): Promise<string | undefined> {
  const { trace, output } = conversion;
  const writer = new MmiotraceWriter(trace.device, output.emit);
  let left = 0;
  await eachRecord(conversion, (record) => {
    if (!writer.record(trace.store, record)) left++;
  });
  return left === 0
    ? undefined
    : `${left} records have no line in an mmiotrace log (configuration space, memory, results) and were left out`;
}

async function eachRecord(
  { trace: { store }, output, progress }: Conversion,
  write: (record: number) => void,
): Promise<void> {
  for (let record = 0; record < store.length; record++) {
    write(record);
    if (record % SLICE !== 0) continue;
    progress(record / store.length);
    await output.flush();
  }
}

/** Timelines show what the model does as it replays the trace. */
async function toTimeline(
  { trace, output, signals, golden, progress }: Conversion,
  write: (options: ExportOptions) => Promise<void>,
  standard: (name: string) => boolean,
): Promise<undefined> {
  const config = deviceOf(trace.device, golden);
  await write({
    store: trace.store,
    device: createVgpu(config),
    directory: tablesOf(config).directory,
    name: trace.name,
    signals: signals ?? standard,
    emit: output.emit,
    between: async (fraction) => {
      progress(fraction);
      await output.flush();
    },
  });
}
