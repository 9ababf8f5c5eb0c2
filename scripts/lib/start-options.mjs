import path from 'node:path';
import { parseArgs } from 'node:util';
import { cache, samples } from './paths.mjs';
import { CommandError } from './run.mjs';

const MOST_PORT = 65535;

/** Options of `npm start`, a row each; those without `value` take none. */
const OPTIONS = [
  {
    name: 'port',
    value: 'N',
    initial: '8440',
    help: "the port of VS Code's server (not of the desktop VS Code); 8440, or 0 for any",
  },
  { name: 'no-open', help: 'only print the address' },
  { name: 'server', help: "VS Code's server even where the desktop VS Code is on the PATH" },
  {
    name: 'folder',
    value: 'DIR',
    initial: samples,
    help: 'the folder to open instead of samples/',
  },
  {
    name: 'data',
    value: 'DIR',
    initial: path.join(cache, 'vscode'),
    help: 'where the server keeps settings and extensions instead of .cache/vscode',
  },
  { name: 'help', help: 'show this text' },
];

/** What a command line says. Throws CommandError with a sentence where it makes no sense. */
export function readOptions(args) {
  const { values, positionals } = parsed(args);
  const port = Number(values.port);
  if (!/^[0-9]+$/.test(values.port) || port > MOST_PORT)
    throw new CommandError(`--port ${values.port}: a port is a number from 0 to ${MOST_PORT}`);
  return {
    ...values,
    port,
    folder: path.resolve(values.folder),
    data: path.resolve(values.data),
    extraArguments: positionals,
  };
}

function parsed(args) {
  const options = OPTIONS.map(({ name, value, initial }) => [
    name,
    value === undefined
      ? { type: 'boolean', default: false }
      : { type: 'string', default: initial },
  ]);
  try {
    return parseArgs({ args, allowPositionals: true, options: Object.fromEntries(options) });
  } catch (error) {
    const [sentence] = error.message.split(/\. |\n/);
    throw new CommandError(`${sentence}.\n\n${helpText()}`);
  }
}

export function helpText() {
  const rows = OPTIONS.map(({ name, value, help }) => [
    value === undefined ? `--${name}` : `--${name} ${value}`,
    help,
  ]);
  const width = Math.max(...rows.map(([option]) => option.length));
  const list = rows.map(([option, help]) => `  ${option.padEnd(width)}  ${help}`);
  return [
    'Usage: npm start -- [options] [-- ARGUMENT ...]',
    '',
    'Sets everything up, builds, and opens VS Code on the samples. What follows the second -- goes to its server.',
    '',
    ...list,
  ].join('\n');
}
