import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface CliResult {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the program as a shell would, with `input` on its standard input. */
export async function runCli(
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<CliResult> {
  const child = spawn(process.execPath, [MAIN, ...args]);
  // A program that stops reading early is not what these specs are about.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { status, out, err };
}

/** Runs the program with a reader that goes away after the first bytes. */
export async function runCliAndHangUp(
  args: readonly string[],
): Promise<{ readonly status: number | null; readonly err: string }> {
  const child = spawn(process.execPath, [MAIN, ...args]);
  child.stdin.end();
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stdout.once('data', () => child.stdout.destroy());
  const [err, status] = await Promise.all([text(child.stderr), ended]);
  return { status, err };
}

/** Path of a genuine recording. */
export function sample(name: string): string {
  return fileURLToPath(new URL(`../../samples/${name}`, import.meta.url));
}

/** The object that `--json` printed. */
export function jsonOf(result: CliResult): Record<string, unknown> {
  const parsed: unknown = JSON.parse(result.out);
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`no object: ${result.out}`);
  return Object.fromEntries(Object.entries(parsed));
}
