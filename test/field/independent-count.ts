import { spawnSync } from 'node:child_process';
import type { Count, FieldRow, Value } from './field-row.ts';

const MOST_OUTPUT = 2 ** 30;

/** What a program of the system says of bytes on its standard input. */
function run(program: string, args: readonly string[], input: Uint8Array): Uint8Array {
  const env = { ...process.env, LC_ALL: 'C' };
  const { error, stdout } = spawnSync(program, args, { input, env, maxBuffer: MOST_OUTPUT });
  if (error !== undefined) throw error;
  return stdout;
}

function numberOf(output: Uint8Array): number {
  const text = new TextDecoder().decode(output).trim();
  if (!/^\d+$/.test(text)) throw new Error(`no number: ${text.slice(0, 100)}`);
  return Number(text);
}

function linesLike(pattern: string, bytes: Uint8Array, ...flags: string[]): number {
  return numberOf(run('grep', ['-acE', ...flags, '-e', pattern], bytes));
}

/** Words of four bytes, one a line, in decimal. */
function words(bytes: Uint8Array): Uint8Array {
  return run('od', ['-An', '-v', '-tu4', '-w4'], bytes);
}

/** The number, or undefined where no program can tell it. */
export function count(how: Count, bytes: Uint8Array): number | undefined {
  if (typeof how === 'string') return linesLike(how, bytes);
  if ('some' in how) return undefined;
  if ('awk' in how) return numberOf(run('awk', [how.awk], bytes));
  if ('awkOfWords' in how) return numberOf(run('awk', [how.awkOfWords], words(bytes)));
  return linesLike(how.except, run('grep', ['-aE', '-e', how.lines], bytes), '-v');
}

/** Lines that a row's expressions leave out, and how many are in two of them. */
export function unexplainedLines(
  { counts, silent }: FieldRow,
  bytes: Uint8Array,
): { none: number; several: number } {
  const hows = [...Object.values(counts), ...(silent === undefined ? [] : [silent])];
  const patterns = hows.flatMap((how) =>
    typeof how === 'string' ? [how] : 'lines' in how ? [how.lines] : [],
  );
  const counted = hows.filter((how) => typeof how === 'string' || 'lines' in how);
  const sum = counted.reduce((total, how) => total + (count(how, bytes) ?? 0), 0);
  const none = linesLike(patterns.map((pattern) => `(${pattern})`).join('|'), bytes, '-v');
  return { none, several: sum + none - linesLike('', bytes) };
}

/** The value that the file has last. */
export function lastValue({ last }: Value, bytes: Uint8Array): number {
  if ('awkOfWords' in last) return numberOf(run('awk', [last.awkOfWords], words(bytes)));
  const matches = [...new TextDecoder().decode(bytes).matchAll(last)];
  return Number.parseInt(matches.at(-1)?.[1] ?? '', 16);
}
