import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { jsonOf, runCli, sample } from './testing/run-cli.ts';
import { folderWith } from './testing/scenario-folder.ts';

const GUEST = sample('guest-gem-stacks.vgpu.gz');
const STEPS = sample('first-steps.vgpu');

describe('vgpu convert', () => {
  const [folder, remove] = folderWith({});
  after(remove);
  const to = (name: string) => path.join(folder, name);

  async function converted(from: string, name: string, ...options: string[]): Promise<string> {
    const { status, err } = await runCli(['convert', from, to(name), ...options]);
    assert.equal(status, 0, err);
    return name.endsWith('.gz') ? '' : readFileSync(to(name), 'utf8');
  }

  it('writes .vgpu files that replay to the same state', async () => {
    await converted(GUEST, 'guest.vgpu.gz');
    const hash = async (file: string) => jsonOf(await runCli(['replay', file, '--json']))['hash'];
    assert.equal(await hash(to('guest.vgpu.gz')), await hash(GUEST));
    await converted(STEPS, 'steps.vgpu');
    const { status, out } = await runCli(['test', to('steps.vgpu')]);
    assert.equal(status, 0);
    assert.match(out, /19 expectations/);
  });

  it('never writes over the trace, whatever its path looks like', async () => {
    await converted(STEPS, 'own.vgpu');
    const text = readFileSync(to('own.vgpu'), 'utf8');
    const other = path.join(folder, '..', path.basename(folder), 'own.vgpu');
    for (const name of [to('own.vgpu'), path.relative(process.cwd(), to('own.vgpu')), other]) {
      const { status, err } = await runCli(['convert', to('own.vgpu'), name, '--to', 'vcd']);
      assert.equal(status, 2);
      assert.match(err, /cannot be converted onto itself/);
    }
    assert.equal(readFileSync(to('own.vgpu'), 'utf8'), text);
  });

  it('shows in a timeline what a vGPU does that starts from a golden state', async () => {
    const golden = to('host');
    writeFileSync(golden, '(0x00002098): 0x00000040\n');
    const only = ['--signals', 'RCS0.RING_HWSTAM'];
    const trace = to('read.vgpu');
    writeFileSync(trace, '## platform: skl\nT 0.001\nW32 0x2098 0x41\n');
    const starts = /\$dumpvars\s[^$]*b1000000 /;
    assert.doesNotMatch(await converted(trace, 'without.vcd', ...only), starts);
    assert.match(await converted(trace, 'with.vcd', ...only, '--golden', golden), starts);
    const { status, err } = await runCli(['convert', trace, to('x.vgpu'), '--golden', golden]);
    assert.equal(status, 2);
    assert.match(err, /--golden is for timelines \(perfetto, vcd\)/);
    const other = to('bdw.vgpu');
    writeFileSync(other, '## platform: bdw\nR32 0x2098\n');
    const state = sample('skl_hang.error_state.txt');
    const refused = await runCli(['convert', other, to('x.vcd'), '--golden', state]);
    assert.match(refused.err, /is of skl 8086:1912.*, and the trace of bdw/);
  });

  it('makes a trace of another format a .vgpu file with the same accesses', async () => {
    await converted(sample('skl_kvmgt.mmiotrace.gz'), 'kvmgt.vgpu');
    const spaces = async (file: string) => {
      const info = jsonOf(await runCli(['info', file, '--json']));
      return info['counts'];
    };
    const before = JSON.stringify(await spaces(sample('skl_kvmgt.mmiotrace.gz')));
    const accesses = /"spaces":(\{.*?\})/.exec(before)?.[1];
    assert.ok(
      accesses !== undefined && JSON.stringify(await spaces(to('kvmgt.vgpu'))).includes(accesses),
    );
  });

  it('writes mmiotrace logs, and says what does not go into them', async () => {
    const { err } = await runCli(['convert', GUEST, to('guest.mmiotrace')]);
    assert.match(
      err,
      /^vgpu convert: \d+ records have no line in an mmiotrace log .* left out\.\n$/,
    );
    const info = jsonOf(await runCli(['info', to('guest.mmiotrace'), '--json']));
    assert.equal(info['format'], 'mmiotrace');
    assert.deepEqual(info['diagnostics'], []);
  });

  it('writes timelines for the Perfetto UI', async () => {
    const text = await converted(GUEST, 'guest.json', '--signals', 'RCS0.RING_TAIL');
    const { traceEvents } = jsonOf({ status: 0, out: text, err: '' });
    assert.ok(Array.isArray(traceEvents));
    const phases = new Map<string, number>();
    const names = new Set<string>();
    for (const event of traceEvents) {
      phases.set(event.ph, (phases.get(event.ph) ?? 0) + 1);
      names.add(event.name);
      assert.equal(typeof event.pid, 'number');
      assert.equal(typeof event.tid, 'number');
      assert.ok(event.ph === 'M' || event.ts >= 0);
      assert.ok(event.ph !== 'X' || event.dur >= 0);
      assert.ok(event.ph !== 'i' || event.s === 't');
    }
    assert.deepEqual([...phases.keys()].sort(), ['C', 'M', 'X', 'i']);
    for (const name of ['MI_BATCH_BUFFER_START', 'submission', 'RCS0 context switch', 'MSI'])
      assert.ok(names.has(name), name);
  });

  it('writes value changes for waveform viewers', async () => {
    const dump = await converted(STEPS, 'steps.vcd');
    const id = /\$var wire 32 (\S+) RING_TAIL \$end/.exec(dump)?.[1];
    assert.ok(id !== undefined);
    assert.match(dump, /^\$timescale 1 ns \$end\n\$scope module /m);
    const [, body = ''] = dump.split('$enddefinitions $end\n');
    const lines = body.trim().split('\n');
    assert.ok(lines.includes(`b1000000 ${id}`));
    const known = new Set([...dump.matchAll(/\$var \w+ \d+ (\S+) /g)].map((match) => match[1]));
    let now = -1;
    for (const line of lines) {
      if (line.startsWith('$')) continue;
      if (line.startsWith('#')) {
        assert.ok(Number(line.slice(1)) > now, 'time goes on');
        now = Number(line.slice(1));
      } else assert.ok(known.has(line.replace(/^(?:b[01]+ |1)/, '')), line);
    }
    assert.equal(now, 3_000_000);
    const one = await converted(STEPS, 'one.vcd', '--signals', '*.RING_TAIL,*.RING_HEAD');
    assert.equal([...one.matchAll(/\$var wire/g)].length, 2);
  });

  it('needs to know the format, and does not write over what it reads', async () => {
    const { status, err } = await runCli(['convert', GUEST, to('guest.txt')]);
    assert.equal(status, 2);
    assert.match(err, /does not tell the format: give --to \(vgpu, mmiotrace, perfetto, vcd\)/);
    const stdout = await runCli(['convert', STEPS, '-', '--to', 'mmiotrace']);
    assert.match(stdout.out, /^VERSION 20070824\nPCIDEV 0010 80861912 /);
    assert.equal((await runCli(['convert', GUEST, GUEST])).status, 2);
    assert.equal((await runCli(['convert', GUEST])).status, 2);
    const nowhere = await runCli(['convert', STEPS, '/no/such/folder/x.vgpu']);
    assert.equal(nowhere.status, 1);
    assert.match(nowhere.err, /\/no\/such\/folder\/x\.vgpu cannot be written/);
  });
});
