import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runCli, runCliAndHangUp, sample } from './testing/run-cli.ts';

const BOOT = sample('skl-probe-gem-unload.vgpu.gz');

test('without a command the usage is shown and the status is 2', async () => {
  const { status, out, err } = await runCli([]);
  assert.equal(status, 2);
  assert.equal(out, '');
  assert.match(err, /^Usage: vgpu COMMAND TRACE/);
});

test('--help lists every command on standard output', async () => {
  const { status, out } = await runCli(['--help']);
  assert.equal(status, 0);
  for (const command of ['replay', 'info', 'list'])
    assert.match(out, new RegExp(`^  ${command}  `, 'm'));
});

test('--version prints the version of package.json', async () => {
  const manifest: unknown = JSON.parse(readFileSync(sample('../package.json'), 'utf8'));
  const { status, out } = await runCli(['--version']);
  assert.equal(status, 0);
  assert.ok(typeof manifest === 'object' && manifest !== null && 'version' in manifest);
  assert.equal(out, `${manifest.version}\n`);
});

test('every command explains itself and its options', async () => {
  const replay = await runCli(['replay', '--help']);
  assert.equal(replay.status, 0);
  assert.match(replay.out, /--compare/);
  assert.match((await runCli(['info', '--help'])).out, /--json/);
  assert.equal((await runCli(['help', 'replay'])).out, replay.out);
  assert.equal((await runCli(['help', 'explode'])).status, 2);
  assert.match((await runCli(['list', '--help'])).out, /--from RECORD/);
});

test('wrong command lines get a sentence, the usage and status 2', async () => {
  const wrong: [string[], RegExp][] = [
    [['explode'], /there is no command "explode"/],
    [['reply', BOOT], /there is no command "reply"\. Did you mean replay\?/],
    [['--explode'], /there is no option --explode/],
    [['info', '--jsno', BOOT], /Unknown option '--jsno'\. Did you mean --json\?/],
    [['info', '--explode', BOOT], /'--explode'/],
    [['info'], /a trace is missing/],
    [['info', 'a', 'b'], /one trace at a time/],
    [['list', BOOT, '--from'], /--from/],
    [['list', BOOT, '--from', 'x'], /--from takes a whole number from 0, not "x"/],
    [['list', BOOT, '--count', '0'], /--count takes a whole number from 1/],
    [['guest', '--scenario', 'dance'], /--scenario takes boot, probe, .*kmscube, not "dance"/],
    [['guest', '--monitor', 'vga'], /--monitor takes hdmi, dp or none, not "vga"/],
    [['guest', '--platform', 'tgl'], /--platform takes bdw, skl, kbl, not "tgl"/],
    [['guest', '--gm', 'much'], /--gm takes two sizes in MiB, as in 64\+384 or .*, not "much"/],
    [['guest', '--gm', '64@200+384'], /--gm 64@200\+384 cannot be: /],
    [['guest', '--memory', '8'], /--memory takes a whole number from 64, not "8"/],
    [['guest', '--kernel', 'bzImage'], /the kernel bzImage needs a file system of its own/],
    [['guest', '--stacks'], /--stacks goes into a recording: give --record too/],
    [['replay', BOOT, '--compare', 'x'], /--compare takes compare, force or ignore, not "x"/],
  ];
  for (const [args, message] of wrong) {
    const { status, out, err } = await runCli(args);
    assert.equal(status, 2, args.join(' '));
    assert.equal(out, '');
    assert.match(err, message);
    assert.match(err, /Usage: vgpu/);
  }
});

test('a trace that cannot be read gets a sentence and status 1, whatever the command', async () => {
  const wrong: [string[], string, RegExp][] = [
    [['info', '/no/such/trace'], '', /^vgpu info: there is no file \/no\/such\/trace\.\n$/],
    [['list', sample('.')], '', /is a folder, not a trace/],
    [['list', BOOT, '--registers', '/no/such'], '', /^vgpu list: there is no file \/no\/such\.\n$/],
    [['list', BOOT, '--registers', '/'], '', /^vgpu list: \/ is a folder\.\n$/],
    [['info', ''], '', /a path is empty/],
    [['replay', '-'], '', /standard input is empty/],
    [['info', '-'], 'What is this?\n', /standard input is not a trace of a known format/],
    [['info', '-'], '\u001f\u008bnot gzip', /not a trace|damaged/],
  ];
  for (const [args, input, message] of wrong) {
    const { status, out, err } = await runCli(args, input);
    assert.equal(status, 1, args.join(' '));
    assert.equal(out, '');
    assert.match(err, message);
  }
});

test('a guest whose files are not there says how to get them', async () => {
  const { status, err } = await runCli(['guest', '--images', '/no/such/folder']);
  assert.equal(status, 1);
  assert.match(err, /needs \/no\/such\/folder\/bios\.bin, .*npm run guest:fetch/);
});

test('a reader that goes away is not an error', async () => {
  const { status, err } = await runCliAndHangUp(['list', BOOT]);
  assert.equal(err, '');
  assert.equal(status, 0);
});
