// `npm run package [file]`: builds, and packs the extension into a .vsix.
import path from 'node:path';
import { root, tool } from './lib/paths.mjs';
import { run, runMain } from './lib/run.mjs';

const flags = [
  // Everything is bundled, so no packages of node_modules go into the .vsix.
  '--no-dependencies',
  // There is no public repository yet that links could lead to.
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
];

await runMain(async () => {
  const [target] = process.argv.slice(2);
  const out = target === undefined ? [] : ['--out', path.resolve(target)];
  await run(process.execPath, [path.join(root, 'scripts/build.mjs')], { cwd: root });
  await run(tool('vsce'), ['package', ...flags, ...out], {
    cwd: root,
  });
});
