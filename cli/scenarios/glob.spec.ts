import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globParts, matchesParts } from './glob.ts';

function matches(glob: string, path: string): boolean {
  const { base, parts } = globParts(glob);
  const start = base === '' ? '' : `${base}/`;
  return path.startsWith(start) && matchesParts(parts, path.slice(start.length).split('/'));
}

test('stars stay within a part of the path, two of them do not', () => {
  assert.ok(matches('a/*.vgpu', 'a/b.vgpu'));
  assert.ok(!matches('a/*.vgpu', 'a/b/c.vgpu'));
  assert.ok(matches('a/**/*.vgpu', 'a/b.vgpu'));
  assert.ok(matches('a/**/*.vgpu', 'a/b/c/d.vgpu'));
  assert.ok(matches('**/reset-*.vgpu', 'x/reset-1.vgpu'));
  assert.ok(!matches('**/reset-*.vgpu', 'x/preset-1.vgpu'));
});

test('question marks, sets and choices stand for letters', () => {
  assert.ok(matches('a?.vgpu', 'ab.vgpu'));
  assert.ok(!matches('a?.vgpu', 'a.vgpu'));
  assert.ok(matches('[ab]1.{vgpu,txt}', 'b1.txt'));
  assert.ok(!matches('[!ab]1.{vgpu,txt}', 'b1.txt'));
  assert.ok(!matches('a.vgpu', 'axvgpu'));
});

test('a glob begins where its first star is', () => {
  assert.equal(globParts('a/b/*/c').base, 'a/b');
  assert.equal(globParts('/a/*').base, '/a');
  assert.equal(globParts('/*').base, '/');
  assert.equal(globParts('*').base, '');
});
