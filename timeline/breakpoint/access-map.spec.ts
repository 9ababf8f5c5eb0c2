import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Space } from '../../trace/index.ts';
import { AccessMap, READ, WRITE } from './access-map.ts';

const spaces = fc.constantFrom(Space.mmio, Space.aperture, Space.config);
/** Around the ends of the registers and of the table of entries, where ranges are cut. */
const bytes = fc.constantFrom(
  0,
  0x2030,
  0x1ffff8,
  0x1fffff,
  0x200000,
  0x7ffffc,
  0x800000,
  0x800008,
);

test('no access to a wanted place is missed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(spaces, bytes, fc.nat(40), fc.constantFrom(READ, WRITE)), { maxLength: 5 }),
      spaces,
      bytes,
      fc.nat(7),
      fc.constantFrom(1, 2, 4, 8),
      (ranges, space, base, more, size) => {
        const map = new AccessMap();
        let wanted = 0;
        const offset = base + more;
        for (const [where, first, length, directions] of ranges) {
          const last = first + length;
          map.add({ space: where, first, last }, directions);
          const reached = where === space && offset <= last && offset + size > first;
          // Accesses that begin on one side of the registers' end and end on the other do not occur.
          if (reached && (offset >= 0x200000 || offset + size <= 0x200000)) wanted |= directions;
        }
        assert.equal(map.at(space, offset, size) & wanted, wanted);
        const isSeen = (direction: number) =>
          space !== Space.mmio || !map.isFar(offset, direction) || (wanted & direction) === 0;
        assert.ok([READ, WRITE].every(isSeen));
      },
    ),
    { examples: [[[[Space.mmio, 0x800000, 0, READ]], Space.mmio, 0x7ffffc, 0, 8]] },
  );
});

test('what nobody wants is not looked at', () => {
  const map = new AccessMap();
  assert.equal(map.isEmpty, true);
  map.add({ space: Space.mmio, first: 0x2030, last: 0x2033 }, WRITE);
  assert.equal(map.isEmpty, false);
  assert.equal(map.at(Space.mmio, 0x2034, 4), 0);
  assert.equal(map.at(Space.mmio, 0x202c, 8), WRITE);
  assert.equal(map.at(Space.mmio, 0x800000, 8), 0);
  assert.equal(map.at(Space.config, 0x2030, 4), 0);
  assert.equal(map.isFar(0x3000, WRITE), true);
  assert.equal(map.isFar(0x2100, READ), true);
  assert.equal(map.isFar(0x1ffc, WRITE), false);
});
