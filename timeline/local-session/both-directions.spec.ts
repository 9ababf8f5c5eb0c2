import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BreakpointPlace, Stop } from '../session.ts';
import { allStops } from '../testing/all-stops.ts';
import { fakeSession, randomLines } from '../testing/traces.ts';

const places: fc.Arbitrary<BreakpointPlace> = fc.oneof(
  fc.nat(80).map((record): BreakpointPlace => ({ kind: 'record', record })),
  fc
    .tuple(
      fc.constantFrom('RCS0.RING_TAIL', 'RING_*', '0x44200', 'ggtt:*', 'config:*', 'aperture:*'),
      fc.constantFrom('read', 'write', 'readWrite'),
    )
    .map(([pattern, access]): BreakpointPlace => ({ kind: 'register', pattern, access })),
  fc
    .tuple(
      fc.constantFrom(
        { space: 'mmio', address: 0x2034, size: 4 } as const,
        { space: 'mmio', address: 0x44408, size: 4, bits: { low: 0, high: 0 } } as const,
        { space: 'mmio', address: 0xc501c, size: 4 } as const,
        { space: 'ggtt', address: 0x1000, size: 8 } as const,
        { space: 'config', address: 4, size: 4 } as const,
        { space: 'memory', address: 0x1000, size: 8 } as const,
      ),
      fc.constantFrom('read', 'write', 'readWrite', 'change'),
    )
    .map(([target, access]): BreakpointPlace => ({ kind: 'data', target, access })),
  fc
    .subarray(['read-only-write', 'command-unimplemented'], { minLength: 1 })
    .map((checks): BreakpointPlace => ({ kind: 'fault', checks })),
);

const breakpoints = fc.array(
  fc.record(
    {
      place: places,
      condition: fc.constantFrom('value == 0', 'RCS0.RING_HEAD != 0', 'old == value', 'true'),
      hitCondition: fc.constantFrom('2', '>= 3', '% 2'),
    },
    { requiredKeys: ['place'] },
  ),
  { minLength: 1, maxLength: 4 },
);

test('all kinds of breakpoints stop at the same moments in both directions', async () => {
  await fc.assert(
    fc.asyncProperty(
      randomLines(5, 80),
      breakpoints,
      fc.integer({ min: 1, max: 30 }),
      async (lines, armed, slice) => {
        const session = await fakeSession(lines, { slice, checkpointSpacing: 11 });
        await session.setBreakpoints(armed.map((each, index) => ({ ...each, id: index })));
        const forward = await allStops(session, 'forward');
        const backward = await allStops(session, 'backward');
        const told = (stops: readonly Stop[]) =>
          stops.map(({ moment, breakpointIds, text }) => [
            moment.record,
            [...breakpointIds].sort(),
            text,
          ]);
        assert.deepEqual(told(backward), told(forward).reverse());
      },
    ),
    { numRuns: 150 },
  );
});
