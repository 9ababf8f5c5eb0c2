// Bundles into dist/. `--watch` builds again at every change; names (`extension cli`) build only those bundles.
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { dist, root } from './lib/paths.mjs';
import { CommandError, runMain } from './lib/run.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';

/** One row per bundle: its name in dist/, and where it starts. */
const bundles = {
  extension: 'extension/main.ts',
  'trace-worker': 'extension/trace-worker/main.ts',
  'debug-adapter': 'debug-adapter/main.ts',
  cli: 'cli/main.ts',
};
/** Bundled CommonJS packages ask for Node's modules through require, which an ES module has to make for itself. */
const requireForPackages = `import { createRequire as requireMaker } from 'node:module';\nconst require = requireMaker(import.meta.url);`;

await runMain(async () => {
  await ensureDependencies();
  const esbuild = await import('esbuild');
  const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const names = wanted.length > 0 ? wanted : Object.keys(bundles);
  if (process.argv.includes('--watch')) {
    for (const name of names) await (await esbuild.context(optionsFor(name))).watch();
    console.log(`Watching ${names.join(', ')}; Ctrl-C stops.`);
    return;
  }
  await Promise.all(names.map((name) => buildOne(esbuild, name)));
  if (names.includes('cli')) chmodSync(path.join(dist, 'cli.js'), 0o755);
});

/** esbuild has already shown what was wrong where. */
async function buildOne(esbuild, name) {
  try {
    await esbuild.build(optionsFor(name));
  } catch (error) {
    throw new CommandError(
      `dist/${name}.js was not built: ${error.errors?.length ?? error} errors`,
    );
  }
}

function optionsFor(name) {
  const start = bundles[name];
  if (start === undefined)
    throw new CommandError(
      `There is no bundle ${name}; there are ${Object.keys(bundles).join(', ')}.`,
    );
  const shebang = name === 'cli' ? '#!/usr/bin/env node\n' : '';
  return {
    absWorkingDir: root,
    entryPoints: [start],
    outfile: path.join(dist, `${name}.js`),
    bundle: true,
    platform: 'node',
    format: 'esm',
    // VS Code 1.100, the oldest supported, runs extensions on Node 20.
    target: 'node20',
    external: ['vscode'],
    banner: { js: shebang + requireForPackages },
    minify: true,
    keepNames: true,
    sourcemap: 'linked',
    legalComments: 'none',
    logLevel: 'warning',
  };
}
