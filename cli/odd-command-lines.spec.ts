import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { runCli, sample } from './testing/run-cli.ts';
import { folderWith } from './testing/scenario-folder.ts';

describe('what a stranger may type', () => {
  const [folder, remove] = folderWith({ 'a.vgpu': '## platform: skl\nW32 0x44200 0\n', empty: '' });
  after(remove);
  const at = (name: string) => path.join(folder, name);
  mkdirSync(at('sub'));
  const [trace, sub] = [at('a.vgpu'), at('sub')];
  const packed = readFileSync(sample('guest-broadwell.vgpu.gz'));
  writeFileSync(at('cut.vgpu.gz'), packed.subarray(0, 20_000));
  writeFileSync(at('short.gz'), packed.subarray(0, 5));
  writeFileSync(at('cut.aub.gz'), readFileSync(sample('skl_clr.aub.gz')).subarray(0, 14_600));
  const picture = sample('skl-modeset-stacks.vgpu.gz');

  /** Command lines, the sentence that is said, and the status. */
  const rows: readonly (readonly [args: readonly string[], sentence: RegExp, status: number])[] = [
    [['decode', at('short.gz')], /^vgpu decode: .*short\.gz cannot be read: unexpected end/, 1],
    [['decode', at('empty')], /^vgpu decode: .*empty is empty: there is no trace in it\.$/, 1],
    [['decode', sub], /^vgpu decode: .*sub is a folder, not a trace\.$/, 1],
    [['convert', trace, sub, '--to', 'vgpu'], /sub is a folder: name a file in it\.$/, 1],
    [
      ['convert', trace, at('no/x.vgpu')],
      /no\/x\.vgpu cannot be written: there is no folder .*no\.$/,
      1,
    ],
    [['screen', picture, '-o', sub], /sub is a folder: name a file in it\.$/, 1],
    [['screen', trace, '-o', '-'], /-o takes the path of a file, not standard output\.$/, 2],
    [['screen', picture, trace, '-o', trace], /-o FILE would write over .*a\.vgpu/, 2],
    [
      ['screen', trace, '-o', at('x'), '--at', '9'.repeat(30)],
      /--at takes end, RECORD or RECORD\+EVENT, not "9+"\.$/,
      2,
    ],
    [
      ['screen', trace, '-o', at('x'), '--at', '-1'],
      /--at needs a value: --at MOMENT, or --at=MOMENT where it begins with "-"\.$/,
      2,
    ],
    [['screen', trace, '-o'], /--output needs a value: --output FILE\.$/, 2],
    [['reduce', trace, '-o', '-'], /-o takes the path of a file, not standard output\.$/, 2],
    [['reduce', trace, '-o', at('no/x')], /there is no folder .*no\.$/, 1],
    [['reduce', trace, '-o', sub], /sub is a folder: name a file in it\.$/, 1],
    [['reduce', trace, '-o', at('empty'), '--golden', at('empty')], /would write over .*empty/, 2],
    [['guest', '--record', sub], /sub is a folder: name a file in it\.$/, 1],
    [['guest', '--record', at('no/x')], /there is no folder .*no\.$/, 1],
    [['list', trace, '--count'], /--count needs a value: --count ROWS\.$/, 2],
    [['replay', trace, '--json=yes'], /--json takes no value\.$/, 2],
    [['replay', trace, '--golden', ''], /a path is empty: the name of a file is missing\.$/, 1],
    [['test', sub], /the folder .*sub has no scenarios: files that end in \.vgpu\.$/, 1],
    [['dap', '--port', '65536'], /--port takes a whole number from 0 to 65535, not "65536"\.$/, 2],
  ];
  for (const [args, sentence, status] of rows) {
    it(`vgpu ${args.map((arg) => path.basename(arg)).join(' ')}`, async () => {
      const result = await runCli(args);
      const [first = ''] = result.err.split('\n');
      assert.match(first, sentence);
      assert.equal(result.status, status);
      assert.equal(result.out, '');
    });
  }

  it('a packed file that was cut short is shown as far as it goes, and named once', async () => {
    for (const [command, name] of [
      ['replay', 'cut.vgpu.gz'],
      ['decode', 'cut.vgpu.gz'],
      ['decode', 'cut.aub.gz'],
    ] as const) {
      const { out, err } = await runCli([command, at(name)]);
      assert.match(err, /damaged or cut off after \d+ bytes: unexpected end of file\./);
      assert.equal(err.split(name).length, 2, err);
      assert.notEqual(out, '');
    }
    assert.match((await runCli(['decode', at('cut.aub.gz')])).out, /MI_BATCH_BUFFER_START/);
  });

  it('a scenario that cannot be read is named once', async () => {
    const { out, status } = await runCli(['test', at('empty')]);
    assert.match(out, /^✖ \S*empty is empty: there is no trace in it\.$/m);
    assert.equal(status, 1);
  });

  it('names that are no ASCII', async () => {
    const file = at('ünï トレース.vgpu');
    writeFileSync(file, readFileSync(trace));
    const copy = at('ö – é.vgpu');
    assert.equal((await runCli(['convert', file, copy])).status, 0);
    assert.ok(statSync(copy).size > 0);
    assert.match((await runCli(['replay', copy])).out, /^\S.*ö – é\.vgpu: 1 record replayed/);
  });
});
