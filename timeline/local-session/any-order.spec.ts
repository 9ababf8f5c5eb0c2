import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { StepKind } from '../session.ts';
import { fakeSession, NOT_CANCELLED, randomLines } from '../testing/traces.ts';

test('whatever is done in whatever order, a moment has one state', async () => {
  const steps = fc.constantFrom<StepKind>('next', 'back', 'in', 'backIn', 'out', 'backOut');
  const actions = fc.array(
    fc.oneof(
      steps,
      fc.tuple(steps),
      fc.constantFrom('forward' as const, 'backward' as const),
      fc.nat(60),
      fc.constant('look' as const),
    ),
    { minLength: 1, maxLength: 25 },
  );
  await fc.assert(
    fc.asyncProperty(randomLines(5, 60), actions, async (lines, todo) => {
      const reference = await fakeSession(lines);
      const session = await fakeSession(lines, { slice: 5, checkpointSpacing: 9 });
      const target = { space: 'mmio', address: 0x2034, size: 4 } as const;
      const place = { kind: 'data', target, access: 'change' } as const;
      await session.setBreakpoints([{ id: 1, place }]);
      for (const action of todo) {
        if (action === 'look') {
          await session.inspect({ kind: 'access' });
          await session.inspect({ kind: 'lastWriter', offset: 0x2030 });
        } else if (action === 'forward' || action === 'backward') {
          await session.resume(action, NOT_CANCELLED);
        } else if (typeof action === 'number')
          await session.seek({ record: action, event: 0 }, NOT_CANCELLED);
        else if (Array.isArray(action)) await session.step(action[0], NOT_CANCELLED, 'RCS0');
        else await session.step(action, NOT_CANCELLED);
        await reference.seek(session.position, NOT_CANCELLED);
        assert.deepEqual(reference.position, session.position);
        assert.equal(
          await session.inspect({ kind: 'hash' }),
          await reference.inspect({ kind: 'hash' }),
        );
      }
    }),
    { numRuns: 60 },
  );
});
