import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventNames, GuestsViews, HostDevice, registerDirectory } from '../../emulator/index.ts';
import { createLocalSession } from '../local-session/local-session.ts';
import { allStops } from '../testing/all-stops.ts';
import { NOT_CANCELLED, traceOf } from '../testing/traces.ts';
import { guestName } from './guest-name.ts';
import { hostFor, type Schedule } from './host-from-traces.ts';
import { mergeTraces } from './merge-traces.ts';

const SLICES = [
  'caps=1c mappable=08000000+04000000 hidden=20000000+18000000 fences=4',
  'caps=1c mappable=0c000000+04000000 hidden=40000000+18000000 fences=4',
];

async function guests(lines: readonly (readonly string[])[], schedule: Schedule) {
  const traces = await Promise.all(
    lines.map((own, at) => traceOf([`## vgpu: ${SLICES[at]}`, ...own])),
  );
  const made = hostFor(traces, { schedule });
  assert.ok(!('problem' in made), JSON.stringify(made));
  const device = new HostDevice(made.host, made.vgpus);
  const views = new GuestsViews(device);
  const { trace, guests: records } = mergeTraces(traces.map((each) => ({ trace: each })));
  return createLocalSession({
    trace,
    device,
    directory: registerDirectory('skl'),
    views,
    events: eventNames('skl'),
    guests: records.map((own, index) => {
      const view = views.guests[index];
      assert.ok(view);
      return { name: guestName(index), trace: `${index}`, records: own, views: view };
    }),
  });
}

/** A submission; refused where bit 0 is 0. */
const submits = (low: string) => [
  'R 4 078000 76544776',
  'W 4 00229c 80008000',
  ...['00000000', '00000000', '00000001', low].map((value) => `W 4 002230 ${value}`),
];

test('what led to a fault is looked for at the guest whose it is', async () => {
  const session = await guests(
    [
      ['T 0.2', ...submits('08000119')],
      ['T 0.1', ...submits('0c000119'), 'T 0.3', ...submits('0c000118')],
    ],
    'at once',
  );
  await session.setBreakpoints([{ id: 1, place: { kind: 'fault', checks: ['elsp-invalid'] } }]);
  const [stop] = await allStops(session, 'forward');
  const [fault] = stop?.faults ?? [];
  assert.equal(fault?.whose, 1);
  assert.match(stop?.text ?? '', /^vGPU2: Submission: ELSP refused/);
  assert.ok(fault);
  await session.seek(stop?.moment ?? { record: 0, event: 0 }, NOT_CANCELLED);
  const { causes, evidence } = await session.inspect({ kind: 'fault', fault });
  assert.deepEqual(evidence[0], { name: 'guest', text: 'vGPU2' });
  // Its own submission, and not the first guest's, which came later.
  assert.equal(causes.find(({ what }) => /submitted/.test(what))?.moment?.record, 5);
});

test('a fault of an alarm that falls into another guest’s record says whose it is', async () => {
  const session = await guests(
    [
      ['R 4 078000 76544776', 'W 4 044404 fffffffe', 'W 4 070008 80000000'],
      ['T 1.0', 'R 4 078000 76544776'],
    ],
    'sliced',
  );
  await session.setBreakpoints([{ id: 1, place: { kind: 'fault', checks: ['event-disabled'] } }]);
  const stops = await allStops(session, 'forward');
  const last = stops.at(-1);
  assert.equal(last?.moment.record, 3);
  assert.match(last?.text ?? '', /^vGPU1: Interrupt: event not enabled/);
});
