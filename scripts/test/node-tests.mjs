import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root, testResults } from '../lib/paths.mjs';
import { CommandError, run } from '../lib/run.mjs';
import { ensureNode, nodeEnvironment } from '../setup/node.mjs';

const reporter = path.join(import.meta.dirname, 'count-reporter.mjs');
/** Milliseconds; a test that hangs must not hang the whole run. */
const timeout = 300_000;

/**
 * Runs spec files with `node --test`, shown as they go; their counts also go to test-results/<name>.json.
 * Returns {passed, skipped, failed: [{name, file, message}]}; a run that died counts as one failure.
 */
export async function runNodeTests(name, files, { concurrency, env = {} }) {
  const counts = path.join(testResults, `${name}.json`);
  mkdirSync(testResults, { recursive: true });
  rmSync(counts, { force: true });
  const node = await ensureNode();
  const args = [
    '--test',
    `--test-timeout=${timeout}`,
    `--test-concurrency=${concurrency}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${counts}`,
    ...files,
  ];
  try {
    await run(node.binary, args, { cwd: root, env: { ...nodeEnvironment(node), ...env } });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
  }
  return readCounts(name, counts);
}

function readCounts(name, file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    const message = `the run of the ${name} tests died before it could count them`;
    return { passed: 0, skipped: 0, failed: [{ name: `${name} tests`, message }] };
  }
}
