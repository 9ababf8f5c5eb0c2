// Everything a clean machine lacks. `--with-vscode` also installs what the tests in VS Code and other editors need.
import { runMain } from './lib/run.mjs';
import { ensureChromium } from './setup/chromium.mjs';
import { ensureCodeServer } from './setup/code-server.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureEditors } from './setup/editors.mjs';
import { ensureNode } from './setup/node.mjs';

await runMain(async () => {
  await ensureDependencies();
  await ensureNode();
  if (!process.argv.includes('--with-vscode')) return;
  await ensureCodeServer();
  await ensureChromium();
  await ensureEditors();
});
