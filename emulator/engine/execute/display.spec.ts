import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../default-config.ts';
import { EngineGuest } from '../../testing/engine-guest.ts';

const flip = (plane: number, stride: number, surface: number) => [
  0x0a000001 | (plane << 8),
  stride,
  surface,
];

test('§10.4 MI_DISPLAY_FLIP updates surface, stride and tiling of its plane', () => {
  const guest = new EngineGuest();
  guest.run(guest.context(), flip(0, (80 << 6) | 1, 0x28005000));
  assert.equal(guest.r(0x7019c), 0x28005000, 'surface');
  assert.equal(guest.r(0x701ac), 0x28005000, 'live surface');
  assert.equal(guest.r(0x70188), 80, 'stride');
  assert.equal((guest.r(0x70180) >>> 10) & 7, 1, 'X tiled');
  assert.equal(guest.r(0x70044), 1, 'flip counter');
});

test('§10.4 MI_DISPLAY_FLIP: the tile mode is in bits 2:0, the stride in bits 15:6, the surface in 31:12', () => {
  for (const mode of [0, 1, 4, 5]) {
    const guest = new EngineGuest();
    guest.run(guest.context(), flip(0, (0x3ff << 6) | mode, 0x28fff000));
    assert.equal((guest.r(0x70180) >>> 10) & 7, mode);
    assert.equal(guest.r(0x70188), 0x3ff);
    assert.equal(guest.r(0x7019c), 0x28fff000);
  }
});

test('§10.4 every plane of Skylake is known, the others are refused by name', () => {
  const guest = new EngineGuest();
  guest.run(guest.context(), [...flip(2, 0, 0x1000), ...flip(5, 0, 0x2000), ...flip(9, 0, 0)]);
  assert.equal(guest.r(0x7219c), 0x1000, 'plane 1 of pipe C');
  assert.equal(guest.r(0x7129c), 0x2000, 'plane 2 of pipe B');
  assert.equal(guest.faults.filter(({ check }) => check === 'command-unimplemented').length, 1);
});

test('§9 an asynchronous flip is done at once', () => {
  const guest = new EngineGuest();
  guest.w(0x44404, 0);
  guest.run(guest.context(), flip(0, 0, 0x28005001));
  assert.ok(guest.interrupts.some(({ name }) => name === 'pipe A plane 1 flip done'));
});

test('§10.4 the flip counter counts primary planes only', () => {
  const guest = new EngineGuest();
  guest.run(guest.context(), [...flip(4, 0, 0x1000), ...flip(0, 0, 0x2000)]);
  assert.equal(guest.r(0x702ac), 0x1000, 'plane 2 of pipe A has flipped');
  assert.equal(guest.r(0x70044), 1);
});

test('bugs.md §9.5, §10.4: every plane flips with its own registers, or by choice plane 1 of pipe A alone', () => {
  for (const [quirks, surfaces, refused] of [
    [[], [0x1000, 0x2000], 0],
    [['skl-flip-plane-1a-only'], [0x1000, 0], 1],
  ] as const) {
    const guest = new EngineGuest({ quirks });
    guest.run(guest.context(), [...flip(0, 0, 0x1000), ...flip(1, 0, 0x2000)]);
    assert.deepEqual([guest.r(0x7019c), guest.r(0x7119c)], surfaces);
    const faults = guest.faults.filter(({ check }) => check === 'command-unimplemented');
    assert.equal(faults.length, refused);
  }
});

test('§10.4 on Broadwell the plane is in bits 21:19, the stride in bytes and the tiling one bit', () => {
  const guest = new EngineGuest(defaultConfig('bdw'));
  const command = (plane: number, surface: number) => [
    0x0a000001 | (plane << 19),
    (80 << 6) | 1,
    surface,
  ];
  guest.w(0x70180, 0xd8004000);
  guest.run(guest.context(), [...command(0, 0x28005000), ...command(3, 0x28006000)]);
  assert.equal(guest.r(0x7019c), 0x28005000, 'surface');
  assert.equal(guest.r(0x701ac), 0x28005000, 'live surface');
  assert.equal(guest.r(0x70188), 80 * 64, 'stride');
  assert.equal(guest.r(0x70180), 0xd8004400, 'X tiled, all else as it was');
  assert.equal(guest.r(0x70044), 1, 'flip counter');
  assert.equal(guest.r(0x7129c), 0x28006000, 'sprite of pipe B');
});
