import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { openTrace } from '../../trace/index.ts';
import { countNewlines } from '../baselines/count-newlines.ts';
import type { Bench, Figure } from '../figure.ts';
import { inTurns, milliseconds } from '../measure.ts';
import { FBCON, inflatedSample, pieces, STACKS, samplePath } from '../samples.ts';

/** Opening a text trace: bytes a second and memory, against counting the newlines of the same bytes. */
export const openingBench: Bench = {
  name: 'opening',
  summary: 'opening a text trace, against counting its lines',
  async run() {
    return [...(await opening(FBCON)), ...(await opening(STACKS))];
  },
};

async function opening(name: string): Promise<Figure[]> {
  const bytes = inflatedSample(name);
  const megabytes = bytes.length / 1e6;
  const time = await inTurns({
    open: () => openTrace(pieces(bytes)),
    count: () => countNewlines(bytes),
  });
  const { store } = await openTrace(pieces(bytes));
  const perRecord = store.bytesUsed / store.length;
  const rate = (megabytes / time.open) * 1000;
  const packed = readFileSync(samplePath(name));
  const unpacking = await milliseconds(() => gunzipSync(packed));
  return [
    {
      what: `opening ${name}, unpacked (${megabytes.toFixed(0)} MB, ${store.length} records)`,
      measured: `${rate.toFixed(0)} MB/s, ${time.open.toFixed(0)} ms`,
      baseline: `counting newlines: ${((megabytes / time.count) * 1000).toFixed(0)} MB/s`,
      target: '≥ 200 MB/s',
      met: rate >= 200,
    },
    {
      what: `unpacking ${name} by zlib`,
      measured: `${unpacking.toFixed(0)} ms`,
    },
    {
      what: `memory a record, ${name}`,
      measured: `${perRecord.toFixed(1)} bytes`,
      target: '≤ 24 bytes',
      met: perRecord <= 24,
    },
  ];
}
