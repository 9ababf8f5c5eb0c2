import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { HEADER_KEYS } from '../trace/index.ts';
import { jsonOf, runCli, sample } from './testing/run-cli.ts';

const BOOT = sample('skl-probe-gem-unload.vgpu.gz');

test('info counts a recording by kind and space, as its own header does', async () => {
  const info = jsonOf(await runCli(['info', BOOT, '--json']));
  assert.equal(info['format'], 'vgpu');
  assert.equal(info['records'], 676_468);
  assert.deepEqual(info['counts'], {
    kinds: {
      read: 221_437 + 56,
      write: 452_457 + 15,
      memory: 1669,
      interrupt: 12,
      command: 453,
      commandWrite: 9,
      deviceWrite: 168,
      note: 192,
    },
    spaces: { mmio: 221_437 + 452_457, config: 56 + 15 },
  });
  assert.deepEqual(info['diagnostics'], []);
});

test('info reads the same from a packed file and from plain bytes on standard input', async () => {
  const plain = gunzipSync(await readFile(BOOT));
  const packed = jsonOf(await runCli(['info', BOOT, '--json']));
  const piped = jsonOf(await runCli(['info', '-', '--json'], plain));
  assert.deepEqual({ ...piped, name: '' }, { ...packed, name: '' });
});

test('info tells people the device, its slice, the monitor and the time span', async () => {
  const { status, out } = await runCli(['info', sample('skl-modeset-stacks.vgpu.gz')]);
  assert.equal(status, 0);
  assert.match(out, /^device +skl 8086:1912 revision 0x6/m);
  assert.match(
    out,
    /^slice +aperture 0x4000000 \(64 MiB\), hidden 0x20000000 \(384 MiB\), 4 fences/m,
  );
  assert.match(out, /^monitor +hdmi on port B, EDID of \d+ bytes/m);
  assert.match(out, /^time +1\.005348 s to /m);
  assert.match(out, /^problems +none/m);
});

const HEADERS: Readonly<Record<string, readonly [value: string, shown: RegExp]>> = {
  title: ['a boot', /^what +a boot$/m],
  platform: ['skl', /^device +skl /m],
  pci: ['8086:1912 rev 07', /^device .*8086:1912 revision 0x7/m],
  bars: ['0=d0000000/16M', /^BAR0 +0xd0000000, 16 MiB$/m],
  vgpu: [
    'caps=1d mappable=04000000+04000000 hidden=20000000+18000000 fences=5',
    /^device .*capabilities 0x1d\n(.*\n)*slice +aperture 0x4000000 \(64 MiB\), .*, 5 fences$/m,
  ],
  interrupt: ['intx', /^interrupt +MSI, and INTA# while MSI is off \(intx\)$/m],
  memory: ['0+10000000 100000000+1000', /^memory +0x0 \(256 MiB\), 0x100000000 \(4 KiB\)$/m],
  monitor: [`dp port=C edid=${'00'.repeat(128)}`, /^monitor +dp on port C, EDID of 128 bytes$/m],
  quirks: ['write-ir-boolean', /^quirks +write-ir-boolean$/m],
  driver: ['i915', /^driver +i915$/m],
  answers: ['those of a model', /^note +answers: those of a model$/m],
  records: ['one a line', /^its records +one a line$/m],
  counts: ['two', /^its counts +two$/m],
};

test('info shows every header of the format that its documentation lists', async () => {
  const document = await readFile(new URL('../docs/vgpu-format.md', import.meta.url), 'utf8');
  const rows = document.slice(document.indexOf('| key | value |')).split('\n\n')[0] ?? '';
  const listed = rows.split('\n').flatMap((row) => {
    const names = row.split('|')[1] ?? '';
    return [...names.matchAll(/`([a-z]+)`/g)].map(([, name]) => name ?? '');
  });
  const known = HEADER_KEYS.map(({ key }) => key);
  assert.deepEqual([...listed].sort(), [...known].sort());
  assert.deepEqual(Object.keys(HEADERS).sort(), [...known].sort());
  const text = known.map((key) => `## ${key}: ${HEADERS[key]?.[0]}\n`).join('');
  const { status, out } = await runCli(['info', '-'], `${text}R 4 002030 0\n`);
  assert.equal(status, 0);
  for (const key of known) assert.match(out, HEADERS[key]?.[1] ?? /^$/, key);
  assert.match(out, /^problems +none$/m);
});

test('lines that are not understood are listed with their number', async () => {
  const text = 'W 4 002030 00000040\nW 4 zz\nR 4 002030 00000040\n';
  const { status, out } = await runCli(['info', '-'], text);
  assert.equal(status, 0);
  assert.match(out, /^records +2$/m);
  assert.match(out, /^problems +1$/m);
  assert.match(out, /^ {2}(error|warning) +line 2: /m);
});

test('of a file that is cut off, what was read is told, and that it is cut off', async () => {
  const packed = await readFile(BOOT);
  const { status, out } = await runCli(['info', '-'], packed.subarray(0, packed.length >> 1));
  assert.equal(status, 0);
  assert.match(out, /^records +\d{2,3},\d{3}$/m);
  assert.match(out, /^ {2}error +.*cut off/m);
});

test('info tells a log its device and a dump its contents', async () => {
  const log = await runCli(['info', sample('skl_vgpu.same-run.qemu.trace.gz')]);
  assert.match(log.out, /^format +QEMU trace log, [\d,]+ bytes$/m);
  assert.match(log.out, /^note +registers: QEMU's region “igd-gttmmadr” at 0xfd000000$/m);
  assert.match(log.out, /^ {2}mmio +2,492$/m);
  const dump = await runCli(['info', sample('skl_hang.error_state.txt')]);
  assert.match(dump.out, /^format +i915 GPU error state/m);
  assert.match(dump.out, /^one moment +225 facts, 50 registers, 12 buffers$/m);
  assert.match(dump.out, /^ {2}rcs0 batch +0xfffefffee000, 64 KiB$/m);
  assert.match(dump.out, /^problems +none$/m);
});

test('what a log cannot tell is taken from the options', async () => {
  const text = ' q-1 [000] ..... 1.000002: kvm_mmio: mmio read len 4 gpa 0xd0002034 val 0x7\n';
  const asked = await runCli(['info', '-'], text);
  assert.match(asked.out, /--bar0 0xADDRESS/);
  const told = await runCli(['info', '-', '--bar0', '0xd0000000'], text);
  assert.match(told.out, /^ {2}mmio +1$/m);
  const wrong = await runCli(['info', '-', '--bar0', 'here'], text);
  assert.match(wrong.err, /--bar0 takes a hexadecimal address/);
});

test('a dump of one moment is not replayed', async () => {
  const { status, err } = await runCli(['replay', sample('skl_l2mmt.mmio_diff.txt')]);
  assert.equal(status, 1);
  assert.match(err, /shows one moment \(GVT-g mmio_diff\), in which nothing happens/);
  assert.match(err, /vgpu replay TRACE --against .*mmio_diff\.txt compares the end of a trace/);
});
