import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Breakpoint, Direction } from '../session.ts';
import { fakeSession, NOT_CANCELLED } from '../testing/traces.ts';

const LINES = Array.from({ length: 40 }, (_, i) => `W 4 002030 ${i.toString(16).padStart(8, '0')}`);

const onTail = (id: number, rest: Partial<Breakpoint>): Breakpoint => ({
  id,
  place: { kind: 'register', pattern: 'RCS0.RING_TAIL', access: 'write' },
  ...rest,
});

/** Counted, and hit too seldom to stop anything. */
const FIRST = onTail(1, { condition: 'value != 999', hitCondition: '1000' });
/** Its own hits have not been counted when it takes the place of the first. */
const SECOND = onTail(2, { condition: 'value >= 10', hitCondition: '3' });

/** A run in short slices; at the turn with this number the second breakpoint takes the place of the first. */
async function changedAtTurn(turn: number, direction: Direction) {
  let turns = 0;
  let running = false;
  let change: Promise<unknown> | undefined;
  const session = await fakeSession(LINES, {
    slice: 4,
    yieldToOthers: async () => {
      if (running && ++turns === turn) change = session.setBreakpoints([SECOND]);
    },
  });
  // From where there is a past to count, whichever way the run goes.
  const record = direction === 'backward' ? LINES.length : 11;
  await session.seek({ record, event: 0 }, NOT_CANCELLED);
  await session.setBreakpoints([FIRST]);
  running = true;
  const stop = await session.resume(direction, NOT_CANCELLED);
  running = false;
  await change;
  return { session, stop, changed: change !== undefined };
}

for (const direction of ['forward', 'backward'] as const) {
  test(`hits are counted right when breakpoints change during a run ${direction}`, async () => {
    let changes = 0;
    for (let turn = 1; turn < 30; turn++) {
      const { session, stop, changed } = await changedAtTurn(turn, direction);
      if (!changed) continue;
      changes++;
      if (stop.reason === 'breakpoint') assert.equal(stop.moment.record, 12, `turn ${turn}`);
      await session.setBreakpoints([SECOND]);
      await session.seek({ record: 0, event: 0 }, NOT_CANCELLED);
      const forward = await session.resume('forward', NOT_CANCELLED);
      assert.equal(forward.moment.record, 12, `turn ${turn}, from the start`);
      assert.equal((await session.resume('forward', NOT_CANCELLED)).reason, 'end');
      const back = await session.resume('backward', NOT_CANCELLED);
      assert.equal(back.moment.record, 12, `turn ${turn}, from the end`);
    }
    assert.ok(changes > 5);
  });
}
