import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { LAUNCH } from '../../debug-adapter/launch/launch-table.ts';
import { unknownAttributes } from '../../debug-adapter/launch/unknown-attributes.ts';
import { withAbsolutePaths } from '../../extension/debug/absolute-paths.ts';
import { LAUNCH_DEFAULTS } from '../../extension/debug/launch-defaults.ts';
import { root } from '../support/source-files.ts';
import { attributeTable, configurationAttributes, defaultInVsCode, ROWS } from './launch-schema.ts';
import { withTables } from './markdown.ts';

const MANIFEST = path.join(root, 'package.json');
const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));
const [debuggerOfVgpu] = manifest.contributes.debuggers;

/** Values of every kind, at the edges of what rows allow: the schema and the adapter must agree on each. */
const PROBES: readonly unknown[] = [
  ...[true, false, 0, 1, -1, 7, 1.5, 63, 255, 256, 2 ** 40, 1e300],
  ...['', ' ', 'a', 'time', 'times', 'auto', '0', '00', '0x', '0x0', '0x000', '0xfd000000'],
  ...['fd000000', '0XFD000', '0x1234', '0x123456789000', '0x1234567890000', '-0x1000', 'x'],
  ...[[], ['GPIO*'], [''], [1], ['a', 1], [['a']], new Array(7).fill('a'), new Array(8).fill('a')],
  ...[[{}], [{ trace: 'a' }], [{ trace: ' ' }], [{ trace: 'a', golden: 'g' }], [{ golden: 'g' }]],
  ...[[{ trace: 'a', golden: 5 }], [{ trace: 5 }], [null], {}, { trace: 'a' }],
  ...Object.values(ROWS).flatMap(({ kind: { schema } }) => choicesOf(schema)),
];

function choicesOf({ enum: choices }: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Array.isArray(choices) ? choices.flatMap((each) => [each, `${each}s`]) : [];
}

describe('attributes of a launch configuration', () => {
  it('are in package.json as the adapter reads them (UPDATE_DOCS=1 writes them)', () => {
    const expected = configurationAttributes();
    if (process.env['UPDATE_DOCS'] === '1') {
      debuggerOfVgpu.configurationAttributes = expected;
      writeFileSync(MANIFEST, `${JSON.stringify(manifest, undefined, 2)}\n`);
    } else {
      // Texts, so that the order is looked at, too: VS Code proposes attributes in it.
      const [there, wanted] = [debuggerOfVgpu.configurationAttributes, expected].map((each) =>
        JSON.stringify(each, undefined, 1),
      );
      assert.equal(there, wanted);
    }
  });

  it('are in docs/editors.md (UPDATE_DOCS=1 writes them)', () => {
    const file = path.join(root, 'docs/editors.md');
    const text = readFileSync(file, 'utf8');
    const expected = withTables('docs/editors.md', text, { attributes: attributeTable() });
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, expected);
    else assert.equal(text, expected);
  });

  it('are named by their rows, and explain each of their choices', () => {
    for (const [name, row] of Object.entries(ROWS)) {
      assert.equal(row.name, name);
      const { enum: choices = [] } = row.kind.schema;
      assert.ok(Array.isArray(choices));
      assert.equal(row.facts.choices?.length ?? 0, choices.length, name);
    }
  });

  it('have values that the schema and the adapter judge alike', () => {
    const { properties } = debuggerOfVgpu.configurationAttributes.launch;
    for (const [name, row] of Object.entries(ROWS)) {
      const fits = new Ajv({ strict: false }).compile(properties[name]);
      for (const value of PROBES) {
        const shown = `"${name}": ${JSON.stringify(value)}`;
        if (fits(value)) assert.doesNotThrow(() => row.read({ [name]: value }), shown);
        else assert.throws(() => row.read({ [name]: value }), { kind: 'badLaunch' }, shown);
      }
      assert.deepEqual(row.read({ [name]: null }), row.read({}), `"${name}": null`);
    }
  });

  it('have defaults that they accept, and that the adapter has, or VS Code is told', () => {
    for (const [name, row] of Object.entries(ROWS)) {
      assert.deepEqual(row.read({}), row.standard, name);
      const standard = defaultInVsCode(row);
      if (standard !== undefined) assert.deepEqual(row.read({ [name]: standard }), standard, name);
      if (row.facts.inVsCode !== undefined) {
        assert.equal(Reflect.get(LAUNCH_DEFAULTS, name), row.facts.inVsCode);
      }
    }
    for (const [name, value] of Object.entries(LAUNCH_DEFAULTS)) {
      const row = ROWS[name];
      assert.ok(row !== undefined, name);
      assert.deepEqual(defaultInVsCode(row), value, name);
    }
  });

  it('that are files are made absolute in VS Code, and no others', () => {
    for (const [name, { facts }] of Object.entries(ROWS)) {
      const given: Record<string, unknown> = { [name]: 'a' };
      const made = withAbsolutePaths(given, (file) => `/there/${file}`);
      assert.equal(made[name], facts.isFile ? '/there/a' : 'a', name);
    }
  });

  it('alone are used by what the extension proposes, the README and the examples of docs', () => {
    const { initialConfigurations, configurationSnippets } = debuggerOfVgpu;
    const proposed = [...initialConfigurations, ...configurationSnippets.map(bodyOf)];
    assert.ok(proposed.length > 1);
    for (const each of proposed) assert.deepEqual(unknownAttributes(each), []);
    for (const page of ['README.md', 'docs/editors.md', 'docs/formats.md']) {
      for (const each of launchesIn(page)) assert.deepEqual(unknownAttributes(each), [], page);
    }
    const [, settings = ''] = /\n\| setting \|(.*?)\n\n/s.exec(readPage('README.md')) ?? [];
    const cells = [...settings.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell);
    const named = cells.flatMap((cell) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    );
    assert.ok(named.length > 8);
    for (const name of named) assert.ok(name in LAUNCH, name);
  });

  it('are for launching alone: there is nothing to attach to', () => {
    assert.deepEqual(Object.keys(debuggerOfVgpu.configurationAttributes), ['launch']);
  });
});

function bodyOf({ body }: { readonly body: object }): object {
  return body;
}

function readPage(page: string): string {
  return readFileSync(path.join(root, page), 'utf8');
}

/** Blocks of JSON that are launch configurations. */
function launchesIn(page: string): readonly object[] {
  const blocks = [...readPage(page).matchAll(/```json\n(.*?)```/gs)].map(([, text = '']) => text);
  const launches = blocks.filter((text) => /"request": "launch"/.test(text));
  return launches.flatMap((text): object[] => [JSON.parse(text)].flat());
}
