// `npm run test:vscode [file…]`: the specs that drive a real VS Code (code-server in Chromium).
import { runMain } from '../lib/run.mjs';
import { ensureDependencies } from '../setup/dependencies.mjs';
import { report } from './report.mjs';
import { runVsCodeTests } from './vscode-tests.mjs';

await runMain(async () => {
  await ensureDependencies();
  report(await runVsCodeTests(process.argv.slice(2)));
});
