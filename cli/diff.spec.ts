import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { jsonOf, runCli, sample } from './testing/run-cli.ts';
import { folderWith } from './testing/scenario-folder.ts';

const A = ['T 0.1', 'W 4 002098 41', 'W 4 0020a8 2', 'R 4 002098 41', 'W 4 0020a8 3', ''];

describe('vgpu diff', () => {
  const [folder, remove] = folderWith({ 'a.vgpu': A.join('\n') });
  after(remove);
  const a = path.join(folder, 'a.vgpu');

  function other(lines: readonly string[]): string {
    const file = path.join(folder, 'b.vgpu');
    writeFileSync(file, lines.join('\n'));
    return file;
  }

  it('succeeds where traces are alike', async () => {
    const { status, out } = await runCli(['diff', a, other(['# later', 'T 7.5', ...A.slice(1)])]);
    assert.equal(status, 0);
    assert.match(out, /^4 accesses alike \(a poll counts once\)\nno difference\n$/m);
  });

  it('tells the first difference, and what changed its bits in each trace', async () => {
    const b = other([
      'T 0.1',
      'W 4 002098 41',
      'W 4 002098 40',
      'R 4 002098 40',
      'W 4 0020a8 3',
      '',
    ]);
    const { status, out } = await runCli(['diff', a, b]);
    assert.equal(status, 1);
    assert.match(out, /^first difference: other accesses are made$/m);
    assert.match(out, /^ {2}A {2}line 3 \(record 1\): W32 RCS0\.RING_IMR 0x00000002$/m);
    assert.match(out, /^ {2}B {2}line 3 \(record 1\): W32 RCS0\.RING_HWSTAM 0x00000040$/m);
    const c = other(A.map((line) => line.replace('R 4 002098 41', 'R 4 002098 40')));
    const answer = await runCli(['diff', a, c]);
    assert.match(answer.out, /^first difference: a read is answered otherwise$/m);
    assert.match(answer.out, /^ {2}A {2}by line 2: W32 RCS0\.RING_HWSTAM 0x00000041$/m);
    assert.match(answer.out, /^differences: 1 in answers, 0 in values, 0 in which/m);
  });

  it('prints the same as JSON', async () => {
    const b = other(A.map((line) => line.replace('0020a8 2', '0020a8 9')));
    const report = jsonOf(await runCli(['diff', a, b, '--json']));
    assert.deepEqual(report['counts'], { answer: 0, value: 1, accesses: 0 });
    assert.equal(report['complete'], true);
  });

  it('needs two traces', async () => {
    assert.match((await runCli(['diff', a])).err, /two traces are needed/);
    assert.equal((await runCli(['diff', '-', '-'])).status, 2);
    assert.match((await runCli(['diff', a, a, a])).err, /is too many/);
  });

  it('compares a recording with another of the same driver', async () => {
    const { status, out } = await runCli([
      'diff',
      sample('skl-modeset-stacks.vgpu.gz'),
      sample('skl-modeset-fbcon-gem.vgpu.gz'),
    ]);
    assert.equal(status, 1);
    assert.match(out, /called by /);
  });
});
