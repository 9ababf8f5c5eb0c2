import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../support/source-files.ts';

/** VS Code as a user gets it: `npm start`, with settings and extensions of its own. */
export interface StartedVsCode {
  /** Address that `npm start` printed. */
  readonly address: string;
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Names the folder with settings and extensions, which is emptied first. */
  readonly name: string;
  /** Folder to open instead of the samples. */
  readonly folder?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** For VS Code's server. */
  readonly serverArguments?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Milliseconds; a first start also installs. */
const startTimeout = 300_000;

/** Runs `npm start` until it prints the address; throws with its output where it does not. */
export async function startVsCode(options: StartOptions): Promise<StartedVsCode> {
  const data = path.join(root, '.cache/test-vscode', options.name);
  rmSync(data, { recursive: true, force: true });
  const child = spawn('npm', ['start', '--silent', '--', ...startArguments(options, data)], {
    cwd: root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that one signal reaches npm and the script that it runs, as Ctrl-C would.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const stop = async () => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    await exited;
  };
  try {
    const address = await printedAddress(child);
    addSettings(path.join(data, 'user-data/User/settings.json'), options.settings ?? {});
    return { address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startArguments(options: StartOptions, data: string): string[] {
  const folder = options.folder === undefined ? [] : ['--folder', options.folder];
  const passed = options.serverArguments === undefined ? [] : ['--', ...options.serverArguments];
  return ['--server', '--no-open', '--port', '0', '--data', data, ...folder, ...passed];
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (reason: string) => {
      clearTimeout(timer);
      reject(new Error(`npm start ${reason}; it printed:\n${output}`));
    };
    const timer = setTimeout(() => fail('printed no address in time'), startTimeout);
    child.on('close', (status) => fail(`ended with ${status}`));
    child.on('error', (error) => fail(error.message));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
        const address = /VS Code is at (\S+)/.exec(output)?.[1];
        if (address === undefined) return;
        clearTimeout(timer);
        resolve(address);
      });
    }
  });
}

function addSettings(file: string, settings: Readonly<Record<string, unknown>>): void {
  const present: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const all = typeof present === 'object' ? { ...present, ...settings } : settings;
  writeFileSync(file, JSON.stringify(all));
}
