import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createVgpu, defaultConfig, GoldenState } from '../emulator/index.ts';
import { goldenFileOf } from '../test/support/golden-state.ts';
import { jsonOf, runCli, sample } from './testing/run-cli.ts';
import { folderWith } from './testing/scenario-folder.ts';

/** RCS0.RING_HWSTAM as a host had it. */
const HOST = '(0x00002098): 0x00000040\n';
const GOOD = '## platform: skl\nR32 RCS0.RING_HWSTAM = 0x40\n';

/** A ring that RING_CTL, which nobody writes, must have switched on. */
const RING = `## platform: skl
## vgpu: caps=1c mappable=04000000+04000000 hidden=20000000+18000000 fences=4
W64 ggtt[0x20003000] 0x105001
M 0x105000 00000000 00000000
W32 RCS0.RING_START 0x20003000
W32 RCS0.RING_HEAD 0
W32 RCS0.RING_TAIL 8
`;

describe('--golden', () => {
  const [folder, remove] = folderWith({ host: HOST, 'good.vgpu': GOOD });
  after(remove);
  const [host, good] = ['host', 'good.vgpu'].map((name) => path.join(folder, name));

  it('is what a test’s vGPU starts from', async () => {
    assert.equal((await runCli(['test', good ?? ''])).status, 1);
    const { status, out } = await runCli(['test', good ?? '', '--golden', host ?? '']);
    assert.equal(status, 0, out);
  });

  it('of another GPU than a scenario’s fails that scenario, with a sentence', async () => {
    const golden = sample('skl_hang.error_state.txt');
    const bdw = path.join(folder, 'bdw.vgpu');
    writeFileSync(bdw, GOOD.replace('skl', 'bdw'));
    const { status, out } = await runCli(['test', bdw, '--golden', golden]);
    assert.equal(status, 1);
    assert.match(out, /The golden state .* is of skl 8086:1912.*, and the trace of bdw/);
  });

  it('is what vgpu check replays on', async () => {
    // A write of what stands in read-only bits breaks no rule.
    const trace = '## platform: skl\nW32 RCS0.RING_EXECLIST_STATUS_LO 2\n';
    const status = path.join(folder, 'status');
    writeFileSync(status, '(0x00002234): 0x00000002\n');
    const without = await runCli(['check', '-'], trace);
    assert.match(without.out, /^read-only-write: /m);
    assert.equal((await runCli(['check', '-', '--golden', status], trace)).status, 0);
    const bad = await runCli(['check', '-', '--golden', 'no/such/file'], trace);
    assert.match(bad.err, /there is no file no\/such\/file/);
  });

  it('is what the engines of a decoded trace find', async () => {
    const ring = path.join(folder, 'ring.vgpu');
    writeFileSync(ring, RING);
    const ctl = path.join(folder, 'ctl');
    writeFileSync(ctl, '(0x0000203c): 0x00000001\n');
    assert.match((await runCli(['decode', ring])).err, /shows no commands/);
    const { status, out, err } = await runCli(['decode', ring, '--golden', ctl]);
    assert.equal(status, 0, err);
    assert.match(out, /MI_NOOP/);
  });

  it('is refused by vgpu decode where no vGPU replays anything', async () => {
    for (const name of ['skl_clr.aub.gz', 'skl_hang.error_state.txt']) {
      const { status, err } = await runCli(['decode', sample(name), '--golden', host ?? '']);
      assert.equal(status, 2);
      assert.match(err, /--golden is what a vGPU starts from that replays a trace: /);
    }
  });

  it('is what vgpu diff finds last writers with, one for both traces or one for each', async () => {
    const [one, other] = ['one', 'other'].map((name) => path.join(folder, name));
    // The host had bit 0 already, so that this write did not set it.
    const text = 'W 4 002098 41\nR 4 002098 41\n';
    writeFileSync(one ?? '', text);
    writeFileSync(other ?? '', text.replace('R 4 002098 41', 'R 4 002098 40'));
    const had = path.join(folder, 'had');
    writeFileSync(had, '(0x00002098): 0x00000041\n');
    const causes = async (...golden: string[]) => {
      const options = golden.flatMap((file) => ['--golden', file]);
      const report = jsonOf(await runCli(['diff', one ?? '', other ?? '', '--json', ...options]));
      const { a, b } = Object(Object(report['first']).causes);
      return [Object(a).by, Object(b).by];
    };
    assert.deepEqual(await causes(), ['model', 'model']);
    assert.deepEqual(await causes(had), ['trace', 'trace']);
    assert.deepEqual(await causes(host ?? '', had), ['model', 'trace']);
    const wrong = await runCli(['diff', one ?? '', other ?? '', '--golden', 'no/such/file']);
    assert.match(wrong.err, /there is no file no\/such\/file/);
    const bdw = path.join(folder, 'bdw-trace.vgpu');
    writeFileSync(bdw, `## platform: bdw\n${text}`);
    const golden = sample('skl_hang.error_state.txt');
    const foreign = await runCli(['diff', bdw, bdw, '--golden', golden]);
    assert.equal(foreign.status, 1);
    assert.match(foreign.err, /is of skl 8086:1912.*, and the trace of bdw/);
  });

  it('goes along where a trace is reduced: the scenario says so, and fails with it alone', async () => {
    const trace = path.join(folder, 'long.vgpu');
    writeFileSync(
      trace,
      `W 4 0020a8 7\nR 4 002098 40\nW 4 002098 41\nW 4 00941c 1\nR 4 002098 41\n`,
    );
    const out = path.join(folder, 'out.vgpu');
    const run = await runCli(['reduce', trace, '-o', out, '--golden', host ?? '']);
    assert.equal(run.status, 0, run.err);
    assert.match(
      readFileSync(out, 'utf8'),
      /^## title: Reduced from .*long\.vgpu with --golden .*host:/m,
    );
    const again = await runCli(['test', out, '--golden', host ?? '']);
    assert.equal(again.status, 1);
  });

  it('shows on a screen', async () => {
    const trace = '## platform: skl\nR32 0x2098\n';
    const none = await runCli(['screen', '-', '--json'], trace);
    assert.match(none.err, /there is no picture/);
    // Pipe A as a host had it on: 640 × 480.
    const pipe = path.join(folder, 'pipe');
    const rows = [
      '(0x00070008): 0xc0000000',
      '(0x00060000): 0x031f027f',
      '(0x0006000c): 0x020c01df',
    ];
    writeFileSync(
      pipe,
      `${[...rows, '(0x0006001c): 0x027f01df', '(0x00060400): 0xb2000000'].join('\n')}\n`,
    );
    const { status, out, err } = await runCli(['screen', '-', '--json', '--golden', pipe], trace);
    assert.equal(status, 0, err);
    const { width, height } = Object(JSON.parse(out));
    assert.deepEqual([width, height], [640, 480]);
  });

  it('may be a packed golden_hw_state, with configuration space', async () => {
    const registers = [{ offset: 0x2098, value: 0x40 }];
    const made = createVgpu({ ...defaultConfig(), golden: new GoldenState({ registers }) });
    const file = path.join(folder, 'state.gz');
    writeFileSync(file, gzipSync(goldenFileOf(made)));
    const trace = '## platform: skl\nR 4 002098 40\nCR 4 00 19128086\n';
    const { status, out } = await runCli(['replay', '-', '--golden', file], trace);
    assert.equal(status, 0, out);
    const kabyLake = '## platform: kbl\nR 4 002098 40\n';
    const other = await runCli(['replay', '-', '--golden', file], kabyLake);
    assert.match(other.err, /is of skl 8086:1912 rev 06, and the trace of kbl/);
  });

  it('is one for all traces, or one for each', async () => {
    const traces = ['two-guests-first.vgpu.gz', 'two-guests-second.vgpu.gz'].map(sample);
    const other = path.join(folder, 'other');
    writeFileSync(other, '(0x00005f00): 0x00000001\n');
    const hashes = async (...golden: string[]) => {
      const options = golden.flatMap((file) => ['--golden', file]);
      const { guests } = jsonOf(await runCli(['replay', ...traces, '--json', ...options]));
      assert.ok(Array.isArray(guests));
      return guests.map((guest) => String(Object(guest).hash));
    };
    const [none, all, each] = [
      await hashes(),
      await hashes(other),
      await hashes(other, sample('skl_hang.error_state.txt')),
    ];
    assert.notEqual(all[0], none[0]);
    assert.notEqual(all[1], none[1]);
    assert.equal(each[0], all[0]);
    assert.notEqual(each[1], all[1]);
  });
});
