// `npm run package [file]`: builds, and packs the extension into a .vsix.
import path from 'node:path';
import { root, tool } from './lib/paths.mjs';
import { run, runMain } from './lib/run.mjs';

await runMain(async () => {
  const [target] = process.argv.slice(2);
  const out = target === undefined ? [] : ['--out', path.resolve(target)];
  await run(process.execPath, [path.join(root, 'scripts/build.mjs')], { cwd: root });
  // Everything is bundled, so no packages of node_modules go into the .vsix.
  await run(tool('vsce'), ['package', '--no-dependencies', '--allow-missing-repository', ...out], {
    cwd: root,
  });
});
