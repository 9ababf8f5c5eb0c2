// Where the live guest's parts lie: all below .cache/guest, safe to delete, made again by `npm run guest:fetch`.
import path from 'node:path';
import { cache, root } from '../lib/paths.mjs';

export const guestCache = path.join(cache, 'guest');
/** Debian packages as downloaded, with their checksums in packages.json. */
export const packageFolder = path.join(guestCache, 'packages');
/** The same packages, unpacked, one folder each. */
export const unpackedFolder = path.join(guestCache, 'unpacked');
/** What a guest is started from; images.json lists it. */
export const imageFolder = path.join(guestCache, 'images');
/** C sources of the programs that run inside the guest. */
export const programSources = path.join(root, 'guest/programs');
