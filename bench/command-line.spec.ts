import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { benchRequest } from './command-line.ts';
import type { Bench } from './figure.ts';

const BENCHES: readonly Bench[] = ['one', 'other'].map((name) => ({
  name,
  summary: `what ${name} is`,
  run: async () => [],
}));

function textOf(...args: string[]): [string, number] {
  const request = benchRequest(args, BENCHES);
  assert.ok('text' in request, JSON.stringify(request));
  return [request.text, request.status];
}

test('benches by name, or all', () => {
  const names = (...args: string[]) => {
    const request = benchRequest(args, BENCHES);
    assert.ok('benches' in request);
    return request.benches.map(({ name }) => name);
  };
  assert.deepEqual(names(), ['one', 'other']);
  assert.deepEqual(names('other'), ['other']);
  assert.deepEqual(names('--write'), ['one', 'other']);
});

test('help lists the benches', () => {
  for (const option of ['--help', '-h']) {
    const [text, status] = textOf(option);
    assert.equal(status, 0);
    assert.match(text, /^Usage: npm run bench/);
    assert.match(text, /^ {2}other {2}what other is$/m);
  }
});

test('what makes no sense is a sentence, and status 2', () => {
  for (const [args, sentence] of [
    [['--wirte'], 'There is no option --wirte.'],
    [['-x'], 'There is no option -x.'],
    [['--write=yes'], '--write takes no value.'],
    [['oen'], 'There is no bench "oen".'],
    [['one', '--write'], '--write needs all benches: name none.'],
  ] as const) {
    const [text, status] = textOf(...args);
    assert.equal(text.split('\n')[0], sentence);
    assert.equal(status, 2);
  }
});

test('npm run bench says it before anything is built', () => {
  const script = fileURLToPath(new URL('../scripts/bench.mjs', import.meta.url));
  const run = (option: string) =>
    spawnSync(process.execPath, [script, option], { encoding: 'utf8' });
  const help = run('--help');
  assert.deepEqual([help.status, help.stderr], [0, '']);
  assert.match(help.stdout, /^Usage: npm run bench/);
  assert.match(help.stdout, /^ {2}activation +loading/m);
  const wrong = run('--wirte');
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /^There is no option --wirte\.\n/);
  assert.doesNotMatch(wrong.stderr, / at |ended with/);
});
