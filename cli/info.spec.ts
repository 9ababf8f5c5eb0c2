import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
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
  assert.match(err, /shows one moment \(GVT-g mmio_diff\) and has no records/);
});
