import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaAddress, BltGuest, corner } from './testing/blt-guest.ts';

const OPERATION = { pattern: 0xf0, source: 0xcc };
const SOURCE = 0x2000;
/** 8-bit pixels in a linear surface of 16 bytes a row; everything may be drawn to. */
const CLIP = [corner(0, 0), corner(16, 16)];

interface Setup {
  readonly mono?: boolean;
  readonly control?: number;
  readonly operation?: number;
  readonly clip?: readonly number[];
  readonly pattern?: readonly number[];
}

function setup({
  mono = false,
  control = 0,
  operation = OPERATION.pattern,
  ...rest
}: Setup): number[] {
  return [
    mono ? 0x44400008 : 0x40400008,
    (control | (operation << 16) | 16) >>> 0,
    ...(rest.clip ?? CLIP),
    ...areaAddress(),
    0x11,
    0x22,
    ...(rest.pattern ?? areaAddress(SOURCE)),
  ];
}

/** Rows of 16 pixels as hex text without zeros at the end. */
function rows(guest: BltGuest, count: number): string[] {
  const area = guest.area();
  return Array.from({ length: count }, (_, y) =>
    Buffer.from(area.subarray(y * 16, y * 16 + 16))
      .toString('hex')
      .replace(/(00)+$/, ''),
  );
}

function drawn(...dwords: number[]): BltGuest {
  const bytes = new Uint8Array(32 * 4096);
  bytes.set([0b10100000, 0b01000000, 0b11110000], SOURCE);
  const guest = new BltGuest(bytes);
  guest.blit(...dwords);
  assert.deepEqual(guest.faults, []);
  return guest;
}

test('XY_PIXEL_BLT draws the foreground colour, inside of the clip rectangle', () => {
  const guest = drawn(
    ...setup({ clip: [corner(1, 0), corner(3, 1)] }),
    ...[0x49000000, corner(2, 0), 0x49000000, corner(0, 0), 0x49000000, corner(3, 0)],
  );
  assert.deepEqual(rows(guest, 1), ['000022']);
});

test('XY_SETUP_CLIP_BLT changes the clip rectangle alone', () => {
  const guest = drawn(
    ...setup({}),
    ...[0x40c00001, corner(0, 1), corner(1, 2)],
    ...[0x49000000, corner(0, 0), 0x49000000, corner(0, 1)],
  );
  assert.deepEqual(rows(guest, 2), ['', '22']);
});

test('XY_SCANLINES_BLT draws a monochrome pattern, or the background where that is solid', () => {
  const pattern = [0x00000041, 0];
  const lines = [0x49400001, corner(0, 0), corner(8, 2)];
  assert.deepEqual(rows(drawn(...setup({ mono: true, pattern }), ...lines), 2), [
    '1122111111111122',
    '1111111111111111',
  ]);
  const transparent = setup({ mono: true, pattern, control: 1 << 28 });
  assert.deepEqual(rows(drawn(...transparent, ...lines), 2), ['0022000000000022', '']);
  const solid = setup({ mono: true, pattern, control: 1 << 31 });
  assert.deepEqual(rows(drawn(...solid, ...lines), 1), ['1111111111111111']);
});

test('XY_SCANLINES_BLT draws a pattern in colour from memory', () => {
  const guest = drawn(...setup({}), 0x49400001, corner(0, 0), corner(3, 1));
  assert.deepEqual(rows(guest, 1), ['a040f0']);
});

test('XY_TEXT_BLT: rows follow bit by bit, or begin with a byte', () => {
  const text = (header: number) => [header, corner(1, 0), corner(5, 3), ...areaAddress(SOURCE)];
  const control = 1 << 29;
  const operation = OPERATION.source;
  const packed = drawn(...setup({ operation, control }), ...text(0x49800003));
  assert.deepEqual(rows(packed, 3), ['00220022', '', '000022']);
  const bytes = drawn(...setup({ operation }), ...text(0x49810003));
  assert.deepEqual(rows(bytes, 3), ['0022112211', '0011221111', '0022222222']);
});

test('XY_TEXT_IMMEDIATE_BLT brings its bits along', () => {
  const guest = drawn(
    ...setup({ operation: OPERATION.source }),
    ...[0x4c410003, corner(0, 0), corner(2, 2), 0x0000_4080, 0],
  );
  assert.deepEqual(rows(guest, 2), ['2211', '1122']);
});

test('a setup is part of the state that a snapshot holds', () => {
  const guest = drawn(...setup({}));
  const saved = guest.vgpu.save();
  const hash = guest.vgpu.hash();
  guest.blit(...setup({ operation: 0 }));
  guest.vgpu.restore(saved);
  assert.equal(guest.vgpu.hash(), hash);
  assert.deepEqual(guest.vgpu.core.state.engines.each[1]?.blt.dwords.slice(2, 4), CLIP);
});
