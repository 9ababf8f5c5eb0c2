// `npm run bench`: builds, then measures on the Node that tests run on; the activation in a VS Code as tests have it.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { run, runMain } from './lib/run.mjs';
import { ensureChromium } from './setup/chromium.mjs';
import { ensureCodeServer } from './setup/code-server.mjs';
import { ensureNode, nodeEnvironment } from './setup/node.mjs';

const main = path.join(root, 'bench/main.ts');

await runMain(async () => {
  const node = await ensureNode();
  const args = process.argv.slice(2);
  // A command line that measures nothing needs nothing built.
  const isHelp = args.includes('--help') || args.includes('-h');
  const { status } = spawnSync(node.binary, [main, ...(isHelp ? [] : ['--check']), ...args], {
    stdio: 'inherit',
  });
  if (isHelp || status !== 0 || args.includes('--check')) {
    process.exitCode = status ?? 1;
    return;
  }
  await run(process.execPath, [path.join(root, 'scripts/build.mjs')], { cwd: root });
  const env = { ...nodeEnvironment(node), ...(await environmentOfVsCode(args)) };
  await run(node.binary, [main, ...args], { cwd: root, env });
});

/** What the bench `activation` needs; nothing is installed for the others alone. */
async function environmentOfVsCode(args) {
  const benches = args.filter((arg) => !arg.startsWith('-'));
  if (benches.length > 0 && !benches.includes('activation')) return {};
  await ensureCodeServer();
  return { CHROMIUM_PATH: await ensureChromium() };
}
