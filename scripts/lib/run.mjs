import { spawn } from 'node:child_process';

/** A command that ended with a status other than 0, or could not be started. */
export class CommandError extends Error {}

/**
 * Runs a command to its end. With `capture`, standard output is returned instead of shown.
 * Throws CommandError, naming the command, when it fails.
 */
export function run(command, args, { capture = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const stdout = capture ? 'pipe' : 'inherit';
    const child = spawn(command, args, { stdio: ['ignore', stdout, 'inherit'], ...options });
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', (error) =>
      reject(new CommandError(`cannot start ${command}: ${error.message}`)),
    );
    child.on('close', (status, signal) => {
      if (status === 0) resolve(text);
      else reject(new CommandError(`${describe(command, args)} ended with ${signal ?? status}`));
    });
  });
}

/** Runs `main`; an error becomes a sentence and exit status 1, not a stack trace of ours. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof CommandError ? error.message : error);
    process.exitCode = 1;
  }
}

function describe(command, args) {
  const line = [command.split('/').at(-1), ...args].join(' ');
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
