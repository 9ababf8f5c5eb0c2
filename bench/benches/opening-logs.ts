import { openTrace } from '../../trace/index.ts';
import { countNewlines } from '../baselines/count-newlines.ts';
import type { Bench, Figure } from '../figure.ts';
import { inTurns } from '../measure.ts';
import { inflatedSample, pieces } from '../samples.ts';

/** A log of each kind. They are small: their lines are taken over and over, up to a length that can be measured. */
const LOGS = [
  'skl_kvmgt.mmiotrace.gz',
  'radeon.mmiotrace.gz',
  'skl_vgpu.same-run.qemu.trace.gz',
  'skl_vgpu.ftrace.txt.gz',
  'skl_kvmgt.ftrace.txt.gz',
];
/** Of the last one, what is left when only GVT-g's own tracepoints are recorded: no access, all the rest. */
const EVENTS_OF = 'skl_kvmgt.ftrace.txt.gz';
const BYTES = 32 * 2 ** 20;

/** Opening other programs' logs, against counting the newlines of the same bytes. */
export const openingLogsBench: Bench = {
  name: 'opening-logs',
  summary: "opening other programs' logs, against counting their lines",
  async run() {
    const figures: Figure[] = [];
    for (const name of LOGS) figures.push(...(await opening(name, inflatedSample(name))));
    const events = withoutAccesses(inflatedSample(EVENTS_OF));
    figures.push(...(await opening(`GVT-g’s events of ${EVENTS_OF}, without accesses`, events)));
    return figures;
  },
};

async function opening(name: string, log: Uint8Array): Promise<Figure[]> {
  const bytes = overAndOver(log);
  const megabytes = bytes.length / 1e6;
  const time = await inTurns(
    { open: () => openTrace(pieces(bytes)), count: () => countNewlines(bytes) },
    3,
  );
  const { store } = await openTrace(pieces(bytes));
  const rate = (megabytes / time.open) * 1000;
  const perRecord = store.bytesUsed / store.length;
  return [
    {
      what: `opening ${name}, unpacked and repeated (${megabytes.toFixed(0)} MB, ${store.length} records)`,
      measured: `${rate.toFixed(0)} MB/s, ${perRecord.toFixed(1)} bytes a record`,
      baseline: `counting newlines: ${((megabytes / time.count) * 1000).toFixed(0)} MB/s`,
      target: '≥ 200 MB/s, ≤ 24 bytes a record',
      met: rate >= 200 && perRecord <= 24,
    },
  ];
}

function withoutAccesses(log: Uint8Array): Uint8Array {
  const lines = new TextDecoder().decode(log).split('\n');
  return new TextEncoder().encode(lines.filter((line) => !line.includes(' kvm_mmio: ')).join('\n'));
}

function overAndOver(log: Uint8Array): Uint8Array {
  const times = Math.ceil(BYTES / log.length);
  const bytes = new Uint8Array(log.length * times);
  for (let n = 0; n < times; n++) bytes.set(log, n * log.length);
  return bytes;
}
