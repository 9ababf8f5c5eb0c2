import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { root } from '../support/source-files.ts';

const page = readFileSync(path.join(root, 'docs/editors.md'), 'utf8');
const [schema, scenarios]: unknown[] = [...page.matchAll(/```json\n(.*?)```/gs)].map(
  ([, text = '']): unknown => JSON.parse(text),
);

/** Attributes of a launch configuration, as VS Code knows them. */
function launchAttributes(): Record<string, unknown> {
  const text = readFileSync(path.join(root, 'package.json'), 'utf8');
  return JSON.parse(text).contributes.debuggers[0].configurationAttributes.launch.properties;
}

describe('docs/editors.md', () => {
  it('names attributes that a session has', () => {
    const known = launchAttributes();
    const table = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name);
    assert.ok(table.length >= 4);
    for (const name of table) assert.ok(name in known, name);
  });

  it("has a schema for Zed that accepts the example, and what VS Code's launch configurations have", () => {
    assert.ok(typeof schema === 'object' && schema !== null && Array.isArray(scenarios));
    const validate = new Ajv({ strictTypes: false }).compile(schema);
    for (const each of scenarios) assert.ok(validate(each), JSON.stringify(validate.errors));
    assert.ok(!validate({ request: 'launch' }));
    const properties = 'properties' in schema ? Object(schema.properties) : {};
    const known = launchAttributes();
    for (const name of Object.keys(properties))
      assert.ok(name === 'request' || name in known, name);
  });
});
