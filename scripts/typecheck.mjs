// The pure packages have configurations of their own, without Node's and the browser's types, so that using either there is an error.
import { root, tool } from './lib/paths.mjs';
import { run, runMain } from './lib/run.mjs';

const projects = ['emulator', 'trace', 'timeline', '.'];

await runMain(async () => {
  for (const project of projects) {
    await run(tool('tsc'), ['-p', `${project}/tsconfig.json`], { cwd: root });
  }
});
