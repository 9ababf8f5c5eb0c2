import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCli, sample } from './testing/run-cli.ts';

const STACKS = sample('skl-modeset-stacks.vgpu.gz');

test('list prints the decoded rows from a record on, with a heading', async () => {
  const { status, out, err } = await runCli(['list', STACKS, '--from', '1000', '--count', '3']);
  assert.equal(status, 0);
  assert.equal(err, '');
  const [heading, ...rows] = out.trimEnd().split('\n');
  assert.match(heading ?? '', /register or address/);
  assert.equal(rows.length, 3);
  assert.match(rows[0] ?? '', /^ +1000 .*W32.*@ intel_dp_aux_xfer$/);
});

test('a record in a run is found on the row of its run', async () => {
  const { out } = await runCli(['list', STACKS, '--from', '400000', '--count', '1']);
  assert.match(out, /▸/);
});

test('list prints every row exactly once, across pages', async () => {
  const { status, out } = await runCli(['list', sample('skl-probe-gem-unload.vgpu.gz')]);
  assert.equal(status, 0);
  const records = out.split('\n').flatMap((line) => {
    const number = /^ *(\d+) /.exec(line)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  assert.equal(records[0], 0);
  assert.ok(records.every((record, i) => i === 0 || record > (records[i - 1] ?? 0)));
});

test('a record behind the end is refused with the last one’s number', async () => {
  const { status, err } = await runCli(['list', '-', '--from', '7'], 'W 4 002030 00000040\n');
  assert.equal(status, 2);
  assert.match(err, /no record 7: the last is 0/);
});

test('a device that cannot be emulated is listed by offsets', async () => {
  const text = '## platform: tgl\nW 4 002030 00000040\n';
  const { status, out } = await runCli(['list', '-'], text);
  assert.equal(status, 0);
  assert.match(out, /0x002030/);
});
