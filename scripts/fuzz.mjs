// `npm run fuzz`: opens mutated pieces of genuine files, a hundred thousand of each.
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { run, runMain } from './lib/run.mjs';
import { ensureNode, nodeEnvironment } from './setup/node.mjs';

await runMain(async () => {
  const node = await ensureNode();
  const args = [path.join(root, 'test/fuzz/main.ts'), ...process.argv.slice(2)];
  await run(node.binary, args, { cwd: root, env: nodeEnvironment(node) });
});
