// `npm start`: sets everything up, builds, and opens VS Code on the samples.
// --port N      the port of VS Code's server (not of the desktop VS Code); default 8440, 0 for any
// --no-open     only print the address
// --server      VS Code's server even where the desktop VS Code is on the PATH
// --folder DIR  the folder to open instead of samples/
// --data DIR    where the server keeps settings and extensions instead of .cache/vscode
// What follows a second `--` goes to VS Code's server.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startCodeServer } from './lib/code-server.mjs';
import { findExecutable } from './lib/find-executable.mjs';
import { freePort } from './lib/free-port.mjs';
import { cache, root, samples } from './lib/paths.mjs';
import { CommandError, run, runMain } from './lib/run.mjs';
import { ensureCodeServer } from './setup/code-server.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';

const defaultPort = 8440;

await runMain(async () => {
  const options = readOptions();
  await ensureDependencies();
  const desktop = options.server ? undefined : findExecutable('code');
  if (desktop !== undefined) await openDesktop(desktop, options.folder);
  else await serve(options);
});

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: String(defaultPort) },
      'no-open': { type: 'boolean', default: false },
      server: { type: 'boolean', default: false },
      folder: { type: 'string', default: samples },
      data: { type: 'string', default: path.join(cache, 'vscode') },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new CommandError(`--port ${values.port}: a port is a number from 0 to 65535`);
  return {
    ...values,
    port,
    folder: path.resolve(values.folder),
    data: path.resolve(values.data),
    extraArguments: positionals,
  };
}

async function openDesktop(code, folder) {
  await run(process.execPath, [path.join(root, 'scripts/build.mjs')], { cwd: root });
  await run(code, [`--extensionDevelopmentPath=${root}`, folder]);
  console.log(`VS Code opens on ${folder}. Click a recording, then press F5.`);
}

async function serve(options) {
  const installation = await ensureCodeServer();
  console.log('Building and packing the extension …');
  const vsix = path.join(cache, 'vgpu-debug.vsix');
  mkdirSync(cache, { recursive: true });
  await run(process.execPath, [path.join(root, 'scripts/package.mjs'), vsix], {
    cwd: root,
    capture: true,
  });
  const port = await freePort(options.port);
  const server = await startCodeServer({
    installation,
    folder: options.data,
    port,
    vsix,
    extraArguments: options.extraArguments,
  });
  const address = `${server.url}/?folder=${encodeURIComponent(options.folder)}`;
  console.log(`VS Code is at ${address}\nClick a recording, then press F5. Ctrl-C here stops it.`);
  if (!options['no-open']) openInBrowser(address);
  const interrupted = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  const status = await Promise.race([server.exited, interrupted]);
  await server.stop();
  if (typeof status === 'number')
    throw new CommandError(`VS Code's server ended by itself (${status})`);
  console.log('VS Code has stopped.');
}

/** Where there is no browser to be found, the printed address has to do. */
function openInBrowser(address) {
  const opener = findExecutable('xdg-open', 'open');
  if (opener === undefined) return;
  spawn(opener, [address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
