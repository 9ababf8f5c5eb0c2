import { root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { ensureNode, nodeEnvironment } from '../setup/node.mjs';
import { ensureGuestImages, kernelNames } from './images.mjs';

/**
 * Gets and builds all that a live guest needs, and boots each kernel once: a booted guest is kept as a snapshot, from
 * which later ones start in a second. What is there is not made again. Throws CommandError where it cannot be had.
 */
export async function fetchGuest({ again = false } = {}) {
  await ensureGuestImages({ again });
  const node = await ensureNode();
  const options = { cwd: root, env: nodeEnvironment(node), capture: true };
  for (const kernel of kernelNames) {
    console.log(`Booting the ${kernel} kernel …`);
    const args = ['cli/main.ts', 'guest', '--scenario', 'boot', '--kernel', kernel];
    await run(node.binary, args, options);
  }
}
