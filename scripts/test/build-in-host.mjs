// Bundles what runs inside VS Code's extension host, tests and a measurement, into .cache/in-host, and lays a stub beside it.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache, root } from '../lib/paths.mjs';
import { runMain } from '../lib/run.mjs';

const folder = path.join(cache, 'in-host');

await runMain(async () => {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/vscode/in-host/suite.ts', 'test/vscode/in-host/activation.ts'],
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  });
  // VS Code runs tests only for an extension in development. Where the packed extension is tested, which is
  // installed, an empty one has to be that.
  const stub = { name: 'stub', publisher: 'stub', version: '0.0.1', engines: { vscode: '*' } };
  mkdirSync(path.join(folder, 'stub'), { recursive: true });
  writeFileSync(path.join(folder, 'stub/package.json'), JSON.stringify(stub));
});
