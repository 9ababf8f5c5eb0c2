// `npm test`: sets everything up, builds, lints, checks types, runs every test; the last line counts them.
import path from 'node:path';
import { fetchGuest } from '../guest/fetch-guest.mjs';
import { root } from '../lib/paths.mjs';
import { CommandError, run, runMain } from '../lib/run.mjs';
import { ensureDependencies } from '../setup/dependencies.mjs';
import { ensureEditors } from '../setup/editors.mjs';
import { runNodeTests } from './node-tests.mjs';
import { addUp, report } from './report.mjs';
import { unitSpecs } from './spec-files.mjs';
import { runVsCodeTests } from './vscode-tests.mjs';

await runMain(async () => {
  await ensureDependencies();
  const results = [
    await scriptAsTest('build'),
    await scriptAsTest('lint'),
    await scriptAsTest('typecheck'),
  ];
  heading('Live guests');
  await fetchGuest();
  heading('Other editors');
  results.push(await editors());
  heading('Tests in Node');
  results.push(await runNodeTests('unit', unitSpecs(), { concurrency: 2 }));
  heading('Tests in VS Code');
  results.push(await runVsCodeTests());
  report(addUp(results));
});

/** A script that succeeds or fails counts as one test. */
async function scriptAsTest(name) {
  heading(name);
  try {
    await run(process.execPath, [path.join(root, 'scripts', `${name}.mjs`)], { cwd: root });
    return { passed: 1, skipped: 0, failed: [] };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { passed: 0, skipped: 0, failed: [{ name, message: error.message }] };
  }
}

/** Editors that cannot be had are a failure of their own; the tests that need them name it again. */
async function editors() {
  try {
    await ensureEditors();
    return { passed: 0, skipped: 0, failed: [] };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { passed: 0, skipped: 0, failed: [{ name: 'Other editors', message: error.message }] };
  }
}

function heading(text) {
  console.log(`\n── ${text}`);
}
