// `npm run guest:fetch`: fetches and boots the live guests, below .cache/guest. `--again` looks for newer packages;
// `--images-only` boots nothing.
import { runMain } from '../lib/run.mjs';
import { ensureDependencies } from '../setup/dependencies.mjs';
import { fetchGuest } from './fetch-guest.mjs';
import { ensureGuestImages } from './images.mjs';

await runMain(async () => {
  await ensureDependencies();
  const again = process.argv.includes('--again');
  await (process.argv.includes('--images-only') ? ensureGuestImages : fetchGuest)({ again });
});
