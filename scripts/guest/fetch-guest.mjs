import { root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { ensureNode, nodeEnvironment } from '../setup/node.mjs';
import { ensureGuestImages, kernelNames } from './images.mjs';

const withMesa = ['--mesa', '--memory', '512'];

/**
 * Gets and builds all that a live guest needs, and boots each kernel once: a booted guest is kept as a snapshot, from
 * which later ones start in a second. What is there is not made again. Throws CommandError where it cannot be had.
 */
export async function fetchGuest({ again = false } = {}) {
  await ensureGuestImages({ again });
  const node = await ensureNode();
  const options = { cwd: root, env: nodeEnvironment(node), capture: true };
  // As the scenarios want them: a snapshot is of a file system and a size of memory.
  for (const extra of [...kernelNames.map((name) => ['--kernel', name]), withMesa]) {
    console.log(`Booting a guest (${extra.join(' ')}) …`);
    await run(node.binary, ['cli/main.ts', 'guest', '--scenario', 'boot', ...extra], options);
  }
}
