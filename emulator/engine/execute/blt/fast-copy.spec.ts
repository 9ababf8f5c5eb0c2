import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { YF_TILED } from '../../../gtt/tiling.ts';
import { AREA_BYTES, areaAddress, BltGuest, corner } from './testing/blt-guest.ts';
import { readPixel, referenceBlit, type TilingName } from './testing/reference-blit.ts';

const SOURCE = 16 * 4096;
const AREA_AT_FIRST = Uint8Array.from(
  { length: AREA_BYTES },
  (_, i) => (Math.imul(i ^ (i >>> 9), 0x85ebca6b) >>> 13) & 0xff,
);
const METHODS: Readonly<Record<TilingName, number>> = { linear: 0, X: 1, Y: 2 };
/** Bytes a pixel, and the field that says so. */
const DEPTHS = [
  [1, 0],
  [2, 1],
  [4, 3],
  [8, 4],
  [16, 5],
] as const;

const pitchField = (of: TilingName) => (of === 'linear' ? 512 : 128);

test('XY_FAST_COPY_BLT does as the reference', () => {
  const tiling = fc.constantFrom<TilingName>('linear', 'X', 'Y');
  const place = fc.tuple(fc.nat(10), fc.nat(40));
  const size = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }));
  fc.assert(
    fc.property(
      tiling,
      tiling,
      fc.constantFrom(...DEPTHS),
      place,
      place,
      size,
      (from, to, depth, a, b, s) => {
        const [bytes, field] = depth;
        const guest = new BltGuest(AREA_AT_FIRST);
        guest.blit(
          (0x50800008 | (METHODS[from] << 20) | (METHODS[to] << 13)) >>> 0,
          (field << 24) | pitchField(to),
          corner(b[0], b[1]),
          corner(b[0] + s[0], b[1] + s[1]),
          ...areaAddress(),
          corner(a[0], a[1]),
          pitchField(from),
          ...areaAddress(SOURCE),
        );
        assert.deepEqual(guest.faults, []);
        // Byte by byte: the width in bytes is all that the depth means.
        const expected = referenceBlit(AREA_AT_FIRST, {
          bytes: 1,
          operation: 0xcc,
          mask: 0xffffffff,
          box: {
            left: b[0] * bytes,
            top: b[1],
            right: (b[0] + s[0]) * bytes,
            bottom: b[1] + s[1],
          },
          destination: { offset: 0, pitch: 512, tiling: to },
          source: (x, y) =>
            readPixel(
              AREA_AT_FIRST,
              { offset: SOURCE, pitch: 512, tiling: from },
              1,
              x + (a[0] - b[0]) * bytes,
              y + a[1] - b[1],
            ),
          pattern: () => 0,
        });
        assert.ok(Buffer.compare(guest.area(), expected) === 0);
      },
    ),
    { numRuns: 200 },
  );
});

test('XY_FAST_COPY_BLT: a page as i915 copies it, and Yf tiles', () => {
  const guest = new BltGuest(AREA_AT_FIRST);
  // 1024 pixels of 32 bits in a row of 4096 bytes.
  const page = [0x50800008, 0x03001000, 0, corner(1024, 1), ...areaAddress(0x1000)];
  guest.blit(...page, 0, 0x1000, ...areaAddress(SOURCE));
  assert.deepEqual(
    guest.area().subarray(0x1000, 0x2000),
    AREA_AT_FIRST.subarray(SOURCE, SOURCE + 0x1000),
  );
  const header = 0x50800008 | (2 << 13);
  const control = 0x03000000 | (1 << 30) | 32;
  guest.blit(header, control, 0, corner(32, 32), ...areaAddress(), 0, 128, ...areaAddress(SOURCE));
  const area = guest.area();
  for (const [x, y] of [
    [16, 0],
    [100, 31],
  ] as const) {
    assert.equal(area[YF_TILED.offset(x, y, 128)], AREA_AT_FIRST[SOURCE + y * 128 + x]);
  }
});

test('XY_FAST_COPY_BLT with tiles of 64 KiB is named, and does nothing', () => {
  const guest = new BltGuest();
  const before = guest.area();
  guest.blit(
    0x50800008 | (3 << 13),
    0x03000080,
    0,
    corner(1, 1),
    ...areaAddress(),
    0,
    128,
    ...areaAddress(),
  );
  assert.deepEqual(
    guest.faults.map(({ check, message }) => [check, message]),
    [['command-unimplemented', 'BCS0: XY_FAST_COPY_BLT with tiles of 64 KiB']],
  );
  assert.deepEqual(guest.area(), before);
});
