// Formatting and lint rules over the whole project; `--fix` repairs what can be repaired.
import { root, tool } from './lib/paths.mjs';
import { run, runMain } from './lib/run.mjs';

const repair = process.argv.includes('--fix') ? ['--write'] : [];

await runMain(() =>
  run(tool('biome'), ['check', '--error-on-warnings', ...repair, '.'], { cwd: root }),
);
