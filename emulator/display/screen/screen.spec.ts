import assert from 'node:assert/strict';
import { test } from 'node:test';
import { X_TILED, Y_TILED } from '../../gtt/tiling.ts';
import { dwords, ScreenGuest, SURFACE } from '../../testing/screen-guest.ts';

/** PLANE_CTL bits. */
const XRGB = 4 << 24;
const TILED = { X: 1 << 10, Y: 4 << 10 };
const [RED, GREEN, BLUE] = [0xff0000, 0x00ff00, 0x0000ff];

test('a pipe that is off shows nothing, and says so', () => {
  const guest = new ScreenGuest(4, 2);
  const { width, remarks } = guest.screen(1);
  assert.deepEqual([width, remarks], [0, ['pipe B is off']]);
});

test('§9 a plane of XRGB8888, its size, place, stride in 64 bytes and offset', () => {
  const guest = new ScreenGuest(4, 2);
  guest.surface(dwords(RED, GREEN, BLUE));
  guest.surface(dwords(BLUE, RED, GREEN), 64);
  guest.plane(1, XRGB, 1, [2, 2], { x: 1 });
  assert.deepEqual(guest.row(0), ['000000', 'ff0000', '00ff00', '000000']);
  guest.w(0x701a4, (1 << 16) | 1);
  guest.plane(1, XRGB, 1, [2, 1], { x: 0 });
  assert.deepEqual(guest.row(0), ['ff0000', '00ff00', '000000', '000000']);
  assert.deepEqual(guest.screen().planes, [
    {
      name: 'plane 1',
      format: 'XRGB8888',
      tiling: 'linear',
      address: SURFACE,
      bytes: 64,
      x: 0,
      y: 0,
      width: 2,
      height: 1,
      rotation: 0,
    },
  ]);
});

for (const [tiling, stride] of [
  [X_TILED, 1],
  [Y_TILED, 4],
] as const) {
  test(`§9 stride units: ${tiling.name} tiles count it in ${tiling.tileWidth} bytes`, () => {
    const guest = new ScreenGuest(128, 33);
    guest.map(SURFACE, 8);
    const offset = tiling.offset(4 * 40, 32, 512);
    guest.vgpu.showMemory(SURFACE + offset, dwords(RED));
    const bits = tiling === X_TILED ? TILED.X : TILED.Y;
    guest.plane(1, XRGB | bits, stride, [128, 33]);
    assert.equal(guest.row(32)[40], 'ff0000');
    assert.equal(guest.screen().unknownPixels, 128 * 33 - 1);
  });
}

test('unknown memory and what is not mapped show patterns, and are counted', () => {
  const guest = new ScreenGuest(16, 1);
  guest.surface(dwords(...new Array(8).fill(GREEN)));
  guest.plane(1, XRGB, 64, [16, 1]);
  assert.equal(guest.row(0)[8], '400040');
  assert.equal(guest.screen().unknownPixels, 8);
  guest.plane(1, XRGB, 64, [16, 1], { address: SURFACE + 0x100000 });
  assert.deepEqual(guest.row(0).slice(7, 9), ['ff6000', '401800']);
  assert.equal(guest.screen().unmappedPixels, 16);
  assert.match(guest.screen().remarks.join(), /plane 1: 16 pixels .* map nothing/);
});

test('planes lie upon one another, the higher number on top', () => {
  const guest = new ScreenGuest(4, 1);
  guest.surface(dwords(RED, RED, RED, RED));
  guest.surface(dwords(GREEN, GREEN), 0, SURFACE + 0x1000);
  guest.surface(dwords(BLUE), 0, SURFACE + 0x2000);
  guest.plane(3, XRGB, 1, [1, 1], { x: 2, address: SURFACE + 0x2000 });
  guest.plane(2, XRGB, 1, [2, 1], { x: 1, address: SURFACE + 0x1000 });
  guest.plane(1, XRGB, 1, [4, 1]);
  assert.deepEqual(guest.row(0), ['ff0000', '00ff00', '0000ff', 'ff0000']);
});

test('alpha: premultiplied, straight, and of the whole plane', () => {
  const guest = new ScreenGuest(1, 1);
  guest.surface(dwords(0xffffff));
  guest.surface(dwords(0x80400000), 0, SURFACE + 0x1000);
  guest.plane(1, XRGB, 1, [1, 1]);
  const top = (alpha: number) =>
    guest.plane(2, XRGB | (alpha << 4), 1, [1, 1], { address: SURFACE + 0x1000 });
  top(2);
  // 0x40 and what 0x80 lets through of white.
  assert.deepEqual(guest.row(0), ['bf7f7f']);
  top(3);
  assert.deepEqual(guest.row(0), ['9f7f7f']);
  guest.w(0x70298, 0x80000000);
  guest.w(0x702a0, 0x80000000);
  top(0);
  assert.deepEqual(guest.row(0), ['9f7f7f']);
});

test('§9 the cursor: 64 ARGB, premultiplied, with negative positions', () => {
  const guest = new ScreenGuest(4, 2);
  guest.map(SURFACE, 4);
  // Row 1, pixel 2 is seen at the upper left corner.
  guest.vgpu.showMemory(SURFACE + 256 + 8, dwords(0xffff0000, 0, 0x80000080, 0xff00ff00));
  guest.w(0x70080, 0x27);
  guest.w(0x70084, SURFACE);
  guest.w(0x70088, ((0x8001 << 16) | 0x8002) >>> 0);
  assert.deepEqual(guest.row(0), ['ff0000', '000000', '000080', '00ff00']);
  const [cursor] = guest.screen().planes;
  assert.deepEqual([cursor?.x, cursor?.y, cursor?.width], [-2, -1, 64]);
});

test('§9 cursor modes of 128 and 256 ARGB; others are named', () => {
  for (const [mode, size] of [
    [0x22, 128],
    [0x23, 256],
    [0x27, 64],
  ] as const) {
    const guest = new ScreenGuest(4, 2);
    guest.w(0x70080, mode);
    assert.equal(guest.screen().planes[0]?.width, size);
    guest.w(0x700a0, 0x8000000f);
    assert.equal(guest.screen().planes[0]?.height, 16);
  }
  const guest = new ScreenGuest(4, 2);
  guest.w(0x70080, 0x07);
  guest.w(0x70084, SURFACE);
  assert.deepEqual(guest.screen().remarks, ['cursor: 32-bit AND/INVERT is not drawn']);
});

test('8-bit pixels go through the legacy palette, and gamma does too', () => {
  const guest = new ScreenGuest(2, 1);
  guest.surface(Uint8Array.from([1, 2]));
  guest.w(0x4a004, 0x102030);
  guest.w(0x4a008, 0x405060);
  guest.plane(1, 12 << 24, 1, [2, 1]);
  assert.deepEqual(guest.row(0), ['102030', '405060']);
  guest.surface(dwords(0x010201, 0x020102));
  guest.plane(1, XRGB | (1 << 30), 1, [2, 1]);
  assert.deepEqual(guest.row(0), ['105030', '402060']);
  guest.w(0x4a480, 1);
  assert.match(guest.screen().remarks.join(), /gamma/);
});

test('turned by 180° the last pixel comes first', () => {
  const guest = new ScreenGuest(2, 2);
  guest.surface(dwords(RED, GREEN));
  guest.surface(dwords(BLUE, 0xffffff), 64);
  guest.plane(1, XRGB | 2, 1, [2, 2]);
  assert.deepEqual(
    [guest.row(0), guest.row(1)],
    [
      ['ffffff', '0000ff'],
      ['00ff00', 'ff0000'],
    ],
  );
});

/** A picture of 64 by 32 pixels in Y tiles, each pixel with its own colour; tiles are mapped turned. */
function turnedGuest(rotation: number): ScreenGuest {
  const guest = new ScreenGuest(32, 64);
  // One row of two tiles becomes two rows of one tile: the order stays.
  guest.map(SURFACE, 2);
  for (let y = 0; y < 32; y++) {
    for (let x = 0; x < 64; x++) {
      guest.vgpu.showMemory(SURFACE + Y_TILED.offset(x * 4, y, 256), dwords((x << 8) | y));
    }
  }
  guest.plane(1, XRGB | TILED.Y | rotation, 1, [32, 64]);
  return guest;
}

test('turned by 90° clockwise the lower left corner comes to the upper left', () => {
  const guest = turnedGuest(1);
  const [first, last] = [guest.row(0), guest.row(63)];
  assert.deepEqual(
    [first[0], first[31], last[0], last[31]],
    ['00001f', '000000', '003f1f', '003f00'],
  );
  assert.deepEqual(guest.screen().remarks, []);
});

test('turned by 270° the upper right corner comes to the upper left', () => {
  const guest = turnedGuest(3);
  const [first, last] = [guest.row(0), guest.row(63)];
  assert.deepEqual(
    [first[0], first[31], last[0], last[31]],
    ['003f00', '003f1f', '000000', '00001f'],
  );
});

test('YUV422 and NV12', () => {
  const guest = new ScreenGuest(2, 1);
  guest.surface(Uint8Array.from([235, 128, 16, 128]));
  guest.plane(1, 0, 1, [2, 1]);
  assert.deepEqual(guest.row(0), ['ffffff', '000000']);
  guest.plane(1, 1 << 16, 1, [2, 1]);
  guest.surface(Uint8Array.from([128, 16, 128, 235]));
  assert.deepEqual(guest.row(0), ['000000', 'ffffff']);
  guest.surface(Uint8Array.from([16, 235]));
  guest.surface(Uint8Array.from([128, 128]), 0x1000);
  guest.w(0x701c0, 0x1001);
  guest.plane(1, 1 << 24, 1, [2, 1]);
  assert.deepEqual(guest.row(0), ['000000', 'ffffff']);
});

test('a scaler of a plane gives it its window', () => {
  const guest = new ScreenGuest(6, 1);
  guest.surface(dwords(RED, GREEN));
  guest.plane(1, XRGB, 1, [2, 1]);
  guest.w(0x68180, (0x80000000 | (1 << 25)) >>> 0);
  guest.w(0x68170, 1 << 16);
  guest.w(0x68174, (4 << 16) | 1);
  assert.deepEqual(guest.row(0), ['000000', 'ff0000', 'ff0000', '00ff00', '00ff00', '000000']);
  assert.deepEqual(guest.screen().remarks, ['plane 1: scaled without a filter']);
});

test('what is not drawn as hardware would is named', () => {
  const guest = new ScreenGuest(1, 1);
  guest.plane(1, (3 << 24) | (1 << 15) | (1 << 23) | (1 << 21), 1, [1, 1]);
  guest.w(0x68180, 0x80000000);
  guest.w(0x68174, (1280 << 16) | 1024);
  assert.deepEqual(guest.screen().remarks, [
    'a scaler makes it 1280 by 1024 for the monitor; shown unscaled',
    'plane 1: format P010 is not drawn',
    'plane 1: render compression is not undone',
    'plane 1: colour keys are not applied',
    'plane 1: the pipe’s colour space conversion is not applied',
  ]);
  assert.deepEqual(guest.row(0), ['808080']);
});

test('the colour below all planes', () => {
  const guest = new ScreenGuest(1, 1);
  guest.w(0x70034, (0x3ff << 20) | (0x200 << 10));
  assert.deepEqual(guest.row(0), ['ff8000']);
  assert.deepEqual(guest.screen().remarks, ['no plane is on']);
});

test('looking changes nothing', () => {
  const guest = new ScreenGuest(16, 16);
  guest.surface(dwords(RED));
  guest.plane(1, XRGB, 1, [16, 16]);
  const before = guest.vgpu.hash();
  guest.screen();
  assert.equal(guest.vgpu.hash(), before);
});

test('of a running guest the screen shows its memory as it is now, and nothing is recorded', () => {
  const guest = new ScreenGuest(1, 1);
  guest.map(SURFACE);
  guest.plane(1, XRGB, 1, [1, 1]);
  guest.vgpu.attachMemory({
    turn: 0,
    readLine: (address, into) => {
      into.set(dwords(RED));
      return address === SURFACE;
    },
    lineShown: () => assert.fail('nothing is used'),
    write: () => assert.fail('nothing is written'),
  });
  assert.deepEqual(guest.row(0), ['ff0000']);
});
