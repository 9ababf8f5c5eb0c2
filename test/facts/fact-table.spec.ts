import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FACT_SECTIONS } from './fact-table.ts';

const ROOT = new URL('../../', import.meta.url);
const texts = new Map<string, string>();

/** Text of a file of the project, as a spec's titles are in it. */
function textOf(path: string): string {
  const known = texts.get(path) ?? readFileSync(fileURLToPath(new URL(path, ROOT)), 'utf8');
  texts.set(path, known);
  return known;
}

/** Titles of its rows: the spec that walks them quotes the section for all. */
const ROWS = 'emulator/power/testing/polled-rows.ts';
const WALKED = 'gvt-facts §8: $';

test('every section of gvt-facts is there once, in order', () => {
  const sections = FACT_SECTIONS.map(({ section }) => section);
  const sorted = sections.toSorted((a, b) => numberOf(a) - numberOf(b));
  assert.deepEqual(sections, sorted);
  assert.equal(new Set(sections).size, sections.length);
  const parts = new Set(sections.map((section) => section.split('.')[0]));
  assert.deepEqual(
    [...parts].map(Number),
    Array.from({ length: 14 }, (_, at) => at + 1),
  );
  // Sections of one part count from 1 without a gap.
  for (const section of sections) {
    const [part = '', number] = section.split('.');
    if (number === undefined || number === '1') continue;
    assert.ok(sections.includes(`${part}.${Number(number) - 1}`), `§${section} follows a gap`);
  }
});

for (const { section, title, tested, untested = [] } of FACT_SECTIONS) {
  test(`§${section} ${title}: each rule has a test that quotes it`, () => {
    assert.ok(tested.length > 0);
    for (const [rule, spec, words] of tested) {
      const lines = textOf(spec)
        .split('\n')
        .filter((line) => line.includes(words));
      assert.ok(lines.length > 0, `“${rule}”: ${spec} has no “${words}”`);
      const quoted = spec === ROWS ? section === '8' : lines.some(quotes);
      assert.ok(quoted, `“${rule}”: ${spec}, “${words}” does not quote §${section}`);
    }
    const rules = [...tested, ...untested].map(([rule]) => rule);
    assert.equal(new Set(rules).size, rules.length, 'each rule once');
    for (const [rule, reason] of untested) assert.ok(reason.length > 10, rule);
  });

  function quotes(line: string): boolean {
    return new RegExp(`§${section.replace('.', '\\.')}(?![\\d.]*\\d)`).test(line);
  }
}

test('rows of the table of handshakes are quoted by the spec that walks it', () => {
  assert.ok(textOf('emulator/power/polls.spec.ts').includes(WALKED));
});

test('no spec quotes a section of gvt-facts that there is not', () => {
  const known = new Set(FACT_SECTIONS.flatMap(({ section }) => [section, section.split('.')[0]]));
  let quoted = 0;
  for (const path of specs()) {
    for (const [, section] of textOf(path).matchAll(/gvt-facts §(\d+(?:\.\d+)?)/g)) {
      assert.ok(known.has(section), `${path} quotes §${section}`);
      quoted++;
    }
  }
  assert.ok(quoted > 200, `${quoted} quotes`);
});

/** Paths of all specs. */
function specs(folder = ''): string[] {
  const entries = readdirSync(fileURLToPath(new URL(folder, ROOT)), { withFileTypes: true });
  return entries.flatMap((entry) => {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return specs(path);
    return entry.name.endsWith('.spec.ts') ? [path] : [];
  });
}

/** `10.7` sorts behind `10.6` and before `11`. */
function numberOf(section: string): number {
  const [part = '0', number = '0'] = section.split('.');
  return Number(part) * 100 + Number(number);
}
