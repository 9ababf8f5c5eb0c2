import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEntry, StepKind, TimelineSession } from '../session.ts';
import { fakeSession, NOT_CANCELLED } from '../testing/traces.ts';

const seek = (session: TimelineSession, record: number) =>
  session.seek({ record, event: 0 }, NOT_CANCELLED);
const step = async (session: TimelineSession, kind: StepKind) => {
  const { reason, moment } = await session.step(kind, NOT_CANCELLED);
  return [reason, moment.record];
};
const known = (low: number) => ({ low, high: 0, known: true });

const RING = [
  'W 4 002030 00000040',
  '# 0.1 a note',
  'R 4 002034 00000040',
  ...Array.from({ length: 6 }, () => 'R 4 044200 00000000'),
  'W 4 002030 00000080',
  'W 4 00203c 00003001',
];

test('a summary tells what was loaded', async () => {
  const { summary } = await fakeSession(RING);
  assert.equal(summary.format, 'vgpu');
  assert.equal(summary.name, 'test.vgpu');
  assert.deepEqual([summary.records, summary.accesses], [11, 10]);
});

test('steps go over folds, into them and out of them, forwards and backwards', async () => {
  const session = await fakeSession(RING);
  assert.deepEqual(await step(session, 'next'), ['step', 2]);
  assert.deepEqual(await step(session, 'next'), ['step', 3]);
  assert.deepEqual(await step(session, 'in'), ['step', 4]);
  assert.deepEqual(await step(session, 'out'), ['step', 9]);
  assert.deepEqual(await step(session, 'back'), ['step', 3]);
  assert.deepEqual(await step(session, 'in'), ['step', 4]);
  assert.deepEqual(await step(session, 'in'), ['step', 5]);
  assert.deepEqual(await step(session, 'backOut'), ['step', 3]);
  assert.deepEqual(await step(session, 'next'), ['step', 9]);
  assert.deepEqual(await step(session, 'backIn'), ['step', 8]);
});

test('steps end at the ends of the recording', async () => {
  const session = await fakeSession(RING);
  await seek(session, 10);
  assert.deepEqual(await step(session, 'next'), ['end', 11]);
  assert.deepEqual(await step(session, 'next'), ['end', 11]);
  assert.deepEqual(await step(session, 'back'), ['step', 10]);
  await seek(session, 0);
  assert.deepEqual(await step(session, 'back'), ['start', 0]);
});

test('runs end at the ends of the recording, and seeking past them too', async () => {
  const session = await fakeSession(RING);
  assert.equal((await session.resume('forward', NOT_CANCELLED)).reason, 'end');
  assert.equal(session.position.record, 11);
  assert.equal((await session.resume('backward', NOT_CANCELLED)).reason, 'start');
  assert.equal(session.position.record, 0);
  assert.equal((await seek(session, 1e9)).moment.record, 11);
  assert.equal((await seek(session, -5)).moment.record, 0);
  assert.equal((await seek(session, Number.NaN)).moment.record, 0);
});

test('skipped registers are passed over by next and back', async () => {
  const session = await fakeSession(RING);
  const [told, wrong] = await session.setSkip(['0x44200', 'RING_HAED']);
  assert.match(told?.message ?? '', /GEN8_MASTER_IRQ/);
  assert.match(wrong?.message ?? '', /RING_HEAD/);
  await seek(session, 2);
  assert.deepEqual(await step(session, 'next'), ['step', 9]);
  assert.deepEqual(await step(session, 'back'), ['step', 2]);
  assert.deepEqual(await step(session, 'in'), ['step', 3]);
});

test('a breakpoint within a fold stops a step over it, in both directions', async () => {
  const session = await fakeSession(RING);
  await session.setBreakpoints([{ id: 1, place: { kind: 'record', record: 6 } }]);
  await seek(session, 3);
  assert.deepEqual(await step(session, 'next'), ['breakpoint', 6]);
  await seek(session, 9);
  assert.deepEqual(await step(session, 'back'), ['breakpoint', 6]);
});

test('logs are written in both directions, each once per passing', async () => {
  const session = await fakeSession(RING);
  const logs: string[] = [];
  session.setListener({ log: ({ text }: LogEntry) => logs.push(text) });
  const place = { kind: 'register', pattern: 'RCS0.RING_TAIL', access: 'write' } as const;
  await session.setBreakpoints([
    { id: 1, place, logMessage: 'tail {value,d} at {record}' },
    { id: 2, place: { kind: 'record', record: 10 }, condition: 'log("control {value}")' },
  ]);
  await session.resume('forward', NOT_CANCELLED);
  const expected = ['tail 64 at 0', 'tail 128 at 9', 'control 0x00003001'];
  assert.deepEqual(logs.splice(0), expected);
  await session.resume('backward', NOT_CANCELLED);
  assert.deepEqual(logs.splice(0), [...expected].reverse());
  await step(session, 'next');
  assert.deepEqual(logs.splice(0), ['tail 64 at 0']);
  await step(session, 'back');
  assert.deepEqual(logs.splice(0), ['tail 64 at 0']);
});

test('a log at a record that also stops is written once on the way forward', async () => {
  const session = await fakeSession(RING);
  const logs: string[] = [];
  session.setListener({ log: ({ text }: LogEntry) => logs.push(text) });
  const place = { kind: 'record', record: 9 } as const;
  await session.setBreakpoints([
    { id: 1, place },
    { id: 2, place, logMessage: 'here' },
  ]);
  assert.equal((await session.resume('forward', NOT_CANCELLED)).moment.record, 9);
  assert.deepEqual(logs.splice(0), ['here']);
  assert.equal((await session.resume('forward', NOT_CANCELLED)).reason, 'end');
  assert.deepEqual(logs, []);
});

test('a log of the future is not written when a backward run stops before', async () => {
  const session = await fakeSession(RING);
  const logs: string[] = [];
  session.setListener({ log: ({ text }: LogEntry) => logs.push(text) });
  await session.setBreakpoints([
    { id: 1, place: { kind: 'record', record: 5 } },
    { id: 2, place: { kind: 'record', record: 2 }, logMessage: 'two' },
    { id: 3, place: { kind: 'record', record: 9 }, logMessage: 'nine' },
  ]);
  await seek(session, 11);
  assert.equal((await session.resume('backward', NOT_CANCELLED)).moment.record, 5);
  assert.deepEqual(logs, ['nine']);
});

const LONG = Array.from({ length: 5000 }, (_, index) => `W 4 002030 ${hex8(index)}`);

function hex8(value: number): string {
  return value.toString(16).padStart(8, '0');
}

test('a run that is cancelled pauses at a whole moment', async () => {
  const token = { cancelled: false };
  let turns = 0;
  const yieldToOthers = async () => {
    turns++;
    token.cancelled = turns >= 7;
  };
  const session = await fakeSession(LONG, { slice: 100, yieldToOthers });
  const stop = await session.resume('forward', token);
  assert.deepEqual([stop.reason, stop.moment.record], ['pause', 700]);
  const tail = await session.inspect({ kind: 'evaluate', expression: 'RCS0.RING_TAIL' });
  assert.equal(tail.value?.low, 699);
  assert.equal((await session.resume('backward', token)).reason, 'pause');
  assert.equal((await session.seek({ record: 4000, event: 0 }, token)).reason, 'pause');
});

test('inspections during a run see a whole moment, and new breakpoints stop it', async () => {
  let turns = 0;
  const seen: number[] = [];
  const visits: Promise<unknown>[] = [];
  const session: TimelineSession = await fakeSession(LONG, {
    slice: 100,
    yieldToOthers: async () => {
      turns++;
      if (turns === 3) {
        const looked = session.inspect({ kind: 'evaluate', expression: 'RCS0.RING_TAIL' });
        visits.push(looked.then(({ value }) => seen.push(value?.low ?? -1)));
      }
      if (turns === 5) {
        visits.push(session.setBreakpoints([{ id: 1, place: { kind: 'record', record: 1234 } }]));
      }
    },
  });
  const stop = await session.resume('forward', NOT_CANCELLED);
  await Promise.all(visits);
  assert.deepEqual([stop.reason, stop.moment.record], ['breakpoint', 1234]);
  assert.deepEqual(seen, [299]);
});

test('closing ends a run', async () => {
  let closed: Promise<void> | undefined;
  const session: TimelineSession = await fakeSession(LONG, {
    slice: 100,
    yieldToOthers: async () => {
      closed ??= session.close();
    },
  });
  assert.equal((await session.resume('forward', NOT_CANCELLED)).reason, 'pause');
  await closed;
});

test('a poke is an edit of history at its moment', async () => {
  const session = await fakeSession(RING);
  const control = { kind: 'expression', expression: 'RCS0.RING_CTL.bufferLength' } as const;
  const value = async () => {
    const view = await session.inspect({ kind: 'register', name: 'RCS0.RING_CTL' });
    return view?.value.low;
  };
  await seek(session, 3);
  const set = await session.poke(control, known(0x5000));
  assert.equal(set.low, 0x5000);
  assert.equal(await value(), 0x5000);
  await seek(session, 2);
  assert.equal(await value(), 0);
  await seek(session, 8);
  assert.equal(await value(), 0x5000);
  await seek(session, 11);
  assert.equal(await value(), 0x3001, 'the guest wrote over it');
});

test('breakpoints see the consequences of a poke, but not the poke itself', async () => {
  const lines = ['R 4 044200 00000000', 'W 4 00203c 00000005', 'W 4 00203c 00000006'];
  const session = await fakeSession(lines);
  const target = { space: 'mmio', address: 0x203c, size: 4 } as const;
  const place = { kind: 'data', target, access: 'change' } as const;
  await session.setBreakpoints([{ id: 1, place, hitCondition: '>= 1' }]);
  const stops = async () => {
    const found: number[] = [];
    await seek(session, 0);
    for (;;) {
      const stop = await session.resume('forward', NOT_CANCELLED);
      if (stop.reason !== 'breakpoint') return found;
      found.push(stop.moment.record);
    }
  };
  assert.deepEqual(await stops(), [1, 2]);
  await seek(session, 1);
  await session.poke({ kind: 'expression', expression: 'RCS0.RING_CTL' }, known(5));
  assert.deepEqual(await stops(), [2]);
});

test('a poke that cannot be is refused with a reason, and changes nothing', async () => {
  const session = await fakeSession(RING);
  const before = await session.inspect({ kind: 'hash' });
  const tries = ['RCS0.RING_TAIL + 1', 'NOBODY', 'RCS0.RING_CTL.enable', 'mem32[mem32[0x10]]'];
  for (const expression of tries) {
    await assert.rejects(session.poke({ kind: 'expression', expression }, known(2)), Error);
  }
  assert.equal(await session.inspect({ kind: 'hash' }), before);
});

test('the last writer of a register, of its bits, and of an entry is found', async () => {
  const lines = [
    'W 4 00203c 00003000',
    'W 4 800008 00001001',
    'W 4 00203c 00003001',
    'W 4 00203c 00003001',
    'R 4 044200 00000000',
  ];
  const session = await fakeSession(lines, { checkpointSpacing: 2 });
  const last = async (offset: number, bits?: { low: number; high: number }) => {
    const query = { kind: 'lastWriter', offset } as const;
    return (await session.inspect(bits === undefined ? query : { ...query, bits }))?.record;
  };
  await seek(session, 5);
  assert.equal(await last(0x203c), 2);
  assert.equal(await last(0x203c, { low: 12, high: 20 }), 0);
  assert.equal(await last(0x800008), 1);
  assert.equal(await last(0x2090), undefined);
  assert.equal(session.position.record, 5, 'it only looked');
});
