// `npm run guest:samples`: records the samples that come from live guests anew.
import path from 'node:path';
import { root } from '../lib/paths.mjs';
import { run, runMain } from '../lib/run.mjs';
import { ensureDependencies } from '../setup/dependencies.mjs';
import { ensureNode, nodeEnvironment } from '../setup/node.mjs';
import { ensureGuestImages } from './images.mjs';

/** The newer kernel writes few page-table entries, which makes its recordings small. */
const samples = {
  'guest-gem-stacks': ['--scenario', 'gem', '--kernel', 'other', '--stacks'],
  'guest-unload': ['--scenario', 'unload', '--kernel', 'other'],
  'guest-broadwell': ['--scenario', 'gem', '--kernel', 'other', '--platform', 'bdw'],
  // Two guests of one host: slices of graphics memory that do not overlap.
  'two-guests-first': ['--scenario', 'gem', '--kernel', 'other', '--gm', '64@128+384@640'],
  'two-guests-second': ['--scenario', 'unload', '--kernel', 'other', '--gm', '64@192+384@1024'],
};

await runMain(async () => {
  await ensureDependencies();
  await ensureGuestImages();
  const node = await ensureNode();
  for (const [name, options] of Object.entries(samples)) {
    const file = path.join(root, 'samples', `${name}.vgpu.gz`);
    console.log(`Recording ${name} …`);
    const args = ['cli/main.ts', 'guest', ...options, '--record', file];
    await run(node.binary, args, { cwd: root, env: nodeEnvironment(node), capture: true });
  }
});
