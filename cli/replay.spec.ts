import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { jsonOf, runCli, sample } from './testing/run-cli.ts';

const RECORDINGS = [
  'skl-probe-gem-unload',
  'skl-modeset-stacks',
  'skl-modeset-fbcon-gem',
  'skl-hang-reset-errorstate',
  'skl-mesa-kmscube',
];

function numbersOf(value: unknown): Record<string, number> {
  assert.ok(typeof value === 'object' && value !== null);
  const entries = Object.entries(value);
  for (const [key, number] of entries) assert.equal(typeof number, 'number', key);
  return Object.fromEntries(entries);
}

/** The error capture of the hang reads 29 ring registers that the recorded device did not have: a rule of their own. */
function leastEqual(name: string): number {
  return name === 'skl-hang-reset-errorstate' ? 0.965 : 0.98;
}

function recordOf(value: unknown): Record<string, unknown> {
  assert.ok(typeof value === 'object' && value !== null);
  return Object.fromEntries(Object.entries(value));
}

for (const name of RECORDINGS) {
  test(`${name} replays without a divergence, and its counts add up`, async () => {
    const result = await runCli(['replay', sample(`${name}.vgpu.gz`), '--json']);
    const report = jsonOf(result);
    assert.deepEqual(report['divergences'], []);
    assert.equal(result.status, 0);
    assert.equal(report['format'], 'vgpu');
    assert.match(String(report['hash']), /^[0-9a-f]{32}$/);
    const reads = numbersOf(report['reads']);
    const { compared = 0, equal = 0, volatile = 0, forced = 0, different } = reads;
    assert.equal(different, 0);
    const parts = Object.values(reads).reduce((sum, n) => sum + n, 0) - compared;
    assert.equal(parts, compared);
    assert.ok(compared >= 700 && compared <= 1500, `${compared} reads compared`);
    assert.equal(forced, 0, 'the recordings have all memory that engines need');
    assert.ok(equal >= leastEqual(name) * (compared - volatile), `${equal} equal`);
    assert.equal(recordOf(report['results'])['unexplainedCount'], 0);
    numbersOf(report['rules']);
    numbersOf(report['faults']);
  });
}

test('the same trace replays to the same hash', async () => {
  const text = 'W 4 002098 00000040\nR 4 002098 00000040\n';
  const first = jsonOf(await runCli(['replay', '-', '--json'], text));
  const second = jsonOf(await runCli(['replay', '-', '--json'], text));
  const other = jsonOf(await runCli(['replay', '-', '--json'], text.replaceAll('40', '41')));
  assert.equal(first['hash'], second['hash']);
  assert.notEqual(first['hash'], other['hash']);
});

test('a wrong answer is a divergence with its line, and the status is 1', async () => {
  const text = '## title: wrong\nW 4 002098 00000040\nR 4 002098 00000041\n';
  const result = await runCli(['replay', '-', '--json'], text);
  assert.equal(result.status, 1);
  assert.deepEqual(jsonOf(result)['divergences'], [
    { line: 3, register: 'RCS0.RING_HWSTAM', expected: '0x00000041', got: '0x00000040' },
  ]);
  const people = await runCli(['replay', '-'], text);
  assert.equal(people.status, 1);
  assert.match(people.out, /^divergences +1$/m);
  assert.match(
    people.out,
    /line 3: RCS0\.\w+ was 0x00000041 when recorded, the model answers 0x00000040/,
  );
});

test('a forced answer stays in the device; ignored ones are not compared', async () => {
  const text = 'W 4 002098 40\nR 4 002098 41\nW 4 0020a8 0\nR 4 002098 41\n';
  const replayed = async (policy: string) => {
    const result = await runCli(['replay', '-', '--json', '--compare', policy], text);
    return { status: result.status, divergences: jsonOf(result)['divergenceCount'] };
  };
  assert.deepEqual(await replayed('compare'), { status: 1, divergences: 2 });
  assert.deepEqual(await replayed('force'), { status: 1, divergences: 1 });
  assert.deepEqual(await replayed('ignore'), { status: 0, divergences: 0 });
});

test('a device that cannot be emulated is refused with what can', async () => {
  const { status, out, err } = await runCli(['replay', '-'], '## platform: tgl\nW 4 002098 1\n');
  assert.equal(status, 1);
  assert.equal(out, '');
  assert.match(err, /platform "tgl"; emulated are: bdw, skl, kbl/);
});

test('lines that are not understood are told apart from the result', async () => {
  const { status, out, err } = await runCli(['replay', '-'], 'W 4 002098 00000040\nW 4 zz\n');
  assert.equal(status, 0);
  assert.match(err, /standard input: line 2: /);
  assert.match(out, /1 record replayed/);
});

test('--device says what is made, and which of a log’s devices it is', async () => {
  const log = [
    'vfio_region_read  (aaaa:region0+0x78000, 4) = 0x76544776',
    'vfio_region_read  (bbbb:region0+0x2098, 4) = 0x1',
    '',
  ].join('\n');
  const comparedOf = async (...devices: string[]) => {
    const options = devices.flatMap((device) => ['--device', device]);
    const { out } = await runCli(['replay', '-', ...options], log);
    return /reads compared +(\d+)\n +equal +(\d+)/.exec(out)?.slice(1);
  };
  assert.deepEqual(await comparedOf('gvt-g'), ['1', '1']);
  assert.deepEqual(await comparedOf('gvt-g', 'bbbb'), ['1', '0']);
  assert.deepEqual(await comparedOf('bbbb'), ['1', '0']);
});

const DIFF =
  'Offset   HW       vGPU     Diff    \n00002098 00000000 00000040 6\nTotal: 1, Diff: 1\n';

test('--against compares the registers at the end with a dump', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'against-'));
  const dump = path.join(folder, 'mmio_diff');
  writeFileSync(dump, DIFF);
  const against = (value: string, ...more: string[]) =>
    runCli(['replay', '-', '--against', dump, ...more], `W 4 002098 ${value}\n`);
  const right = await against('00000040');
  assert.equal(right.status, 0);
  assert.match(right.out, /against .*mmio_diff\n +registers +1\n +equal +1\n/);
  const wrong = await against('00000041', '--json');
  assert.equal(wrong.status, 1);
  assert.deepEqual(jsonOf(wrong)['against'], {
    file: dump,
    compared: 1,
    equal: 0,
    host: 0,
    explained: 0,
    different: 1,
    rows: [
      {
        line: 2,
        offset: '0x02098',
        register: 'RCS0.RING_HWSTAM',
        expected: '0x00000040',
        got: '0x00000041',
        host: '0x00000000',
      },
    ],
  });
  const people = await against('00000041');
  assert.match(
    people.out,
    /line 2: 0x02098 RCS0\.RING_HWSTAM is 0x00000040 there, the model has 0x00000041$/m,
  );
  const trace = path.join(folder, 'no-dump.vgpu');
  writeFileSync(trace, 'W 4 002098 00000040\n');
  const refused = await runCli(['replay', '-', '--against', trace], 'W 4 002098 00000040\n');
  assert.equal(refused.status, 1);
  assert.match(refused.err, /lists no registers to compare with/);
});

const HOST = '(0x00002098): 0x00000040\n';

test('--golden: the vGPU starts from its host’s registers, and a reset brings them back', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'golden-'));
  const host = path.join(folder, 'intel_reg');
  writeFileSync(host, HOST);
  const trace = 'R 4 002098 40\nW 4 002098 41\nR 4 002098 41\nW 4 00941c 1\nR 4 002098 40\n';
  const with_ = await runCli(['replay', '-', '--json', '--golden', host], trace);
  assert.equal(with_.status, 0, with_.err);
  const without = jsonOf(await runCli(['replay', '-', '--json'], trace));
  assert.equal(without['divergenceCount'], 2);
  const missing = await runCli(['replay', '-', '--golden', path.join(folder, 'none')], trace);
  assert.match(missing.err, /there is no file .*none/);
  const none = path.join(folder, 'none.vgpu');
  writeFileSync(none, trace);
  const useless = await runCli(['replay', '-', '--golden', none], trace);
  assert.match(useless.err, /lists no registers of a host/);
  const input = await runCli(['replay', none, '--golden', '-'], HOST);
  assert.equal(input.status, 2);
  const many = await runCli(['replay', none, '--golden', host, '--golden', host], HOST);
  assert.match(many.err, /once for each trace; there are 2 and 1 traces/);
});

test('--golden and --against: of another GPU they are refused', async () => {
  const errorState = sample('skl_hang.error_state.txt');
  for (const option of ['--golden', '--against']) {
    const other = '## platform: skl\n## pci: 8086:1916\nR 4 002098 0\n';
    const refused = await runCli(['replay', '-', option, errorState], other);
    assert.equal(refused.status, 1, refused.err);
    assert.match(refused.err, /is of skl 8086:1912.*, and the trace of skl 8086:1916/);
    const same = '## platform: skl\n## pci: 8086:1912\nR 4 002098 0\n';
    assert.doesNotMatch((await runCli(['replay', '-', option, errorState], same)).err, /is of/);
  }
});

test('--slice is the slice, whatever the trace tells', async () => {
  const log = sample('skl_kvmgt.mmiotrace.gz');
  const own = 'mappable=00081000+04000000 hidden=10000000+18000000 fences=4';
  const replay = (...more: string[]) =>
    runCli(['replay', log, '--device', 'gvt-g', '--json', ...more]);
  const told = jsonOf(await replay());
  assert.equal(jsonOf(await replay('--slice', own))['hash'], told['hash']);
  const other = await replay('--slice', own.replace('00081000', '08000000'));
  assert.notEqual(jsonOf(other)['hash'], told['hash']);
  assert.equal(other.status, 1);
  const odd = await replay('--slice', '64+384');
  assert.equal(odd.status, 2);
  assert.match(odd.err, /--slice takes two ranges/);
  const bad = await replay('--slice', own.replace('00081000', '00081001'));
  assert.match(bad.err, /slice of graphics memory cannot be: .* multiples of 4 KiB/);
});
