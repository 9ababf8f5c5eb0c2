import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { root } from './support/source-files.ts';

/** Everything that users get; all else would only make the download larger. */
const wanted =
  /^(?:package\.json|README\.md|CHANGELOG\.md|LICENSE|NOTICE|dist\/[\w-]+\.js|media\/.+|samples\/.+|syntaxes\/.+)$/;
/** Bytes as packed, without the samples, which are as large as the recordings are. */
const mostBytes = 1_000_000;

describe('the packed extension', () => {
  const vsce = path.join(root, 'node_modules/.bin/vsce');
  const files = execFileSync(vsce, ['ls', '--no-dependencies'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

  it('holds bundles, grammars, samples and the words about them, and nothing else', () => {
    assert.deepEqual(
      files.filter((file) => !wanted.test(file)),
      [],
    );
    assert.ok(files.includes('README.md') && files.includes('LICENSE') && files.includes('NOTICE'));
    assert.ok(files.some((file) => file.startsWith('samples/') && file.endsWith('.vgpu.gz')));
  });

  it('is at most 1 MB without the samples', () => {
    const sizes = files
      .filter((file) => !file.startsWith('samples/'))
      .map((file) => deflateRawSync(readFileSync(path.join(root, file))).length);
    assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= mostBytes);
  });
});
