import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runInHost } from './support/in-host.ts';

describe("inside VS Code's extension host", () => {
  it('the suite passes', async (context) => {
    const [results] = (await runInHost('suite')) as { name: string; error?: string }[][];
    assert.ok(results !== undefined && results.length > 0);
    for (const { name, error } of results) {
      await context.test(name, () => assert.equal(error, undefined));
    }
  });
});
