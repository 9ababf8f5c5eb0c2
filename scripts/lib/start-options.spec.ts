import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../start.mjs', import.meta.url));

function start(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('npm start -- --help tells what there is, and starts nothing', () => {
  const { status, stdout, stderr } = start('--help');
  assert.deepEqual([status, stderr], [0, '']);
  for (const option of ['port N', 'no-open', 'server', 'folder DIR', 'data DIR', 'help'])
    assert.match(stdout, new RegExp(`^  --${option} `, 'm'));
});

test('a command line that makes no sense is told in a sentence, before anything is set up', () => {
  const rows: readonly (readonly [readonly string[], RegExp])[] = [
    [['--nope'], /^Unknown option '--nope'\.\n\nUsage: /],
    [['--port'], /^Option '--port <value>' argument missing\.\n\nUsage: /],
    [['--server=1'], /^Option '--server' does not take an argument\.\n\nUsage: /],
    [['--port', 'x'], /^--port x: a port is a number from 0 to 65535\n$/],
    [['--port', '65536'], /^--port 65536: a port is a number from 0 to 65535\n$/],
  ];
  for (const [args, sentence] of rows) {
    const { status, stdout, stderr } = start(...args);
    assert.deepEqual([status, stdout], [1, ''], args.join(' '));
    assert.match(stderr, sentence);
  }
});
