import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AubCommands, commandText } from '../../timeline/index.ts';
import { AubWalker } from '../../trace/index.ts';
import type { Bench, Figure } from '../figure.ts';
import { inTurns } from '../measure.ts';
import { AUB, inflatedSample, pieces } from '../samples.ts';

/** The sample over and over, so that the file is as large as those of real programs. */
const COPIES = 20;
/** Lines that aubinator of Mesa 22.3.6 prints for one copy: what is printed is compared by its lines, not ours. */
const LINES = 2107;
/**
 * What aubinator takes for such a file (91 MB, 40,000 lines) on an idle machine of two cores. Where it has not run in
 * turns with ours, whether a target is met is not said.
 */
const AUBINATOR_MS = 170;

/** Decoding an AUB file to text, against aubinator: the one that the variable AUBINATOR names, if it does. */
export const decodingBench: Bench = {
  name: 'decoding',
  summary: "an AUB file's commands to text, against aubinator",
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'vgpu-bench-'));
    try {
      const file = join(folder, 'copies.aub');
      const copy = inflatedSample(AUB);
      const bytes = Buffer.concat(Array.from({ length: COPIES }, () => copy));
      writeFileSync(file, bytes);
      return await decoding(file, bytes, join(folder, 'out.txt'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function decoding(file: string, bytes: Uint8Array, output: string): Promise<Figure[]> {
  const aubinator = process.env['AUBINATOR'];
  const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
  const time = await inTurns({
    text: () => textLetters(bytes),
    command: () => runInto(output, process.execPath, [cli, 'decode', file]),
    aubinator: () => {
      if (aubinator !== undefined) runInto(output, aubinator, ['--no-pager', file]);
    },
  });
  const theirs = aubinator === undefined ? AUBINATOR_MS : time.aubinator;
  const where = aubinator === undefined ? 'aubinator, on another machine' : 'aubinator, in turns';
  const lines = LINES * COPIES;
  const megabytes = (bytes.length / 1e6).toFixed(0);
  const ratio = theirs / time.text;
  return [
    {
      what: `decoding the commands of an AUB of ${megabytes} MB to text, once running`,
      measured: `${ratio.toFixed(1)} × aubinator, ${rate(lines, time.text)}`,
      baseline: `${where}: ${rate(lines, theirs)}`,
      target: '≥ 3 × aubinator',
      ...(aubinator === undefined ? {} : { met: ratio >= 3 }),
    },
    {
      what: 'the whole command (vgpu decode), start-up and reading included',
      measured: `${time.command.toFixed(0)} ms`,
      baseline: `${where}: ${theirs.toFixed(0)} ms`,
      target: 'no slower than aubinator',
      ...(aubinator === undefined ? {} : { met: time.command <= theirs }),
    },
  ];
}

/** In lines of aubinator's. */
function rate(lines: number, milliseconds: number): string {
  return `${(lines / milliseconds / 1000).toFixed(2)} million lines/s`;
}

function textLetters(bytes: Uint8Array): number {
  let letters = 0;
  const commands = new AubCommands({
    run: () => undefined,
    fact: () => undefined,
    note: () => undefined,
    command: (tree) => {
      letters += commandText(tree).length;
    },
  });
  const walker = new AubWalker(commands);
  for (const piece of pieces(bytes)) walker.push(piece);
  walker.end();
  return letters;
}

/** Both write to a file: a pipe would measure its reader too. */
function runInto(output: string, program: string, args: readonly string[]): void {
  execFileSync(program, args, { stdio: ['ignore', openSync(output, 'w'), 'inherit'] });
}
