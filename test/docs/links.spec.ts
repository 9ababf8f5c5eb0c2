import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { root } from '../support/source-files.ts';

const PAGES = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'samples/README.md'].concat(
  readdirSync(path.join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
);

for (const page of PAGES) {
  test(`${page}: pictures and pages that it leads to are there`, () => {
    const text = readFileSync(path.join(root, page), 'utf8');
    const lost = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !existsSync(path.join(root, path.dirname(page), target)));
    assert.deepEqual(lost, []);
  });
}
