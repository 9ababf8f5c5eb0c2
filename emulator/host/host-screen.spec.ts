import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dwords, ScreenGuest } from '../testing/screen-guest.ts';
import { addVgpu, testHost } from '../testing/test-host.ts';
import type { HostGpu } from './host-gpu.ts';

const READY = 0x78804;
/** XRGB8888, linear. */
const XRGB = 4 << 24;
const FRAME = 17e6;
const [RED, GREEN, BLUE] = [0xff0000, 0x00ff00, 0x0000ff];

/** A guest of two by one pixels, with its surface at the start of its own slice. */
function paintedGuest(host: HostGpu, ...colours: number[]) {
  const hosted = addVgpu(host);
  const guest = new ScreenGuest(2, 1, hosted);
  const address = hosted.vgpu.core.config.partition.mappableBase;
  guest.surface(dwords(...colours), 0, address);
  guest.plane(1, XRGB, 1, [2, 1], { address });
  return { guest, hosted, address };
}

function pictureOn(host: HostGpu): string[] {
  const { width, height, pixels } = host.screen();
  return Array.from({ length: width * height }, (_, at) =>
    Buffer.from(pixels.subarray(at * 4, at * 4 + 3)).toString('hex'),
  );
}

function switchTo(host: HostGpu, id: number): void {
  assert.equal(host.writeForegroundVm(String(id)), undefined);
  host.advanceTo(host.now + FRAME);
}

test('§14.4: foreground_vm decides whose picture is on the host’s screen', () => {
  const host = testHost();
  const one = paintedGuest(host, RED, GREEN);
  const two = paintedGuest(host, BLUE, BLUE);
  assert.deepEqual(pictureOn(host), [], 'nobody is in the foreground');
  for (const { guest } of [one, two]) guest.w(READY, 1);
  switchTo(host, 1);
  assert.deepEqual(pictureOn(host), ['ff0000', '00ff00']);
  assert.equal(host.writeForegroundVm('2'), undefined);
  assert.deepEqual(pictureOn(host), ['ff0000', '00ff00'], 'not before the vblank');
  host.advanceTo(host.now + FRAME);
  assert.deepEqual(pictureOn(host), ['0000ff', '0000ff']);
  switchTo(host, 0);
  assert.deepEqual(pictureOn(host), []);
});

test('§14.4: each error number of foreground_vm leaves the picture as it is', () => {
  const host = testHost();
  paintedGuest(host, RED, RED).guest.w(READY, 1);
  paintedGuest(host, BLUE, BLUE);
  switchTo(host, 1);
  for (const [text, errno] of [
    ['two', -22],
    ['6', -19],
    ['2', -11],
    ['1', 0],
  ] as const) {
    assert.equal(host.writeForegroundVm(text)?.errno ?? 0, errno, text);
    host.advanceTo(host.now + FRAME);
    assert.deepEqual(pictureOn(host), ['ff0000', 'ff0000'], text);
  }
});

test('what the foreground guest draws and flips is seen, what the others do is not', () => {
  const host = testHost();
  const one = paintedGuest(host, RED, RED);
  const two = paintedGuest(host, BLUE, BLUE);
  one.guest.w(READY, 1);
  switchTo(host, 1);
  one.hosted.write('aperture', one.address + 4, 4, GREEN, 0);
  two.hosted.write('aperture', two.address, 4, GREEN, 0);
  assert.deepEqual(pictureOn(host), ['ff0000', '00ff00']);
  const next = one.address + 0x10000;
  one.guest.surface(dwords(BLUE, GREEN), 0, next);
  one.guest.w(0x7019c, next);
  two.guest.w(0x7019c, two.address + 0x10000);
  two.guest.w(0x70180, 0);
  assert.deepEqual(pictureOn(host), ['0000ff', '00ff00']);
});

test('a surface in another’s slice shows what that one has there, as the host’s GGTT is one', () => {
  const host = testHost();
  const one = paintedGuest(host, RED, RED);
  const two = paintedGuest(host, BLUE, GREEN);
  one.guest.w(READY, 1);
  switchTo(host, 1);
  one.guest.w(0x7019c, two.address);
  assert.deepEqual(pictureOn(host), ['0000ff', '00ff00']);
  assert.match(host.screen().remarks.join(), /not all in the own slice/);
});

test('§12.4: the picture goes with its vGPU', () => {
  const host = testHost();
  paintedGuest(host, RED, RED).guest.w(READY, 1);
  switchTo(host, 1);
  host.destroy(1);
  assert.deepEqual(pictureOn(host), []);
});
