import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventNames, GuestsViews, HostDevice, registerDirectory } from '../../emulator/index.ts';
import { createLocalSession } from '../local-session/local-session.ts';
import { isSameMoment, type Moment } from '../moment.ts';
import type { TimelineSession } from '../session.ts';
import { NOT_CANCELLED, sampleTrace } from '../testing/traces.ts';
import { guestName } from './guest-name.ts';
import { hostFor, type Schedule } from './host-from-traces.ts';
import { mergeTraces } from './merge-traces.ts';
import type { Interleave } from './turns.ts';

const SAMPLES = ['two-guests-first.vgpu.gz', 'two-guests-second.vgpu.gz'];

/** Both guests, recorded in slices of their own, on one host. */
async function twoGuests(schedule: Schedule = 'at once', interleave: Interleave = 'time') {
  const traces = await Promise.all(SAMPLES.map(sampleTrace));
  const made = hostFor(traces, { schedule });
  assert.ok(!('problem' in made));
  const device = new HostDevice(made.host, made.vgpus);
  const views = new GuestsViews(device);
  const { trace, guests } = mergeTraces(
    traces.map((each) => ({ trace: each })),
    interleave,
  );
  const names = eventNames('skl');
  const session = createLocalSession({
    trace,
    device,
    directory: registerDirectory('skl'),
    views,
    events: {
      ...names,
      engines: made.vgpus.flatMap((vgpu) => names.engines.map((e) => device.engineName(vgpu, e))),
    },
    guests: guests.map((records, index) => {
      const own = views.guests[index];
      assert.ok(own);
      return { name: guestName(index), trace: SAMPLES[index] ?? '', records, views: own };
    }),
    checkpointSpacing: 3000,
  });
  return { session, traces, guests, made };
}

const end = (session: TimelineSession) =>
  session.seek({ record: session.summary.records, event: 0 }, NOT_CANCELLED);
const hash = (session: TimelineSession) => session.inspect({ kind: 'hash' });
const value = async (session: TimelineSession, expression: string, guest?: number) =>
  (await session.inspect({ kind: 'evaluate', expression }, guest)).text;

describe('two recordings in one session', () => {
  for (const interleave of ['time', 77] as const) {
    test(`each guest ends in the state that it has alone, in the order ${interleave}`, async () => {
      const { session, made } = await twoGuests('at once', interleave);
      await end(session);
      for (const [index, name] of SAMPLES.entries()) {
        const alone = hostFor([await sampleTrace(name)]);
        assert.ok(!('problem' in alone));
        const single = new HostDevice(alone.host, alone.vgpus);
        const { trace } = mergeTraces([{ trace: await sampleTrace(name) }]);
        const lonely = createLocalSession({
          trace,
          device: single,
          directory: registerDirectory('skl'),
        });
        await end(lonely);
        const [vgpu] = alone.vgpus;
        // The number of the vGPU is all in which they differ.
        vgpu?.poke('mmio', 0x7800c, 4, index + 1, 0);
        assert.equal(made.vgpus[index]?.hash(), vgpu?.hash());
      }
    });
  }

  for (const [schedule, interleave] of [
    ['at once', 'time'],
    ['at once', 77],
    ['sliced', 'time'],
  ] as const) {
    test(`${schedule}, ${interleave}: forwards, backwards and from checkpoints the state is the same`, async () => {
      const { session } = await twoGuests(schedule, interleave);
      const { records } = session.summary;
      const places = Array.from({ length: 9 }, (_, at) => Math.floor((records * (at + 1)) / 10));
      const there: string[] = [];
      for (const record of places) {
        await session.seek({ record, event: 0 }, NOT_CANCELLED);
        there.push(await hash(session));
      }
      await end(session);
      for (const [at, record] of [...places.entries()].reverse()) {
        await session.seek({ record, event: 0 }, NOT_CANCELLED);
        assert.equal(await hash(session), there[at], `record ${record}`);
      }
      assert.equal(new Set(there).size, there.length);
    });

    test(`${schedule}: breakpoints stop at the same moments both ways`, async () => {
      const { session } = await twoGuests(schedule);
      await session.setBreakpoints([
        { id: 1, place: { kind: 'command', pattern: 'BCS0:MI_USER_INTERRUPT' } },
        { id: 2, place: { kind: 'register', pattern: 'VCS0.ELSP', access: 'write' } },
        {
          id: 3,
          place: {
            kind: 'data',
            target: { space: 'mmio', address: 0x22370, size: 4 },
            access: 'change',
          },
        },
      ]);
      const forward = await allStops(session, 'forward');
      const backward = await allStops(session, 'backward');
      assert.ok(forward.length >= 20, String(forward.length));
      assert.deepEqual(backward.reverse(), forward);
      const texts = forward.map(({ text }) => text);
      for (const guest of ['vGPU1', 'vGPU2']) {
        assert.ok(texts.some((text) => text.startsWith(`${guest}.BCS0 MI_USER_INTERRUPT`)));
        assert.ok(texts.some((text) => text.startsWith(`${guest}: VCS0.ELSP write`)));
        const changed = `${guest}: BCS0.RING_CONTEXT_STATUS_BUF_LO_0 0x0 → 0x1`;
        assert.ok(texts.includes(changed), texts.join(' '));
      }
    });
  }

  test('a command of one guest alone', async () => {
    const { session } = await twoGuests();
    const [status] = await session.setBreakpoints([
      { id: 1, place: { kind: 'command', pattern: 'vGPU2.RCS0:MI_USER_INTERRUPT' } },
    ]);
    assert.equal(status?.verified, true);
    const stop = await session.resume('forward', NOT_CANCELLED);
    assert.equal(stop.thread, 'vGPU2.RCS0');
    assert.equal(stop.guest, 1);
  });

  test('one guest is looked at while it is another’s turn', async () => {
    const { session, guests } = await twoGuests();
    await session.seek({ record: guests[0]?.placeOf(6000) ?? 0, event: 0 }, NOT_CANCELLED);
    assert.equal(await value(session, 'mmio[0x7800c]', 0), '0x00000001');
    assert.equal(await value(session, 'mmio[0x7800c]', 1), '0x00000002');
    assert.equal(await value(session, 'mmio[0x7800c]'), '0x00000001', 'whose turn it is');
    for (const guest of [0, 1]) {
      const { frames } = await session.inspect({ kind: 'stack' }, guest);
      const place = guests[guest]?.nextFrom(session.position.record);
      assert.equal(frames[0]?.record, place);
    }
    const engines = await session.inspect({ kind: 'engines' });
    assert.equal(engines.length, 8);
    assert.deepEqual(
      (await session.inspect({ kind: 'engines' }, 1)).map(({ name }) => name),
      ['RCS0', 'BCS0', 'VCS0', 'VECS0'],
    );
  });

  test('a step of one driver goes to its own next access, and the other goes on as recorded', async () => {
    const { session, guests, traces } = await twoGuests();
    const [, second] = guests;
    assert.ok(second);
    await session.seek({ record: second.placeOf(3000), event: 0 }, NOT_CANCELLED);
    let own = 3000;
    for (let step = 0; step < 30; step++) {
      const stop = await session.step('in', NOT_CANCELLED, 'vGPU2');
      if (stop.moment.event > 0) continue;
      const next = second.ownFrom(stop.moment.record);
      assert.equal(second.placeOf(next), stop.moment.record, 'at a record of its own');
      assert.ok(next > own && traces[1]?.store.kind(next) !== undefined);
      own = next;
    }
    const here = session.position;
    await session.step('next', NOT_CANCELLED, 'vGPU2');
    await session.step('back', NOT_CANCELLED, 'vGPU2');
    assert.ok(isSameMoment(session.position, here));
  });

  test('a change of one guest’s state is one of its own, and is there again after going back', async () => {
    const { session } = await twoGuests();
    await session.seek({ record: 5000, event: 0 }, NOT_CANCELLED);
    const wanted = { low: 0x55, high: 0, known: true };
    const target = { kind: 'expression', expression: 'mmio[0x2098]' } as const;
    const before = await value(session, 'mmio[0x2098]', 0);
    await session.poke(target, wanted, 1);
    const check = async () => {
      assert.equal(await value(session, 'mmio[0x2098]', 1), '0x00000055');
      assert.equal(await value(session, 'mmio[0x2098]', 0), before);
    };
    await check();
    await session.seek({ record: 100, event: 0 }, NOT_CANCELLED);
    await session.seek({ record: 5000, event: 0 }, NOT_CANCELLED);
    await check();
  });

  test('who wrote a register is looked for among the accesses of its guest', async () => {
    const { session, guests } = await twoGuests();
    await end(session);
    for (const guest of [0, 1]) {
      const moment = await session.inspect({ kind: 'lastWriter', offset: 0x22370 }, guest);
      assert.ok(moment);
      const records = guests[guest];
      assert.equal(records?.nextFrom(moment.record), moment.record, `of vGPU ${guest + 1}`);
    }
  });
});

async function allStops(session: TimelineSession, direction: 'forward' | 'backward') {
  const stops: { moment: Moment; text: string }[] = [];
  for (;;) {
    const { reason, moment, text = '' } = await session.resume(direction, NOT_CANCELLED);
    if (reason !== 'breakpoint') return stops;
    stops.push({ moment, text });
  }
}
