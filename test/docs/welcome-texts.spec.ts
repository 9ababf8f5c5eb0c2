import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { root } from '../support/source-files.ts';

interface Manifest {
  readonly contributes: {
    readonly viewsWelcome: readonly { readonly contents: string }[];
    readonly walkthroughs: readonly {
      readonly description: string;
      readonly steps: readonly { readonly description: string }[];
    }[];
  };
}

test('texts of the walkthrough and of empty views have no marks of code, which VS Code shows as they are', () => {
  const manifest: Manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const { viewsWelcome, walkthroughs } = manifest.contributes;
  const steps = walkthroughs.flatMap((each) => [each, ...each.steps]);
  const texts = [
    ...viewsWelcome.map(({ contents }) => contents),
    ...steps.map((s) => s.description),
  ];
  assert.ok(texts.length > 3);
  assert.deepEqual(
    texts.filter((text) => text.includes('`')),
    [],
  );
});
