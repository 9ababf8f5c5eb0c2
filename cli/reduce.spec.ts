import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { runCli, sample } from './testing/run-cli.ts';
import { folderWith } from './testing/scenario-folder.ts';

const STACKS = sample('skl-modeset-stacks.vgpu.gz');

describe('vgpu reduce', () => {
  const [folder, remove] = folderWith({
    'good.vgpu': 'W 4 002098 40\nR 4 002098 40\n',
    'expected.vgpu': [
      'W32 0x20a8 7',
      'W32 RCS0.RING_HWSTAM 0x40',
      'T 0.5',
      'W32 0x20a8 8',
      'R32 0x20a8 = 8',
      'expect RCS0.RING_HWSTAM == 0x41',
      'W32 0x2098 1',
      '',
    ].join('\n'),
  });
  after(remove);
  const out = path.join(folder, 'out.vgpu');

  function linesOf(file: string): string[] {
    const text = readFileSync(file, 'utf8');
    return text.split('\n').filter((line) => line !== '' && !line.startsWith('##'));
  }

  it('leaves of a trace what its failed expectation needs, and time only where it matters', async () => {
    const { status } = await runCli(['reduce', path.join(folder, 'expected.vgpu'), '-o', out]);
    assert.equal(status, 0);
    assert.deepEqual(linesOf(out), [
      'W32 RCS0.RING_HWSTAM 0x00000040',
      'expect RCS0.RING_HWSTAM == 0x41',
    ]);
    const again = await runCli(['test', out]);
    assert.equal(again.status, 1);
    assert.match(again.out, /actual {4}RCS0\.RING_HWSTAM == 0x00000040/);
  });

  it('turns a wrong answer among half a million records into a scenario of a few, always the same', async () => {
    const text = gunzipSync(readFileSync(STACKS)).toString('latin1');
    const at = text.lastIndexOf('\nR 4 044308 00000100') + '\nR 4 044308 '.length;
    assert.ok(at > text.length / 2);
    const seeded = path.join(folder, 'seeded.vgpu');
    writeFileSync(seeded, `${text.slice(0, at)}00000077${text.slice(at + 8)}`, 'latin1');
    const { status, out: said } = await runCli(['reduce', seeded, '-o', out]);
    assert.equal(status, 0);
    assert.match(
      said,
      /expected R32 GEN8_GT_IIR_0 = 0x00000077, actual R32 GEN8_GT_IIR_0 = 0x00000100/,
    );
    const lines = linesOf(out);
    assert.ok(lines.length <= 20, `${lines.length} lines`);
    assert.match(lines.at(-1) ?? '', /^R32 GEN8_GT_IIR_0 = 0x00000077/);
    const test = await runCli(['test', out]);
    assert.match(test.out, /actual {4}R32 GEN8_GT_IIR_0 = 0x00000100/);
    const first = readFileSync(out, 'utf8');
    await runCli(['reduce', seeded, '-o', out]);
    assert.equal(readFileSync(out, 'utf8'), first);
  });

  it('reduces to a fault of a rule, with the time that it takes', async () => {
    const { status } = await runCli([
      'reduce',
      STACKS,
      '--fault',
      'display-event-masked',
      '-o',
      out,
    ]);
    assert.equal(status, 0);
    const lines = linesOf(out).map((line) => line.replace(/ {2}@.*/, ''));
    assert.equal(lines.length, 5);
    assert.match(lines[1] ?? '', /^W32 PIPECONF_A 0x80000000$/);
    assert.equal(lines.at(-1), 'expect no fault display-event-masked since start');
    assert.equal((await runCli(['test', out])).status, 1);
  });

  it('says where nothing fails, and what is wrong with the command line', async () => {
    const good = await runCli(['reduce', path.join(folder, 'good.vgpu'), '-o', out]);
    assert.equal(good.status, 1);
    assert.match(good.err, /nothing fails in .*good\.vgpu/);
    const missing = await runCli(['reduce', STACKS]);
    assert.equal(missing.status, 2);
    assert.match(missing.err, /-o FILE says where the scenario goes/);
    const own = path.join(folder, 'expected.vgpu');
    for (const command of ['reduce', 'screen']) {
      const { status, err } = await runCli([command, own, '-o', path.relative('', own)]);
      assert.equal(status, 2);
      assert.match(err, /would write over /);
    }
    const rule = await runCli(['reduce', STACKS, '-o', out, '--fault', 'none']);
    assert.equal(rule.status, 2);
    const file = await runCli(['reduce', path.join(folder, 'expected.vgpu'), '-o', '/no/such/x']);
    assert.match(file.err, /\/no\/such\/x cannot be written/);
  });
});
