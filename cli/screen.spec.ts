import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { encodePng } from './png.ts';
import { decodePng } from './testing/decode-png.ts';
import { jsonOf, runCli, sample } from './testing/run-cli.ts';

const FBCON = sample('skl-modeset-fbcon-gem.vgpu.gz');
const KMSCUBE = sample('skl-mesa-kmscube.vgpu.gz');
const TWO_GUESTS = ['two-guests-first.vgpu.gz', 'two-guests-second.vgpu.gz'];
const EXPECTED = new URL('../test/fixtures/skl-modeset-fbcon-gem.png', import.meta.url);

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vgpu-screen-'));
});
after(() => rm(folder, { recursive: true }));

test('a picture that is written can be read', () => {
  const pixels = Uint8Array.from({ length: 5 * 3 * 4 }, (_, i) => i * 7);
  const read = decodePng(encodePng(5, 3, pixels));
  assert.deepEqual([read.width, read.height], [5, 3]);
  assert.deepEqual(
    read.pixels,
    pixels.filter((_, i) => i % 4 !== 3),
  );
});

test('at the end of the console recording the screen shows what the guest drew, pixel by pixel', async () => {
  const path = join(folder, 'console.png');
  const { status, out, err } = await runCli(['screen', FBCON, '-o', path]);
  assert.equal(err, '');
  assert.equal(status, 0);
  assert.match(out, /pipe A: 1024 × 768\n {2}plane 1: .*XRGB8888, linear, ggtt 0x4040000\n$/);
  const [shown, expected] = [decodePng(await readFile(path)), decodePng(await readFile(EXPECTED))];
  assert.deepEqual([shown.width, shown.height], [expected.width, expected.height]);
  assert.ok(Buffer.compare(shown.pixels, expected.pixels) === 0);
});

test('before the mode was set there is no picture', async () => {
  const { status, err } = await runCli(['screen', FBCON, '--at', '1', '--json']);
  assert.equal(status, 1);
  assert.match(err, /there is no picture: pipe A is off/);
});

test('kmscube: the planes of a page flip, whose pixels nobody has shown', async () => {
  const result = await runCli(['screen', KMSCUBE, '--at', '680000', '--json']);
  assert.equal(result.status, 0);
  const screen = jsonOf(result);
  assert.equal(screen['unknownPixels'], 1024 * 768);
  assert.match(JSON.stringify(screen['planes']), /"tiling":"linear","address":70516736/);
});

test('the host’s screen shows the vGPU in the foreground, pixel by pixel', async () => {
  const path = join(folder, 'host.png');
  const guests = ['screen', FBCON, sample('two-guests-second.vgpu.gz')];
  const { status, err } = await runCli([...guests, '--foreground', '1', '-o', path]);
  assert.equal(err, '');
  assert.equal(status, 0);
  const [shown, expected] = [decodePng(await readFile(path)), decodePng(await readFile(EXPECTED))];
  assert.ok(Buffer.compare(shown.pixels, expected.pixels) === 0);
  for (const [foreground, says] of [
    ['2', /there is no picture: pipe A is off/],
    ['0', /the host's own picture is not modelled/],
    ['3', /There is no vGPU 3\. \(ENODEV, -19\)/],
    ['two', /takes the number of a vGPU, .*not "two"\. \(EINVAL, -22\)/],
  ] as const) {
    const other = await runCli([...guests, '--foreground', foreground, '--json']);
    assert.equal(other.status, 1);
    assert.match(other.err, says);
  }
});

test('a guest whose display is not ready does not come to the foreground', async () => {
  const guests = TWO_GUESTS.map(sample);
  const early = await runCli(['screen', ...guests, '--foreground', '2', '--at', '100', '--json']);
  assert.equal(early.status, 1);
  assert.match(early.err, /display of vGPU 2 is not ready: .*\(EAGAIN, -11\)/);
  for (const more of [[], ['--interleave', '50'], ['--schedule', 'sliced']]) {
    const late = await runCli(['screen', ...guests, '--foreground', '2', '--json', ...more]);
    // It is ready, and shows that its guest has no monitor.
    assert.match(late.err, /there is no picture: pipe A is off/, more.join(' '));
  }
  const whose = await runCli(['screen', ...guests, '--json']);
  assert.equal(whose.status, 2);
  assert.match(whose.err, /--foreground N says whose picture/);
});

test('wrong arguments get sentences', async () => {
  const cases = [
    [['screen', FBCON], /-o FILE says/],
    [['screen', FBCON, '-o', 'x.png', '--pipe', 'D'], /--pipe takes A, B or C/],
    [['screen', FBCON, '-o', 'x.png', '--at', 'soon'], /--at takes end, RECORD/],
  ] as const;
  for (const [args, message] of cases) {
    const { status, err } = await runCli(args);
    assert.equal(status, 2);
    assert.match(err, message);
  }
});

test('a pipe that is off and a place that cannot be written end with status 1', async () => {
  const off = await runCli(['screen', FBCON, '--pipe', 'b', '--json']);
  assert.equal(off.status, 1);
  assert.match(off.err, /pipe B is off/);
  const nowhere = await runCli(['screen', FBCON, '-o', join(folder, 'no', 'x.png')]);
  assert.equal(nowhere.status, 1);
  assert.match(nowhere.err, /cannot be written/);
});
