import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Space } from '../../trace/index.ts';
import { PlaceIndex } from './place-index.ts';

const space = fc.constantFrom(Space.mmio, Space.aperture, Space.config);
const range = fc
  .tuple(space, fc.nat(60), fc.integer({ min: 1, max: 20 }))
  .map(([space, first, size]) => ({ space, first, last: first + size - 1 }));

test('it answers those whose dwords an access touches, each once, in the order in which they were added', () => {
  fc.assert(
    fc.property(
      fc.array(range, { maxLength: 12 }),
      space,
      fc.nat(70),
      fc.constantFrom(1, 2, 4, 8),
      (ranges, space, offset, size) => {
        const index = new PlaceIndex<number>();
        for (const [number, each] of ranges.entries()) index.add(each, number);
        const [from, to] = [offset & ~3, (offset + size - 1) | 3];
        const expected = ranges.flatMap((each, number) =>
          each.space === space && (each.first & ~3) <= to && (each.last | 3) >= from
            ? [number]
            : [],
        );
        assert.deepEqual(index.at(space, offset, size), expected);
        assert.equal(index.isEmpty, ranges.length === 0);
      },
    ),
  );
});
