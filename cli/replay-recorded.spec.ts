import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonOf, runCli, sample } from './testing/run-cli.ts';

const RADEON = sample('radeon.mmiotrace.gz');
const DUMP = sample('skl_l2mmt.mmio_diff.txt');
const LINES = [
  '## pci: 1002:5159',
  'W 4 000008 00000012',
  'R 4 000008 00000013',
  'R 2 00000c 0007',
  'R 4 000010 ?',
  'CW 2 04 0007',
  'W 8 000020 0000000200000001',
  '',
].join('\n');

test('a trace of a device that is not emulated: what it shows, and status 0', async () => {
  const { status, out, err } = await runCli(['replay', '-'], LINES);
  assert.equal(err, '');
  assert.equal(status, 0);
  assert.match(
    out,
    /: 6 records of device 1002:5159, which is not emulated: nothing was compared$/m,
  );
  assert.match(out, /^reads +3, 1 without an answer$/m);
  assert.match(out, /^ {2}mmio 0x8: 0x00000013 \(1 read, 1 written\)$/m);
});

test('in JSON each register has its counts and its last value', async () => {
  const { registers, hash, ...report } = jsonOf(await runCli(['replay', '-', '--json'], LINES));
  assert.deepEqual(report, {
    format: 'vgpu',
    model: 'recorded',
    device: '1002:5159',
    records: 6,
    reads: { recorded: 3, unknown: 1 },
    writes: 3,
    registerCount: 5,
  });
  assert.match(String(hash), /^[0-9a-f]{32}$/);
  const counts = (space: string, offset: string, size: number, reads: number, writes: number) => ({
    space,
    offset,
    size,
    reads,
    writes,
  });
  assert.deepEqual(registers, [
    { ...counts('mmio', '0x8', 4, 1, 1), last: '0x00000013' },
    { ...counts('mmio', '0xc', 2, 1, 0), last: '0x0007' },
    { ...counts('mmio', '0x10', 4, 1, 0), last: 'unknown' },
    { ...counts('mmio', '0x20', 8, 0, 1), last: '0x0000000200000001' },
    { ...counts('config', '0x4', 2, 0, 1), last: '0x0007' },
  ]);
});

test('registers that a file describes have its names, whichever of their bytes was accessed', async () => {
  const [display, names] = ['bochs_display.qemu.trace.gz', 'registers/bochs-display.json'].map(
    sample,
  );
  assert.ok(display !== undefined && names !== undefined);
  const { status, out } = await runCli(['replay', display, '--registers', names]);
  assert.equal(status, 0);
  assert.match(out, /^ {2}DISPI_ENABLE_BANK: 0x0041 \(0 read, 3 written\)$/m);
  assert.match(out, /^ {2}\w+\+2: 0x0000 \(0 read, 4 written\)$/m);
  const { registers } = jsonOf(await runCli(['replay', display, '--registers', names, '--json']));
  assert.match(JSON.stringify(registers), /"offset":"0x508","register":"DISPI_ENABLE_BANK"/);
});

test('the emulated vGPU has its own names', async () => {
  const names = sample('registers/bochs-display.json');
  const { status, err } = await runCli([
    'replay',
    sample('first-steps.vgpu'),
    '--registers',
    names,
  ]);
  assert.equal(status, 2);
  assert.match(err, /--registers is about devices that are not emulated/);
});

test('a genuine recording of another device', async () => {
  const report = jsonOf(await runCli(['replay', RADEON, '--json']));
  assert.deepEqual([report['records'], report['device']], [10_152, '1002:5159']);
});

test('what needs a model is refused with what to do instead', async () => {
  const cases = [
    [
      ['replay', RADEON, '--against', DUMP],
      2,
      /about the emulated vGPU, and .* is of a device that is not emulated/,
    ],
    [['replay', RADEON, '--device', 'gvt-g'], 1, /which is not an Intel GPU/],
    [['screen', RADEON, '--json'], 1, /vgpu replay tells what its registers hold/],
    [['screen', DUMP, '--json'], 1, /the dump lacks registers of pipe A/],
    [['screen', DUMP, '--json', '--at', '3'], 2, /a dump shows one moment/],
    [['screen', sample('skl_native.intel_reg_dump.txt'), '--json'], 1, /pipe A is off/],
  ] as const;
  for (const [args, status, says] of cases) {
    const result = await runCli(args);
    assert.equal(result.status, status, args.join(' '));
    assert.match(result.err, says);
  }
});
