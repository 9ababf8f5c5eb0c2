// `npm run guest:fetch`: gets and builds all that a live guest needs, below .cache/guest. What is there is not made again.
import { runMain } from '../lib/run.mjs';
import { ensureDependencies } from '../setup/dependencies.mjs';
import { ensureGuestImages } from './images.mjs';

await runMain(async () => {
  await ensureDependencies();
  await ensureGuestImages({ again: process.argv.includes('--again') });
});
