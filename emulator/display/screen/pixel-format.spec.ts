import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FORMATS, packed, yuvColour } from './pixel-format.ts';

const CASES: readonly (readonly [keyof typeof FORMATS, number, number])[] = [
  ['XRGB8888', 0x00123456, packed(0x12, 0x34, 0x56)],
  ['XBGR8888', 0x00563412, packed(0x12, 0x34, 0x56)],
  ['ARGB8888', 0x80123456, packed(0x12, 0x34, 0x56, 0x80)],
  ['ABGR8888', 0x80563412, packed(0x12, 0x34, 0x56, 0x80)],
  ['RGB565', 0xf800, packed(255, 0, 0)],
  ['RGB565', 0x07e0, packed(0, 255, 0)],
  ['RGB565', 0x0010, packed(0, 0, 0x84)],
  ['XRGB2101010', 0x3ff00000, packed(255, 0, 0)],
  ['XRGB2101010', 0x00080200, packed(0, 0x80, 0x80)],
  ['XBGR2101010', 0x3ff00000, packed(0, 0, 255)],
];
for (const [name, value, colour] of CASES) {
  test(`gvt-facts §9: ${name} ${value.toString(16)}`, () => {
    assert.equal(FORMATS[name].colour(value).toString(16), colour.toString(16));
  });
}

test('YUV: black, white and grey of the limited range', () => {
  const coding = { bt709: true, fullRange: false };
  assert.equal(yuvColour(16, 128, 128, coding), packed(0, 0, 0));
  assert.equal(yuvColour(235, 128, 128, coding), packed(255, 255, 255));
  assert.equal(yuvColour(126, 128, 128, coding), packed(128, 128, 128));
});

test('YUV: BT.601 red of the full range', () => {
  assert.equal(yuvColour(76, 85, 255, { bt709: false, fullRange: true }), packed(254, 0, 0));
});
