// `npm run bench`: builds, then measures on the Node that tests run on.
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { run, runMain } from './lib/run.mjs';
import { ensureNode, nodeEnvironment } from './setup/node.mjs';

await runMain(async () => {
  await run(process.execPath, [path.join(root, 'scripts/build.mjs')], { cwd: root });
  const node = await ensureNode();
  const args = [path.join(root, 'bench/main.ts'), ...process.argv.slice(2)];
  await run(node.binary, args, { cwd: root, env: nodeEnvironment(node) });
});
