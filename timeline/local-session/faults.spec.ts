import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHECKS } from '../../emulator/index.ts';
import type { FaultEntry, Stop, TimelineSession } from '../session.ts';
import { allStops } from '../testing/all-stops.ts';
import { fakeSession, NOT_CANCELLED, traceOf, vgpuFor } from '../testing/traces.ts';
import { createLocalSession } from './local-session.ts';

const moments = (stops: readonly Stop[]) =>
  stops.map(({ moment: { record, event } }) => (event === 0 ? record : [record, event]));

async function vgpuSession(lines: readonly string[]): Promise<TimelineSession> {
  const trace = await traceOf(lines);
  return createLocalSession({ trace, ...vgpuFor(trace) });
}

async function stopsOf(session: TimelineSession, checks: readonly string[], condition?: string) {
  const [status] = await session.setBreakpoints([
    { id: 1, place: { kind: 'fault', checks }, ...(condition === undefined ? {} : { condition }) },
  ]);
  assert.equal(status?.verified, true, status?.message);
  const forward = await allStops(session, 'forward');
  const backward = await allStops(session, 'backward');
  assert.deepEqual(moments(backward), moments(forward).toReversed());
  assert.deepEqual(
    backward.map(({ faults, text }) => [faults, text]),
    forward.map(({ faults, text }) => [faults, text]).toReversed(),
  );
  return forward;
}

/** A read; RING_MODE of RCS0 without mask, then a read-only register twice, then run lists before PVINFO was read. */
const LINES = [
  'R 4 002030 00000000',
  'W 4 00229c 00000001',
  'W 4 002030 00000040',
  'W 4 002234 00000005',
  'W 4 002234 00000006',
  'W 4 00229c 80008000',
];

test('a fault breakpoint stops before the event that raises the fault', async () => {
  const session = await vgpuSession(LINES);
  const stops = await stopsOf(session, ['read-only-write']);
  assert.deepEqual(moments(stops), [3, 4]);
  const [first] = stops;
  assert.equal(first?.faults?.[0]?.value, 5);
  assert.match(
    first?.text ?? '',
    /^Register: write to read-only bits: RCS0\.RING_EXECLIST_STATUS_LO: write of 0x5/,
  );
  assert.deepEqual(moments(await stopsOf(session, ['failsafe-unsupported', 'mask-empty'])), [1, 5]);
});

test('conditions see what the fault shows', async () => {
  const session = await vgpuSession(LINES);
  const all = CHECKS.map(({ id }) => id);
  const at = async (condition: string) => moments(await stopsOf(session, all, condition));
  assert.deepEqual(await at('value == 6'), [4]);
  assert.deepEqual(await at('check == "mask-empty"'), [1]);
  assert.deepEqual(await at('register == "RCS0.ring_mode"'), [1, 5]);
  assert.deepEqual(await at('address == 0x2234 && value > 5'), [4]);
  assert.deepEqual(await at('offset == 0x2234'), [3, 4]);
  assert.deepEqual(await at('engine == "RCS0"'), []);
  assert.deepEqual(await at('engine != "RCS0" && check != "read-only-write"'), [1, 5]);
  assert.deepEqual(await at('RCS0.RING_TAIL == 0x40 && record < 5'), [3, 4]);
});

/** Pipe A runs while its vblank is masked; the last line's event has 600 of them, and then a fault of its own. */
const MANY = ['W 4 070008 80000000', 'T 10.0', 'W 4 002234 00000005'];

test('however many faults an event has, none is hidden from conditions and other filters', async () => {
  const session = await vgpuSession(MANY);
  const all = CHECKS.map(({ id }) => id);
  assert.deepEqual(moments(await stopsOf(session, all, 'check == "read-only-write"')), [1]);
  await session.setBreakpoints([
    { id: 1, place: { kind: 'fault', checks: ['display-event-masked'] }, condition: 'false' },
    { id: 2, place: { kind: 'fault', checks: ['display-event-masked'] }, condition: 'true' },
    { id: 3, place: { kind: 'fault', checks: ['read-only-write'] } },
  ]);
  const [stop, ...others] = await allStops(session, 'forward');
  assert.deepEqual(others, []);
  assert.deepEqual(stop?.breakpointIds, [2, 3]);
  assert.deepEqual(
    stop?.faults?.map(({ check }) => check),
    ['display-event-masked', 'read-only-write'],
  );
});

test('what a fault does not show is unknown, and stops with the reason', async () => {
  const session = await fakeSession(['W 4 002550 00000001']);
  const [stop] = await stopsOf(session, ['command-unimplemented'], 'value == 1');
  assert.match(stop?.text ?? '', /command-unimplemented shows no value/);
});

test('faults of work stop before the command', async () => {
  const session = await fakeSession(['W 4 002034 00000001', 'W 4 002550 00000001']);
  const [, work] = await stopsOf(session, ['read-only-write', 'command-unimplemented']);
  assert.equal(work?.moment.record, 1);
  assert.equal(work?.thread, 'RCS0');
  const { frames } = await session.inspect({ kind: 'stack', thread: 'RCS0' });
  assert.ok(frames.length > 0);
});

test('a check that does not exist is refused with one that does', async () => {
  const session = await vgpuSession(LINES);
  const [status] = await session.setBreakpoints([
    { id: 1, place: { kind: 'fault', checks: ['read-only-writes'] } },
  ]);
  assert.equal(status?.verified, false);
  assert.match(status?.message ?? '', /No check is called read-only-writes\. .*read-only-write/);
});

test('hit counts count faults from the start', async () => {
  const session = await vgpuSession(LINES);
  const place = { kind: 'fault', checks: ['read-only-write'] } as const;
  await session.setBreakpoints([{ id: 1, place, hitCondition: '2' }]);
  assert.deepEqual(moments(await allStops(session, 'forward')), [4]);
  assert.deepEqual(moments(await allStops(session, 'backward')), [4]);
});

test('a fault is looked into: what shows it, and who was there before', async () => {
  const session = await vgpuSession([
    'R 4 078000 00000000',
    'W 4 044304 00000010',
    'W 4 00229c 00020002',
    'W 4 00229c 00010001',
  ]);
  const [stop] = await stopsOf(session, ['host-owned-bit']);
  const [fault] = stop?.faults ?? [];
  assert.ok(fault !== undefined);
  await session.seek(stop?.moment ?? { record: 0, event: 0 }, NOT_CANCELLED);
  const view = await session.inspect({ kind: 'fault', fault });
  assert.deepEqual(view.evidence, [
    { name: 'register', text: 'RCS0.RING_MODE (0x229c)' },
    { name: 'value', text: '0x00010001' },
  ]);
  assert.deepEqual(view.causes, [
    {
      what: 'RCS0.RING_MODE was last changed',
      moment: { record: 2, event: 0 },
      line: 4,
      text: 'RCS0.RING_MODE write 0x00020002',
    },
  ]);
  assert.deepEqual(session.position, stop?.moment);
});

test('a place that nobody changed has no moment', async () => {
  const session = await vgpuSession(['W 4 002234 00000005']);
  const [stop] = await stopsOf(session, ['read-only-write']);
  const [fault] = stop?.faults ?? [];
  assert.ok(fault !== undefined);
  const { causes } = await session.inspect({ kind: 'fault', fault });
  assert.deepEqual(causes, [{ what: 'RCS0.RING_EXECLIST_STATUS_LO was last changed' }]);
});

test('running forwards tells each fault once', async () => {
  const session = await vgpuSession(LINES);
  const told: FaultEntry[] = [];
  session.setListener({ fault: (entry) => told.push(entry) });
  const ids = () => told.splice(0).map(({ moment, fault }) => [moment.record, fault.check]);
  const stop = () => session.step('next', NOT_CANCELLED);
  await stop();
  await stop();
  assert.deepEqual(ids(), [[1, 'mask-empty']]);
  await session.resume('forward', NOT_CANCELLED);
  assert.deepEqual(ids(), [
    [3, 'read-only-write'],
    [4, 'read-only-write'],
    [5, 'failsafe-unsupported'],
  ]);
  await session.resume('backward', NOT_CANCELLED);
  await session.resume('forward', NOT_CANCELLED);
  assert.deepEqual(ids(), []);
});

test('where it stops, the faults of the next event are told', async () => {
  const session = await vgpuSession(LINES);
  const told: number[] = [];
  session.setListener({ fault: ({ moment }) => told.push(moment.record) });
  await session.setBreakpoints([
    { id: 1, place: { kind: 'record', record: 3 } },
    { id: 2, place: { kind: 'fault', checks: ['read-only-write'] }, condition: 'value == 6' },
  ]);
  await session.resume('forward', NOT_CANCELLED);
  assert.deepEqual(told, [1, 3]);
  await session.resume('forward', NOT_CANCELLED);
  assert.deepEqual(told, [1, 3, 4]);
  await session.resume('forward', NOT_CANCELLED);
  assert.deepEqual(told, [1, 3, 4, 5]);
});

test('after a change by hand what comes later is told anew', async () => {
  const session = await vgpuSession(LINES);
  const told: number[] = [];
  session.setListener({ fault: ({ moment }) => told.push(moment.record) });
  await session.resume('forward', NOT_CANCELLED);
  await session.seek({ record: 4, event: 0 }, NOT_CANCELLED);
  const low = { low: 1, high: 0, known: true };
  await session.poke({ kind: 'expression', expression: 'RCS0.RING_TAIL' }, low);
  told.length = 0;
  await session.resume('forward', NOT_CANCELLED);
  assert.deepEqual(told, [5]);
});
