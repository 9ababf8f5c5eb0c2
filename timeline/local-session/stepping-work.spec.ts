import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepKind, Stop, TimelineSession } from '../session.ts';
import { allStops } from '../testing/all-stops.ts';
import { fakeSession, NOT_CANCELLED } from '../testing/traces.ts';

/**
 * The work of record 1, two stores: (1,1) restore, 2 MI_NOOP, 3 MI_BATCH_BUFFER_START, 4 and 5 MI_STORE_DATA_IMM,
 * 6 MI_BATCH_BUFFER_END, 7 MI_USER_INTERRUPT, 8 save.
 */
const LINES = [
  'T 0.0001',
  'R 4 044200 00000000',
  'W 4 002550 00000002',
  'IRQ msi fee01004 0026',
  'R 4 044200 00000000',
  'W 4 002550 00000101',
  'T 0.0012',
  'R 4 044200 00000000',
  'R 4 044200 00000000',
];

const moments = (stops: readonly Stop[]) =>
  stops.map(({ moment }) => [moment.record, moment.event]);

async function walk(
  session: TimelineSession,
  from: readonly [number, number],
  kinds: readonly StepKind[],
  thread?: string,
) {
  await session.seek({ record: from[0], event: from[1] }, NOT_CANCELLED);
  const stops: Stop[] = [];
  for (const kind of kinds) stops.push(await session.step(kind, NOT_CANCELLED, thread));
  return stops;
}

test('a step in goes into the work that a record sets off, event by event, and out at its end', async () => {
  const session = await fakeSession(LINES);
  const [first] = await walk(session, [1, 0], ['in']);
  assert.deepEqual([first?.moment, first?.thread], [{ record: 1, event: 1 }, 'RCS0']);
  const into: StepKind[] = Array.from({ length: 8 }, () => 'in');
  const stops = await walk(session, [1, 1], into, 'RCS0');
  assert.deepEqual(moments(stops), [
    [1, 2],
    [1, 3],
    [1, 4],
    [1, 5],
    [1, 6],
    [1, 7],
    [1, 8],
    // Not at what the recording notes of it: at the next access.
    [3, 0],
  ]);
  assert.equal(stops.at(-1)?.thread, undefined);
});

test('a step back goes back event by event, and from the first to the record', async () => {
  const session = await fakeSession(LINES);
  const stops = await walk(session, [1, 3], ['back', 'back', 'back'], 'RCS0');
  assert.deepEqual(moments(stops), [
    [1, 2],
    [1, 1],
    [1, 0],
  ]);
});

test('a step over passes the batch that a command starts, a step out ends it', async () => {
  const session = await fakeSession(LINES);
  assert.deepEqual(moments(await walk(session, [1, 2], ['next', 'next', 'next'], 'RCS0')), [
    [1, 3],
    [1, 7],
    [1, 8],
  ]);
  assert.deepEqual(moments(await walk(session, [1, 4], ['next', 'out', 'out'], 'RCS0')), [
    [1, 5],
    [1, 7],
    [3, 0],
  ]);
});

test('back to the start of a batch, or of the ring', async () => {
  const session = await fakeSession(LINES);
  assert.deepEqual(moments(await walk(session, [1, 6], ['backOut'], 'RCS0')), [[1, 4]]);
  assert.deepEqual(moments(await walk(session, [1, 7], ['backOut'], 'RCS0')), [[1, 2]]);
  await session.seek({ record: 1, event: 5 }, NOT_CANCELLED);
  const stop = await session.restartLevel('RCS0', 0, NOT_CANCELLED);
  assert.deepEqual(moments([stop]), [[1, 2]]);
});

test("the driver's thread steps over the work and back to its record", async () => {
  const session = await fakeSession(LINES);
  assert.deepEqual(moments(await walk(session, [1, 0], ['next', 'back'])), [
    [3, 0],
    [1, 0],
  ]);
  assert.deepEqual(moments(await walk(session, [1, 4], ['next'])), [[3, 0]]);
  assert.deepEqual(moments(await walk(session, [1, 4], ['back'])), [[1, 0]]);
  assert.deepEqual(moments(await walk(session, [1, 4], ['in'])), [[1, 5]]);
});

test('work that an alarm gives comes before the access: the alarm is an event, too', async () => {
  const session = await fakeSession(LINES);
  const stops = await walk(session, [5, 0], ['in', 'in']);
  assert.deepEqual(moments(stops), [
    [5, 1],
    [5, 2],
  ]);
  assert.equal(stops[0]?.thread, 'RCS0');
  await session.seek({ record: 5, event: 8 }, NOT_CANCELLED);
  assert.equal((await session.inspect({ kind: 'access' }))?.done, undefined);
});

test('work that an alarm gives within a record without an access is stepped into, and back out of', async () => {
  const session = await fakeSession([
    'T 0.0001',
    'W 4 002550 00000002',
    'W 4 002550 00000101',
    'T 0.0012',
    'IRQ msi fee01004 0026',
    'R 4 044200 00000000',
  ]);
  const [into] = await walk(session, [1, 0], ['in']);
  assert.deepEqual([into?.moment, into?.thread], [{ record: 2, event: 1 }, 'RCS0']);
  const inside = await walk(session, [2, 1], Array<StepKind>(6).fill('in'), 'RCS0');
  assert.deepEqual(moments(inside).at(-1), [2, 7]);
  assert.deepEqual(moments(await walk(session, [2, 7], ['in'], 'RCS0')), [[3, 0]]);
  assert.deepEqual(moments(await walk(session, [2, 2], ['back', 'back'], 'RCS0')), [
    [2, 1],
    [1, 0],
  ]);
  assert.deepEqual(moments(await walk(session, [2, 3], ['back'])), [[1, 0]]);
  assert.deepEqual(moments(await walk(session, [2, 1], ['backIn'])), [[1, 0]]);
  assert.deepEqual(moments(await walk(session, [1, 0], ['next'])), [[3, 0]]);
});

test('commands stop in both directions, by name, glob and engine', async () => {
  const at = async (pattern: string) => {
    const session = await fakeSession(LINES);
    const [status] = await session.setBreakpoints([{ id: 1, place: { kind: 'name', pattern } }]);
    assert.equal(status?.verified, true, status?.message);
    const forward = await allStops(session, 'forward');
    assert.deepEqual(moments(await allStops(session, 'backward')), moments(forward).reverse());
    return forward;
  };
  const [first] = await at('MI_USER_INTERRUPT');
  assert.deepEqual(first?.moment, { record: 1, event: 7 });
  assert.equal(first?.text, 'RCS0 MI_USER_INTERRUPT in the ring at 0x8018');
  assert.equal(first?.thread, 'RCS0');
  assert.deepEqual(moments(await at('RCS0:mi_batch*')), [
    [1, 3],
    [1, 6],
    [5, 3],
    [5, 5],
  ]);
});

test('a command can be counted, put under a condition, and logged', async () => {
  const session = await fakeSession(LINES);
  const place = { kind: 'command', pattern: 'MI_STORE_DATA_IMM' } as const;
  await session.setBreakpoints([{ id: 1, place, hitCondition: '>= 2' }]);
  assert.deepEqual(moments(await allStops(session, 'forward')), [
    [1, 5],
    [5, 4],
  ]);
  assert.deepEqual(moments(await allStops(session, 'backward')), [
    [5, 4],
    [1, 5],
  ]);
  await session.setBreakpoints([{ id: 1, place, condition: 'value == 4 && record == 1' }]);
  assert.deepEqual(moments(await allStops(session, 'forward')), [[1, 5]]);
  const logs: string[] = [];
  session.setListener({ log: ({ text, moment }) => logs.push(`${moment.event} ${text}`) });
  await session.setBreakpoints([{ id: 1, place, logMessage: 'at {offset}' }]);
  await session.resume('backward', NOT_CANCELLED);
  await session.resume('forward', NOT_CANCELLED);
  assert.deepEqual(logs.slice(-3), ['4 at 0x4000', '5 at 0x4004', '4 at 0x4000']);
});

test('an interrupt stops before the event that raises it', async () => {
  const session = await fakeSession(LINES);
  const place = { kind: 'interrupt', pattern: '*user*' } as const;
  await session.setBreakpoints([{ id: 1, place }]);
  const stops = await allStops(session, 'forward');
  assert.deepEqual(moments(stops), [
    [1, 7],
    [5, 6],
  ]);
  assert.equal(stops[0]?.text, 'interrupt: RCS0 user interrupt');
  assert.deepEqual(moments(await allStops(session, 'backward')), moments(stops).reverse());
});

test('what a command changes stops before the command', async () => {
  const session = await fakeSession(LINES);
  const target = { space: 'memory', address: 0x1000, size: 4 } as const;
  await session.setBreakpoints([{ id: 1, place: { kind: 'data', target, access: 'change' } }]);
  const stops = await allStops(session, 'forward');
  assert.deepEqual(moments(stops), [
    [1, 4],
    [1, 5],
    [5, 4],
  ]);
  assert.equal(stops[1]?.text, 'memory 0x1000, 4 bytes 0x1 → 0x2');
  assert.deepEqual(moments(await allStops(session, 'backward')), moments(stops).reverse());
  const seen = await session.inspect({ kind: 'lastWriter', offset: 0x2094 });
  assert.equal(seen, undefined);
  await session.seek({ record: 4, event: 0 }, NOT_CANCELLED);
  const last = await session.inspect({ kind: 'lastWriter', offset: 0x2094 });
  assert.deepEqual(last, { record: 1, event: 7 });
});

test('a name that nothing has gets a suggestion', async () => {
  const session = await fakeSession(LINES);
  const statuses = await session.setBreakpoints([
    { id: 1, place: { kind: 'name', pattern: 'MI_USER_INTERUPT' } },
    { id: 2, place: { kind: 'name', pattern: 'RCS7:MI_NOOP' } },
    { id: 3, place: { kind: 'interrupt', pattern: 'user' } },
    { id: 4, place: { kind: 'name', pattern: '0x123456789' } },
  ]);
  assert.deepEqual(
    statuses.map(({ verified }) => verified),
    [false, false, false, false],
  );
  assert.match(statuses[0]?.message ?? '', /No register or command .*MI_USER_INTERRUPT\?/);
  assert.match(statuses[1]?.message ?? '', /No engine is called RCS7; there are RCS0/);
  assert.match(statuses[2]?.message ?? '', /No interrupt .*RCS0 user interrupt/);
  assert.match(statuses[3]?.message ?? '', /outside of BAR0/);
});
