import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cvtTiming } from './cvt-timing.ts';

/** As VESA's generator gives them: kHz, then sync start, end and total across and down. */
const NORMAL: readonly (readonly number[])[] = [
  [640, 480, 23_750, 656, 720, 800, 483, 487, 500],
  [1024, 768, 63_500, 1072, 1176, 1328, 771, 775, 798],
  [1280, 1024, 109_000, 1360, 1496, 1712, 1027, 1034, 1063],
  [1920, 1080, 173_000, 2048, 2248, 2576, 1083, 1088, 1120],
];
const REDUCED: readonly (readonly number[])[] = [
  [1920, 1080, 138_500, 1968, 2000, 2080, 1083, 1088, 1111],
  [1920, 1200, 154_000, 1968, 2000, 2080, 1203, 1209, 1235],
  [2560, 1600, 268_500, 2608, 2640, 2720, 1603, 1609, 1646],
];

for (const [reduced, rows] of [
  [false, NORMAL],
  [true, REDUCED],
] as const) {
  for (const row of rows) {
    const [width = 0, height = 0] = row;
    test(`CVT ${width} by ${height}${reduced ? ', reduced blanking' : ''}`, () => {
      const { horizontal: h, vertical: v, clockKhz } = cvtTiming(width, height, 60, reduced);
      assert.deepEqual(
        [
          width,
          height,
          clockKhz,
          width + h.front,
          width + h.front + h.sync,
          width + h.total,
          height + v.front,
          height + v.front + v.sync,
          height + v.total,
        ],
        row,
      );
    });
  }
}

test('reduced blanking has the syncs the other way round', () => {
  const [normal, reduced] = [cvtTiming(800, 600, 60, false), cvtTiming(800, 600)];
  assert.deepEqual([normal.hsyncPositive, normal.vsyncPositive], [false, true]);
  assert.deepEqual([reduced.hsyncPositive, reduced.vsyncPositive], [true, false]);
});
