// `npm start`: sets everything up, builds, and opens VS Code on the samples.
// Its options are in scripts/lib/start-options.mjs; `npm start -- --help` lists them.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startCodeServer } from './lib/code-server.mjs';
import { findExecutable } from './lib/find-executable.mjs';
import { freePort } from './lib/free-port.mjs';
import { cache, root } from './lib/paths.mjs';
import { CommandError, run, runMain } from './lib/run.mjs';
import { helpText, readOptions } from './lib/start-options.mjs';
import { ensureCodeServer } from './setup/code-server.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';

await runMain(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(helpText());
    return;
  }
  await ensureDependencies();
  const desktop = options.server ? undefined : findExecutable('code');
  if (desktop !== undefined) await openDesktop(desktop, options.folder);
  else await serve(options);
});

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
