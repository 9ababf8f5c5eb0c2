import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Breakpoint, BreakpointPlace, Stop } from '../session.ts';
import { allStops } from '../testing/all-stops.ts';
import { fakeSession, NOT_CANCELLED } from '../testing/traces.ts';

const TAIL = 0x2030;
const HEAD = 0x2034;

const records = (stops: readonly Stop[]) => stops.map(({ moment }) => moment.record);

async function stopsOf(lines: readonly string[], ...breakpoints: Omit<Breakpoint, 'id'>[]) {
  const session = await fakeSession(lines);
  const numbered = breakpoints.map((each, index) => ({ ...each, id: index + 1 }));
  for (const status of await session.setBreakpoints(numbered)) {
    assert.equal(status.verified, true, status.message);
  }
  const forward = await allStops(session, 'forward');
  const backward = await allStops(session, 'backward');
  assert.deepEqual(records(backward), records(forward).reverse(), 'both directions agree');
  assert.deepEqual(
    backward.map(({ text }) => text),
    forward.map(({ text }) => text).reverse(),
  );
  return forward;
}

const dataOn = (
  address: number,
  access: 'read' | 'write' | 'readWrite' | 'change',
  bits?: { low: number; high: number },
): BreakpointPlace => ({
  kind: 'data',
  target: { space: 'mmio', address, size: 4, ...(bits === undefined ? {} : { bits }) },
  access,
});

const RING = [
  'W 4 002030 00000040',
  'R 4 002030 00000040',
  'W 4 002030 00000040',
  'W 4 022030 00000008',
  'W 4 002030 00000080',
  'R 4 002034 00000080',
];

test('a record breakpoint stops before its record', async () => {
  const stops = await stopsOf(RING, { place: { kind: 'record', record: 3 } });
  assert.deepEqual(records(stops), [3]);
});

test('a register breakpoint stops at reads, writes or both', async () => {
  const at = (access: 'read' | 'write' | 'readWrite') =>
    stopsOf(RING, { place: { kind: 'register', pattern: 'RCS0.RING_TAIL', access } });
  assert.deepEqual(records(await at('read')), [1]);
  assert.deepEqual(records(await at('write')), [0, 2, 4]);
  assert.deepEqual(records(await at('readWrite')), [0, 1, 2, 4]);
});

test('a glob stops at all engines', async () => {
  const place = { kind: 'register', pattern: 'RING_T*', access: 'write' } as const;
  assert.deepEqual(records(await stopsOf(RING, { place })), [0, 2, 3, 4]);
});

test('a stop says what is written over what', async () => {
  const place = { kind: 'register', pattern: 'RCS0.RING_TAIL', access: 'write' } as const;
  const stops = await stopsOf(RING, { place });
  assert.equal(stops[2]?.text, 'RCS0.RING_TAIL write 0x00000080 (was 0x00000040)');
});

test('a data breakpoint on change passes over writes of the same value', async () => {
  const stops = await stopsOf(RING, { place: dataOn(TAIL, 'change') });
  assert.deepEqual(records(stops), [0, 4]);
  assert.equal(stops[1]?.text, 'RCS0.RING_TAIL 0x40 → 0x80');
});

test('a data breakpoint on write stops at each', async () => {
  assert.deepEqual(records(await stopsOf(RING, { place: dataOn(TAIL, 'write') })), [0, 2, 4]);
  assert.deepEqual(records(await stopsOf(RING, { place: dataOn(TAIL, 'read') })), [1]);
  assert.deepEqual(
    records(await stopsOf(RING, { place: dataOn(TAIL, 'readWrite') })),
    [0, 1, 2, 4],
  );
});

test('a change is seen whoever made it', async () => {
  assert.deepEqual(records(await stopsOf(RING, { place: dataOn(HEAD, 'change') })), [0, 4]);
  const vblank = ['T 0.0001', 'R 4 002030 00000000', 'T 0.0012', 'R 4 002030 00000000'];
  assert.deepEqual(records(await stopsOf(vblank, { place: dataOn(0x44408, 'change') })), [1]);
});

test('a field breakpoint stops only where its bits change', async () => {
  const lines = ['W 4 00203c 00001000', 'W 4 00203c 00001001', 'W 4 00203c 00003001'];
  const stops = await stopsOf(lines, { place: dataOn(0x203c, 'change', { low: 0, high: 0 }) });
  assert.deepEqual(records(stops), [1]);
  assert.equal(stops[0]?.text, 'RCS0.RING_CTL.enable 0x0 → 0x1');
});

test('a page-table entry is watched by its graphics address', async () => {
  const lines = ['W 4 800008 00002001', 'W 4 80000c 00000000', 'W 4 800010 00003001'];
  const target = { space: 'ggtt', address: 0x1000, size: 8 } as const;
  const change = { kind: 'data', target, access: 'change' } as const;
  const write = { kind: 'data', target, access: 'write' } as const;
  assert.deepEqual(records(await stopsOf(lines, { place: change })), [0]);
  assert.deepEqual(records(await stopsOf(lines, { place: write })), [0, 1]);
});

test('configuration and guest memory are watched', async () => {
  const lines = [
    'CW 2 04 0007',
    'CR 2 04 0007',
    `M 000001000 ${'00'.repeat(64)}`,
    'AW 4 00001004 00000005',
    'AW 4 00001008 00000000',
  ];
  const command = { space: 'config', address: 4, size: 2 } as const;
  const configPlace = { kind: 'data', target: command, access: 'readWrite' } as const;
  assert.deepEqual(records(await stopsOf(lines, { place: configPlace })), [0, 1]);
  const word = { space: 'memory', address: 0x1004, size: 4 } as const;
  const changed = { kind: 'data', target: word, access: 'change' } as const;
  const stops = await stopsOf(lines, { place: changed });
  assert.deepEqual(records(stops), [2, 3]);
  assert.equal(stops[0]?.text, 'memory 0x1004, 4 bytes unknown → 0x0');
  const range = { space: 'memory', address: 0x1000, size: 64 } as const;
  const written = { kind: 'data', target: range, access: 'write' } as const;
  assert.deepEqual(records(await stopsOf(lines, { place: written })), [2, 3, 4]);
});

test('a condition sees the state before the access, a data breakpoint that after it', async () => {
  const pattern = { kind: 'register', pattern: 'RCS0.RING_TAIL', access: 'write' } as const;
  const before = { place: pattern, condition: 'RCS0.RING_HEAD == 0x40' };
  assert.deepEqual(records(await stopsOf(RING, before)), [2, 4]);
  const after = { place: dataOn(TAIL, 'write'), condition: 'RCS0.RING_HEAD == 0x40' };
  assert.deepEqual(records(await stopsOf(RING, after)), [0, 2]);
});

test('value and old are those of the access, or of the watched bits', async () => {
  const pattern = { kind: 'register', pattern: 'RCS0.RING_TAIL', access: 'write' } as const;
  const rises = { place: pattern, condition: 'value > old' };
  assert.deepEqual(records(await stopsOf(RING, rises)), [0, 4]);
  const lines = ['W 4 00203c 00001001', 'W 4 00203c 00001000', 'W 4 00203c 00001001'];
  const place = dataOn(0x203c, 'change', { low: 0, high: 0 });
  const falls = await stopsOf(lines, { place, condition: 'old == 1 && value == 0' });
  assert.deepEqual(records(falls), [1]);
});

test('a condition that cannot be known stops and says so', async () => {
  const pattern = { kind: 'register', pattern: 'BCS0.RING_TAIL', access: 'write' } as const;
  const [stop] = await stopsOf(RING, { place: pattern, condition: 'mem32[0x5000] == 1' });
  assert.match(stop?.text ?? '', /is not known: /);
});

test('hits are counted from the start, in both directions', async () => {
  const lines = Array.from({ length: 12 }, (_, index) => `W 4 002030 000000${index % 2}0`);
  const pattern = { kind: 'register', pattern: 'RCS0.RING_TAIL', access: 'write' } as const;
  const hits = (hitCondition: string, condition?: string) =>
    stopsOf(lines, {
      place: pattern,
      hitCondition,
      ...(condition === undefined ? {} : { condition }),
    });
  assert.deepEqual(records(await hits('5')), [4]);
  assert.deepEqual(records(await hits('>= 11')), [10, 11]);
  assert.deepEqual(records(await hits('% 4')), [3, 7, 11]);
  assert.deepEqual(records(await hits('3', 'value == 0x10')), [5]);
});

test('hits count from the start also when the breakpoint is set in the middle', async () => {
  const lines = Array.from({ length: 12 }, () => 'W 4 002030 00000010');
  const session = await fakeSession(lines);
  await session.seek({ record: 8, event: 0 }, NOT_CANCELLED);
  const place = { kind: 'register', pattern: 'RCS0.RING_TAIL', access: 'write' } as const;
  await session.setBreakpoints([{ id: 1, place, hitCondition: '% 5' }]);
  assert.equal((await session.resume('backward', NOT_CANCELLED)).moment.record, 4);
  assert.equal((await session.resume('forward', NOT_CANCELLED)).moment.record, 9);
});

test('breakpoints at one record are told together', async () => {
  const stops = await stopsOf(
    RING,
    { place: { kind: 'record', record: 4 } },
    { place: dataOn(HEAD, 'change') },
    { place: { kind: 'register', pattern: 'RCS0.RING_TAIL', access: 'write' } },
  );
  const ids = stops.find(({ moment }) => moment.record === 4)?.breakpointIds;
  assert.deepEqual(
    [...(ids ?? [])].sort((a, b) => a - b),
    [1, 2, 3],
  );
});

test('a breakpoint at the first record stops a run that begins there once', async () => {
  assert.deepEqual(records(await stopsOf(RING, { place: { kind: 'record', record: 0 } })), [0]);
});

test('a run from the start stops at its first record, a run from elsewhere not where it begins', async () => {
  const session = await fakeSession(RING);
  await session.setBreakpoints(
    [0, 3].map((record) => ({ id: record, place: { kind: 'record', record } })),
  );
  for (const [from, to] of [
    [0, 0],
    [3, 6],
  ] as const) {
    await session.seek({ record: from, event: 0 }, NOT_CANCELLED);
    assert.equal((await session.resume('forward', NOT_CANCELLED)).moment.record, to);
  }
});

test('what cannot be a breakpoint is refused with a reason', async () => {
  const session = await fakeSession(RING);
  const target = { space: 'mmio', address: 0x2030, size: 4 } as const;
  const refused = await session.setBreakpoints([
    { id: 1, place: { kind: 'record', record: 6 } },
    { id: 2, place: { kind: 'register', pattern: 'RING_TIAL', access: 'write' } },
    { id: 3, place: { kind: 'data', target: { ...target, address: 2 ** 40 }, access: 'write' } },
    { id: 4, place: { kind: 'record', record: 1 }, condition: 'RCS0.RING_TAIL ==' },
    { id: 5, place: { kind: 'record', record: 1 }, hitCondition: 'often' },
    { id: 6, place: { kind: 'record', record: 1 }, logMessage: '{NOBODY}' },
    {
      id: 7,
      place: { kind: 'data', target: { ...target, bits: { low: 3, high: 40 } }, access: 'write' },
    },
    { id: 8, place: { kind: 'record', record: 1 } },
  ]);
  assert.deepEqual(
    refused.map(({ verified }) => verified),
    [false, false, false, false, false, false, false, true],
  );
  for (const { message } of refused) assert.ok((message ?? '').length > 5);
  assert.match(refused[1]?.message ?? '', /RING_TAIL/);
  assert.equal((await session.resume('forward', NOT_CANCELLED)).moment.record, 1);
});

test('after a pause a change by hand is what a target held before', async () => {
  const lines = [...new Array<string>(6).fill('R 4 002034 00000000'), 'W 4 002030 00000000'];
  const token = { cancelled: false };
  const session = await fakeSession(lines, {
    slice: 2,
    yieldToOthers: async () => {
      token.cancelled = true;
    },
  });
  await session.setBreakpoints([{ id: 1, place: dataOn(TAIL, 'change') }]);
  const paused = await session.resume('forward', token);
  assert.equal(paused.reason, 'pause');
  assert.ok(paused.moment.record > 0 && paused.moment.record < 6);
  await session.poke(
    { kind: 'expression', expression: 'RCS0.RING_TAIL' },
    { low: 0x40, high: 0, known: true },
  );
  const stop = await session.resume('forward', NOT_CANCELLED);
  assert.equal(stop.text, 'RCS0.RING_TAIL 0x40 → 0x0');
});
