import path from 'node:path';
import { root } from '../lib/paths.mjs';

/** Adds up results of the form {passed, skipped, failed}. */
export function addUp(results) {
  return {
    passed: results.reduce((sum, result) => sum + result.passed, 0),
    skipped: results.reduce((sum, result) => sum + result.skipped, 0),
    failed: results.flatMap((result) => result.failed),
  };
}

/** Prints what failed and, as the last line, how many passed and failed; sets the exit status. */
export function report({ passed, skipped, failed }) {
  if (failed.length > 0) console.log('\nFailed:');
  for (const { name, file, message } of failed) {
    const place = file === undefined ? '' : ` (${path.relative(root, file)})`;
    console.log(`  ✖ ${name}${place}\n      ${message.trim().replaceAll('\n', '\n      ')}`);
  }
  if (skipped > 0) console.log(`\n${skipped} skipped`);
  console.log(`${passed} passed, ${failed.length} failed`);
  // A run without a single test is a mistake, not a success.
  process.exitCode = failed.length === 0 && passed > 0 ? 0 : 1;
}
