// Bundles into dist/. `--watch` builds again at every change.
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dist, root } from './lib/paths.mjs';
import { CommandError, runMain } from './lib/run.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';

/**
 * One row per build, in it one per program: its name in dist/, and where it starts. What programs of one build share
 * becomes chunks beside them. VS Code waits for the extension, which therefore shares nothing with the large ones.
 */
const builds = [
  { extension: 'extension/main.ts' },
  {
    'trace-worker': 'extension/trace-worker/main.ts',
    'debug-adapter-main': 'debug-adapter/main.ts',
    'language-server-main': 'language-server/main.ts',
    'cli-main': 'cli/main.ts',
  },
];
/**
 * Programs that are started over and over: each through a few lines that have Node keep what it has compiled, as far as
 * it can, which is half of the time that a short command takes.
 */
const started = ['debug-adapter', 'language-server', 'cli'];
/** Bundled CommonJS packages ask for Node's modules through require, which an ES module has to make for itself. */
const requireForPackages = `import { createRequire as requireMaker } from 'node:module';\nconst require = requireMaker(import.meta.url);`;

const options = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  // VS Code 1.100, the oldest supported, runs extensions on Node 20.
  target: 'node20',
  external: ['vscode'],
  banner: { js: requireForPackages },
  minify: true,
  keepNames: true,
  sourcemap: 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

await runMain(async () => {
  await ensureDependencies();
  const esbuild = await import('esbuild');
  mkdirSync(dist, { recursive: true });
  for (const name of started) writeStarter(name);
  if (process.argv.includes('--watch')) {
    for (const entryPoints of builds) {
      await (await esbuild.context({ ...options, entryPoints })).watch();
    }
    console.log('Watching the sources; Ctrl-C stops.');
    return;
  }
  const built = await Promise.all(builds.map((entryPoints) => buildOnce(esbuild, entryPoints)));
  const files = built.flatMap(({ metafile }) => Object.keys(metafile.outputs));
  const starters = started.map((name) => path.join(dist, `${name}.js`));
  removeOthers(new Set([...starters, ...files.map((file) => path.resolve(root, file))]));
});

function writeStarter(name) {
  const file = path.join(dist, `${name}.js`);
  // Node 20 has no such cache.
  const lines = [
    '#!/usr/bin/env node',
    "import module from 'node:module';",
    'module.enableCompileCache?.();',
    `await import('./${name}-main.js');`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  chmodSync(file, 0o755);
}

/** esbuild has already shown what was wrong where. */
async function buildOnce(esbuild, entryPoints) {
  try {
    return await esbuild.build({ ...options, entryPoints });
  } catch (error) {
    throw new CommandError(`dist/ was not built: ${error.errors?.length ?? error} errors`);
  }
}

/** Chunks are called after their contents: those of earlier builds would be packed too. */
function removeOthers(built) {
  for (const name of readdirSync(dist)) {
    const file = path.join(dist, name);
    if (/\.js(\.map)?$/.test(name) && !built.has(file)) rmSync(file);
  }
}
