// `npm run test:unit [file…]`: every spec that needs Node alone, or the named ones.
import { runMain } from '../lib/run.mjs';
import { ensureDependencies } from '../setup/dependencies.mjs';
import { runNodeTests } from './node-tests.mjs';
import { report } from './report.mjs';
import { unitSpecs } from './spec-files.mjs';

await runMain(async () => {
  await ensureDependencies();
  const named = process.argv.slice(2);
  report(await runNodeTests('unit', named.length > 0 ? named : unitSpecs(), { concurrency: 2 }));
});
