import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AdapterClient } from '../adapter-client.ts';
import type { Bench, Figure } from '../figure.ts';
import { milliseconds, randomNumbers } from '../measure.ts';
import { FBCON, inflatedSample } from '../samples.ts';

const LINES = 10_000_000;
const MOST_MB = 1000;
const STEPS = 5;
const JUMPS = 20;
const CHILD = fileURLToPath(new URL('../children/measured-adapter.ts', import.meta.url));

/** A file of more than 10 million lines, opened and debugged: what the debug adapter's process takes. */
export const largeFileBench: Bench = {
  name: 'large-file',
  summary: 'a file of more than 10 million lines, opened and debugged',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'vgpu-bench-'));
    try {
      const trace = join(folder, 'large.vgpu');
      const records = writeLarge(trace);
      return [await debugging(trace, records, join(folder, 'peak'))];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function debugging(trace: string, lines: number, peak: string): Promise<Figure> {
  const client = new AdapterClient(CHILD, { PEAK: peak });
  const opening = await milliseconds(() => client.firstStop(trace));
  for (let step = 0; step < STEPS; step++) await client.go('next');
  await client.go('continue');
  await client.go('reverseContinue');
  const random = randomNumbers(1);
  for (let jump = 0; jump < JUMPS; jump++) {
    await client.goTo(Math.floor(random() * LINES));
    if ((await client.scopes()) === 0) throw new Error('no scope has a variable');
    await client.go('next');
    await client.go('stepBack');
  }
  await client.close();
  const megabytes = (await peakOf(peak)) / 1e6;
  return {
    what: `${(lines / 1e6).toFixed(1)} million lines (${FBCON} over and over), opened and debugged through DAP`,
    measured: `${megabytes.toFixed(0)} MB at most, first stop after ${(opening / 1000).toFixed(1)} s`,
    target: `≤ ${MOST_MB} MB`,
    met: megabytes <= MOST_MB,
  };
}

/** Bytes, once the process has ended. */
async function peakOf(file: string): Promise<number> {
  for (let wait = 0; wait < 100; wait++) {
    try {
      const bytes = Number(readFileSync(file, 'utf8'));
      if (bytes > 0) return bytes;
    } catch {}
    await setTimeout(100);
  }
  throw new Error('the debug adapter has not said how much memory it took');
}

/** The recording over and over, its time going on. Returns how many lines that are. */
function writeLarge(path: string): number {
  const text = new TextDecoder().decode(inflatedSample(FBCON));
  const body = text.slice(text.indexOf('\n# ') + 1);
  const inBody = count(body);
  const span = Math.max(...[...body.matchAll(/^T ([0-9.]+)/gm)].map(([, time]) => Number(time)));
  const file = openSync(path, 'w');
  writeSync(file, text.slice(0, text.length - body.length));
  const turns = Math.ceil(LINES / inBody);
  for (let turn = 0; turn < turns; turn++) writeSync(file, later(body, turn * (span + 1)));
  closeSync(file);
  return count(text) + (turns - 1) * inBody;
}

function later(body: string, seconds: number): string {
  return body.replace(
    /^([T#]) ([0-9.]+)/gm,
    (_, mark, time) => `${mark} ${(Number(time) + seconds).toFixed(6)}`,
  );
}

function count(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
