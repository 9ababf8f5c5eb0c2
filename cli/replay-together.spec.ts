import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonOf, runCli, sample } from './testing/run-cli.ts';

const GUESTS = [sample('two-guests-first.vgpu.gz'), sample('two-guests-second.vgpu.gz')];

interface GuestReport {
  readonly vgpu: number;
  readonly divergenceCount: number;
  readonly reads: { readonly compared: number; readonly equal: number };
  readonly results: { readonly unexplainedCount: number; readonly equal: { commands: number } };
  readonly hash: string;
}

async function replayed(...options: readonly string[]) {
  const result = await runCli(['replay', ...GUESTS, '--json', ...options]);
  assert.equal(result.status, 0, result.err);
  const { guests, schedule, interleave } = jsonOf(result);
  // The shape is what this spec is about.
  return { guests: guests as GuestReport[], schedule, interleave };
}

const WAYS = [
  { options: [], schedule: 'at once', interleave: 'time' },
  { options: ['--interleave', '700'], schedule: 'at once', interleave: 700 },
  {
    options: ['--schedule', 'sliced', '--hypervisor', 'kvm'],
    schedule: 'sliced',
    interleave: 'time',
  },
];

for (const { options, schedule, interleave } of WAYS) {
  test(`two guests of one host: ${options.join(' ') || 'as they come'}`, async () => {
    const report = await replayed(...options);
    assert.deepEqual([report.schedule, report.interleave], [schedule, interleave]);
    assert.deepEqual(
      report.guests.map(({ vgpu }) => vgpu),
      [1, 2],
    );
    for (const { divergenceCount, reads, results } of report.guests) {
      assert.equal(divergenceCount, 0);
      assert.equal(results.unexplainedCount, 0);
      assert.ok(results.equal.commands >= 300 && reads.compared >= 700);
    }
  });
}

test('the order of their records makes no difference to the guests', async () => {
  const hashes = async (...options: string[]) =>
    (await replayed(...options)).guests.map(({ hash }) => hash);
  assert.deepEqual(await hashes(), await hashes('--interleave', '33'));
});

test('people get a report for each vGPU', async () => {
  const { out, status } = await runCli(['replay', ...GUESTS]);
  assert.equal(status, 0);
  assert.match(out, /^vGPU 1, .*two-guests-first\.vgpu\.gz: [\d,]+ records replayed$/m);
  assert.match(out, /^vGPU 2, .*two-guests-second\.vgpu\.gz: [\d,]+ records replayed$/m);
});

test('a guest that is answered wrongly is the one that is told of', async () => {
  const wrong = '## vgpu: caps=1c mappable=08000000+04000000 hidden=28000000+18000000 fences=4\n';
  const lines = 'W 4 002098 00000040\nR 4 002098 00000041\n';
  const second = GUESTS[1] ?? '';
  const result = await runCli(['replay', '-', second, '--json'], `${wrong}${lines}`);
  assert.equal(result.status, 1);
  const guests = jsonOf(result)['guests'] as GuestReport[];
  assert.deepEqual(
    guests.map(({ divergenceCount }) => divergenceCount),
    [1, 0],
  );
});

test('what cannot share a host is refused with the reason', async () => {
  const same = await runCli(['replay', GUESTS[0] ?? '', GUESTS[0] ?? '']);
  assert.equal(same.status, 1);
  assert.match(same.err, /0x8000000 belongs to another vGPU\. .* vgpu guest --gm/);
  const other = await runCli(
    ['replay', GUESTS[0] ?? '', '-'],
    '## platform: skl\n## pci: 8086:1926 rev 06\nW 4 002098 1\n',
  );
  assert.equal(other.status, 1);
  assert.match(other.err, /standard input: .*the vGPUs of a host are of one GPU/);
});

const REFUSED = [
  { options: ['--schedule', 'fair'], says: /--schedule takes at-once or sliced, not "fair"/ },
  { options: ['--interleave', 'often'], says: /--interleave takes time or a number/ },
  { options: ['--interleave', '0'], says: /whole number from 1/ },
  { options: ['--hypervisor', 'qemu'], says: /--hypervisor takes kvm, kvmgt or xen/ },
  { options: ['--schedule', 'sliced', '--interleave', '5'], says: /goes with --schedule at-once/ },
];

test('options that are not understood are told', async () => {
  for (const { options, says } of REFUSED) {
    const { status, err } = await runCli(['replay', ...GUESTS, ...options]);
    assert.equal(status, 2);
    assert.match(err, says);
  }
});
