import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import type { Bench } from '../figure.ts';

const LIMIT_MB = 2;
/** What is packed beside package.json and the documents (.vscodeignore), without the samples. */
const PACKED: readonly (readonly [folder: string, name: RegExp])[] = [
  ['dist', /\.js$/],
  ['media', /./],
  ['syntaxes', /./],
];

/** Size of the packaged extension: its files, each deflated, as in the .vsix. */
export const sizeBench: Bench = {
  name: 'size',
  summary: 'size of the packaged extension',
  async run() {
    const bytes = PACKED.flatMap(([folder, name]) => filesIn(folder, name))
      .map((file) => deflateRawSync(readFileSync(file), { level: 9 }).length)
      .reduce((sum, size) => sum + size, 0);
    const megabytes = bytes / 1e6;
    return [
      {
        what: 'packaged extension without samples',
        measured: `${megabytes.toFixed(2)} MB`,
        target: `≤ ${LIMIT_MB} MB`,
        met: megabytes <= LIMIT_MB,
      },
    ];
  },
};

function filesIn(folder: string, name: RegExp): string[] {
  const path = fileURLToPath(new URL(`../../${folder}`, import.meta.url));
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`);
}
