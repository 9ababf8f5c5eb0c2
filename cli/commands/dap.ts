import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from '../command.ts';
import { ExitStatus } from '../exit-status.ts';
import { Failure, UsageError } from '../failures.ts';

/** The adapter is a program of its own: beside this one where it is bundled, else among the sources. */
const PLACES = ['./debug-adapter.js', '../../debug-adapter/main.ts'];

const MOST_PORT = 65535;

export const dapCommand: Command = {
  name: 'dap',
  summary: 'serve a debugger: the Debug Adapter Protocol on standard input and output',
  details:
    'Runs the debug adapter for any editor that speaks the Debug Adapter Protocol. With --port it serves\n' +
    'any number of conversations on connections of this machine instead.',
  withoutTrace: true,
  options: [{ name: 'port', value: 'N', help: 'listen there; 0: any free port, told on stderr' }],
  async run(_, args) {
    const port = args.count('port', 0);
    if (port !== undefined && port > MOST_PORT)
      throw new UsageError(`--port takes a whole number from 0 to ${MOST_PORT}, not "${port}".`);
    const found = PLACES.map((place) => new URL(place, import.meta.url)).find((url) =>
      existsSync(fileURLToPath(url)),
    );
    if (found === undefined) throw new Failure('the debug adapter is missing beside this program.');
    // It reads its own command line: that of a process that was started for it.
    process.argv.splice(
      2,
      process.argv.length,
      ...(port === undefined ? [] : ['--port', `${port}`]),
    );
    await import(found.href);
    // The conversation's end is the process's: nothing keeps it waiting then. The adapter may have set a status.
    return new Promise<ExitStatus>((resolve) =>
      process.once('beforeExit', () => resolve(statusSoFar())),
    );
  },
};

function statusSoFar(): ExitStatus {
  const set = Object.values(ExitStatus).find((status) => status === process.exitCode);
  return set ?? ExitStatus.ok;
}
