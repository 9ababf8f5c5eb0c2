// The pure packages have configurations of their own, without Node's and the browser's types, so that using either there is an error.
import { root, tool } from './lib/paths.mjs';
import { CommandError, run, runMain } from './lib/run.mjs';

const projects = ['emulator', 'trace', 'timeline', '.'];

await runMain(async () => {
  const failed = [];
  for (const project of projects) {
    if (!(await checks(`${project}/tsconfig.json`))) failed.push(`${project}/tsconfig.json`);
  }
  if (failed.length > 0) throw new CommandError(`type errors in ${failed.join(', ')}`);
});

async function checks(configuration) {
  try {
    await run(tool('tsc'), ['-p', configuration], { cwd: root });
    return true;
  } catch (error) {
    if (error instanceof CommandError) return false;
    throw error;
  }
}
