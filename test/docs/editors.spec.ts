import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { root } from '../support/source-files.ts';
import { ROWS } from './launch-schema.ts';

const page = readFileSync(path.join(root, 'docs/editors.md'), 'utf8');
const [schema, scenarios, settings]: unknown[] = [...page.matchAll(/```json\n(.*?)```/gs)].map(
  ([, text = '']): unknown => JSON.parse(text),
);

describe('docs/editors.md', () => {
  it("has a schema for Zed that accepts the example, and says of attributes what VS Code's says", () => {
    assert.ok(typeof schema === 'object' && schema !== null && Array.isArray(scenarios));
    const validate = new Ajv({ strictTypes: false }).compile(schema);
    for (const each of scenarios) assert.ok(validate(each), JSON.stringify(validate.errors));
    assert.ok(!validate({ request: 'launch' }));
    const { request, ...properties } = 'properties' in schema ? Object(schema.properties) : {};
    assert.deepEqual(request, { enum: ['launch'] });
    assert.ok(Object.keys(properties).length >= 4);
    for (const [name, property] of Object.entries(properties)) {
      assert.ok(name in ROWS, name);
      const { type, enum: choices, items } = ROWS[name]?.kind.schema ?? {};
      const { description: _, ...stated } = Object(property);
      const known = Object.entries({ type, enum: choices, items });
      assert.deepEqual(
        stated,
        Object.fromEntries(known.filter(([, value]) => value !== undefined)),
      );
    }
  });

  it('calls language and adapter in Zed by one name, wherever they stand', () => {
    const [manifest = '', language = ''] = [...page.matchAll(/```toml\n(.*?)```/gs)].map(
      ([, text = '']) => text,
    );
    const [, server, languages = ''] =
      /^\[language_servers\.(\w+)\]\n(?:.*\n)*?languages = (.*)$/m.exec(manifest) ?? [];
    const [, adapter, file] =
      /^\[debug_adapters\.(\w+)\]\nschema_path = "(.*)"$/m.exec(manifest) ?? [];
    assert.ok(server !== undefined && adapter !== undefined);
    const [, name] = /^name = "(.*)"$/m.exec(language) ?? [];
    assert.deepEqual(JSON.parse(languages), [name]);
    assert.ok(language.includes(`debuggers = ["${adapter}"]`));
    assert.ok(page.includes(`\`${file}\`:\n\n\`\`\`json\n`));
    assert.ok(Array.isArray(scenarios) && scenarios.length > 0);
    for (const each of scenarios) {
      assert.equal(each.adapter, adapter);
      assert.equal(typeof each.label, 'string');
    }
    assert.deepEqual(settings, { languages: { [`${name}`]: { semantic_tokens: 'full' } } });
  });
});
