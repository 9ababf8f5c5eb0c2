import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench, Figure } from '../figure.ts';
import { FBCON, HANG, KMSCUBE } from '../samples.ts';

const RECORDS = 1_000_000;
const MOST_MB = 64;
const CHILD = fileURLToPath(new URL('../children/memory-child.ts', import.meta.url));

/** What `memory-child.ts` prints. Bytes. */
interface Held {
  readonly records: number;
  readonly alone: number;
  readonly held: number;
  readonly count: number;
}

/** Memory of a vGPU and of the checkpoints of a recording, the recording itself not counted. */
export const memoryBench: Bench = {
  name: 'memory',
  summary: 'memory of a vGPU and of the checkpoints of a recording',
  async run() {
    const figures: Figure[] = [];
    for (const sample of [FBCON, KMSCUBE, HANG]) figures.push(figureOf(sample, await held(sample)));
    return figures;
  },
};

function figureOf(sample: string, { alone, held, count }: Held): Figure {
  return {
    what: `a vGPU with the checkpoints of ${RECORDS / 1e6} million records, ${sample}`,
    measured: `${megabytes(held)} with ${count} checkpoints`,
    baseline: `the vGPU alone: ${megabytes(alone)}`,
    target: `≤ ${MOST_MB} MB`,
    met: held <= MOST_MB * 1e6,
  };
}

async function held(sample: string): Promise<Held> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    CHILD,
    sample,
    String(RECORDS),
  ]);
  const result: Held = JSON.parse(stdout);
  if (result.records !== RECORDS) throw new Error(`only ${result.records} records were replayed`);
  return result;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
