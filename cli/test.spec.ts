import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { jsonOf, runCli, sample } from './testing/run-cli.ts';
import { FOUR, folderWith } from './testing/scenario-folder.ts';

function lines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((out) => jsonOf({ status: 0, out, err: '' }));
}

describe('vgpu test', () => {
  const [folder, remove] = folderWith(FOUR);
  after(remove);

  it('tells what failed, where, and what it was instead', async () => {
    const { status, out, err } = await runCli(['test', folder]);
    assert.equal(status, 1);
    assert.equal(err, '');
    assert.match(out, /^✔ .*a-good\.vgpu \(1 expectation\)$/m);
    assert.match(out, /^✖ .*b-bad\.vgpu: 1 failed, of 2 expectations$/m);
    assert.match(out, /^ {4}.*b-bad\.vgpu:4$/m);
    assert.match(out, /^ {6}expected {2}R32 RCS0\.RING_HWSTAM = 0x00000041$/m);
    assert.match(out, /^ {6}actual {4}R32 RCS0\.RING_HWSTAM = 0x00000040$/m);
    assert.match(out, /c-strange\.vgpu:3\n.*not understood\n.*expected: expect \[no\|COUNT\]/);
    assert.match(out, /d-recording\.vgpu: skipped, it expects nothing/);
    assert.match(out, /1 passed, 2 failed, 1 skipped\n$/);
    assert.ok(!out.includes('\x1b'), 'no colours where nobody sees them');
  });

  it('succeeds where all pass, and where files and globs name them', async () => {
    for (const operand of [path.join(folder, 'a-good.vgpu'), path.join(folder, 'a-*.vgpu')])
      assert.equal((await runCli(['test', operand])).status, 0);
  });

  it('fails where nothing was run, and where nothing is named', async () => {
    const skipped = await runCli(['test', path.join(folder, 'd-*')]);
    assert.equal(skipped.status, 1);
    assert.match(skipped.err, /none of the files expects anything/);
    const none = await runCli(['test', path.join(folder, 'x*')]);
    assert.equal(none.status, 1);
    assert.match(none.err, /nothing is named by/);
    assert.match(
      (await runCli(['test', '/no/such.vgpu'])).err,
      /there is no file \/no\/such\.vgpu/,
    );
  });

  it('runs each scenario in exactly one of the parts', async () => {
    const files: unknown[] = [];
    for (const part of ['1/3', '2/3', '3/3']) {
      const { out } = await runCli(['test', folder, '--shard', part, '--reporter', 'json']);
      files.push(...lines(out).map((each) => each['file']));
    }
    const names = files
      .filter((file) => typeof file === 'string')
      .map((file) => path.basename(file));
    assert.deepEqual(names.sort(), Object.keys(FOUR).sort());
    for (const wrong of ['0/3', '4/3', 'x', '1']) {
      const { status, err } = await runCli(['test', folder, '--shard', wrong]);
      assert.equal(status, 2);
      assert.match(err, /--shard takes I\/N with I from 1 to N/);
    }
  });

  it('writes JUnit files, annotations and lines of JSON', async () => {
    const junit = await runCli(['test', folder, '--reporter', 'junit']);
    assert.equal(junit.status, 1);
    assert.match(junit.out, /^<\?xml .*<testsuites .*<\/testsuites>\n$/s);
    assert.match(
      junit.out,
      /name="[^"]*b-bad\.vgpu" tests="2" failures="1" errors="0" skipped="0"/,
    );
    assert.match(junit.out, /line="4"><failure message="R32 RCS0\.RING_HWSTAM = 0x00000041">/);
    assert.match(junit.out, /<skipped message="it expects nothing"\/>/);
    const github = await runCli(['test', folder, '--reporter', 'github']);
    assert.match(
      github.out,
      /^::error file=.*b-bad\.vgpu,line=4,title=R32 .* = 0x00000041::expected .*%0Aactual /m,
    );
    const json = lines((await runCli(['test', folder, '--reporter', 'json'])).out);
    assert.deepEqual(
      json.map((each) => each['status']),
      ['passed', 'failed', 'failed', 'skipped', undefined],
    );
    assert.deepEqual(json.at(-1), { type: 'end', passed: 1, failed: 2, skipped: 1, errors: 0 });
    const other = await runCli(['test', folder, '--reporter', 'html']);
    assert.equal(other.status, 2);
  });

  it('tells what was exercised when asked', async () => {
    const { out } = await runCli(['test', sample('first-steps.vgpu'), '--coverage']);
    assert.match(out, /^exercised of skl\n {2}registers +\d+ of +\d,\d+ /m);
    assert.match(out, /^ {2}commands +1 of/m);
  });
});

describe('vgpu test --update', () => {
  const [folder, remove] = folderWith({
    'a.vgpu': [
      'W32 RCS0.RING_HWSTAM 0x40  // stays',
      'R32 RCS0.RING_HWSTAM = 0x41   // why',
      'R 4 002098 00000042',
      'expect RCS0.RING_HWSTAM == 67 // also',
      'M 1000 01020304',
      'expect memory 1000 0102??05',
      '',
    ].join('\r\n'),
    'b.vgpu': 'W32 0x2098 1\nexpect fault\n',
    'c.vgpu': [
      '## platform: skl',
      'W64 ggtt[0] 0x1',
      'expect  3 faults   ggtt-write-out-of-range // so many',
      'expect 2 interrupts since start',
      'expect 4 commands RCS0:MI_*',
      'expect no fault since start',
      '',
    ].join('\n'),
  });
  after(remove);

  it('puts the actual values into their lines and leaves all else as it is', async () => {
    const file = path.join(folder, 'a.vgpu');
    assert.equal((await runCli(['test', file])).status, 1);
    assert.equal((await runCli(['test', file, '--update'])).status, 0);
    assert.deepEqual(readFileSync(file, 'utf8').split('\r\n'), [
      'W32 RCS0.RING_HWSTAM 0x40  // stays',
      'R32 RCS0.RING_HWSTAM = 0x00000040   // why',
      'R 4 002098 00000040',
      'expect RCS0.RING_HWSTAM == 0x00000040 // also',
      'M 1000 01020304',
      'expect memory 1000 0102??04',
      '',
    ]);
  });

  it('puts right how often something was expected', async () => {
    const file = path.join(folder, 'c.vgpu');
    const { err } = await runCli(['test', file, '--update']);
    assert.deepEqual(readFileSync(file, 'utf8').split('\n').slice(2, 6), [
      'expect  1 faults   ggtt-write-out-of-range // so many',
      'expect no interrupts since start',
      'expect no commands RCS0:MI_*',
      'expect no fault since start',
    ]);
    assert.match(err, /^vgpu test: \S+c\.vgpu:6 is not updated: 1 fault/);
    assert.doesNotMatch(err, /c\.vgpu:[345] /);
  });

  it('says what has no value that could be updated', async () => {
    const { status, err } = await runCli(['test', path.join(folder, 'b.vgpu'), '--update']);
    assert.equal(status, 1);
    assert.match(err, /b\.vgpu:2 is not updated: no fault/);
  });
});

describe('labels of a scenario', () => {
  const text = [
    '## title: labels',
    '## platform: skl',
    '## vgpu: caps=1c mappable=04000000+04000000 hidden=20000000+18000000 fences=4',
    'label result 0x04001000 // where it stands',
    'label page 0x101000',
    'W64 ggtt[result] page+1',
    'AW32 result+4 0x11',
    'AR32 result+4 = page+0x10 // wrong',
    'expect memory page+4 12000000',
    'expect ggtt[result].frame == page',
    '',
  ].join('\n');
  const [folder, remove] = folderWith({ 'labels.vgpu': text });
  after(remove);
  const file = path.join(folder, 'labels.vgpu');
  const converted = path.join(folder, 'converted.vgpu');
  const reduced = path.join(folder, 'reduced.vgpu');

  it('are numbers where it is run, and where a program writes its records', async () => {
    const { status, out } = await runCli(['test', file]);
    assert.equal(status, 1);
    assert.match(out, /2 failed, of 3 expectations/);
    assert.match(out, /expected {2}AR32 0x4001004 = 0x00101010/);
    assert.match(out, /actual {4}memory 0x101004 11000000/);
    assert.equal((await runCli(['convert', file, converted])).status, 0);
    const lines = readFileSync(converted, 'utf8').split('\n');
    assert.ok(lines.includes('expect ggtt[0x4001000].frame == 0x101000'));
    assert.ok(lines.every((line) => !line.startsWith('label')));
    assert.match((await runCli(['test', converted])).out, /2 failed, of 3 expectations/);
    assert.equal((await runCli(['reduce', file, '-o', reduced])).status, 0);
    assert.match(readFileSync(reduced, 'utf8'), /^AR32 0x4001004 = 0x00101010$/m);
  });

  it('stay in its text where expectations are put right', async () => {
    assert.equal((await runCli(['test', file, '--update'])).status, 0);
    const expected = text
      .replace('= page+0x10', '= 0x00000011')
      .replace('page+4 12000000', 'page+4 11000000');
    assert.equal(readFileSync(file, 'utf8'), expected);
  });
});
