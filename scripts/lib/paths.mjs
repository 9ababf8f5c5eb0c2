// Where everything lives. Scripts run on Node 20 before anything is installed: plain modules, no packages.
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
/** What setup installs and tests write; never committed, safe to delete. */
export const cache = path.join(root, '.cache');
export const dist = path.join(root, 'dist');
export const samples = path.join(root, 'samples');
/** Screenshots and counts of the last test run. */
export const testResults = path.join(root, 'test-results');

/** An executable of an npm package of this project, e.g. `biome`. */
export const tool = (name) => path.join(root, 'node_modules/.bin', name);
