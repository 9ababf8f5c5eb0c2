import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type DeviceModel, eventNames } from '../../emulator/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import { FoldIndex } from '../fold/fold-index.ts';
import type { Moment } from '../moment.ts';
import type { AccessFilter, Breakpoint, Direction } from '../session.ts';
import { withoutRuns } from '../testing/counted-device.ts';
import { HAPPENING_KINDS, Happenings } from '../testing/happenings.ts';
import { NOT_CANCELLED, sampleTrace, vgpuFor } from '../testing/traces.ts';
import { createLocalSession } from './local-session.ts';

/** Records of a part of a recording, and how many stops there are looked at in each direction. */
const PART = 20_000;
const MOST_STOPS = 12;
/** Of the breakpoints at both ends of the part. */
const FIRST_END = 1000;

const choice = fc.record(
  {
    kind: fc.constantFrom(...HAPPENING_KINDS),
    which: fc.nat(),
    access: fc.oneof(
      fc.constant('change' as const),
      fc.constantFrom<AccessFilter>('read', 'write', 'readWrite'),
    ),
    bits: fc.tuple(fc.nat(31), fc.nat(31)),
    /** Bytes before and behind the place that are watched, too. */
    around: fc.nat(255),
  },
  { requiredKeys: ['kind', 'which', 'access'] },
);
const extras = fc.record(
  {
    condition: fc.constantFrom('value != 0', 'value % 3 == 0', 'false', 'record % 5 != 2'),
    hitCondition: fc.constantFrom('2', '>= 40', '% 7'),
    logMessage: fc.constantFrom('{record}: {old} becomes {value}', 'here'),
  },
  { requiredKeys: [] },
);
type Extras = typeof extras extends fc.Arbitrary<infer T> ? T : never;
const chosen = fc.tuple(choice, fc.oneof(fc.constant<Extras>({}), extras));
type Chosen = typeof chosen extends fc.Arbitrary<infer T> ? T : never;

function breakpointOf([choice, extras]: Chosen, id: number, all: Happenings): Breakpoint[] {
  const { which, access, bits, around = 0 } = choice;
  const happening = all.at(choice.kind, which);
  if (happening === undefined) return [];
  const { kind } = happening;
  const place = happening.place(access);
  // They have no values.
  if (kind === 'interrupt' || kind === 'fault') {
    const { hitCondition } = extras;
    return [{ id, place, ...(hitCondition && { hitCondition }) }];
  }
  if (place.kind !== 'data' || place.target.space === 'ggtt') return [{ id, place, ...extras }];
  const { target } = place;
  const before = Math.min(around, target.address);
  const wide = { ...target, address: target.address - before, size: target.size + 2 * before };
  if (bits === undefined) return [{ id, place: { ...place, target: wide }, ...extras }];
  const [a, b] = bits;
  const field = { low: Math.min(a, b), high: Math.max(a, b) };
  const most = target.size * 8 - 1;
  const narrow = {
    ...target,
    bits: { low: Math.min(field.low, most), high: Math.min(field.high, most) },
  };
  return [{ id, place: { ...place, target: narrow }, ...extras }];
}

const textOf = ({ record, event }: Moment) => `${record}+${event}`;

/** All that a session sees of a part of a recording: forward to its end, or many stops, and back. */
async function seenOf(
  trace: OpenedTrace,
  device: DeviceModel,
  folds: FoldIndex,
  from: number,
  breakpoints: readonly Breakpoint[],
  tellsFaults: boolean,
) {
  const { directory } = vgpuFor(trace);
  const events = eventNames('skl');
  const session = createLocalSession({ trace, device, directory, folds, events });
  const logs: string[] = [];
  const faults: string[] = [];
  session.setListener({
    log: ({ moment, breakpointId, text }) => logs.push(`${textOf(moment)} ${breakpointId} ${text}`),
    ...(tellsFaults && {
      fault: ({ moment, fault }) => faults.push(`${textOf(moment)} ${fault.message}`),
    }),
  });
  await session.seek({ record: from, event: 0 }, NOT_CANCELLED);
  for (const { verified, message } of await session.setBreakpoints(breakpoints)) {
    assert.ok(verified, message);
  }
  const stops: unknown[] = [];
  const go = async (direction: Direction) => {
    for (let count = 0; count < MOST_STOPS; count++) {
      const stop = await session.resume(direction, NOT_CANCELLED);
      stops.push({ direction, ...stop, hash: device.hash() });
      if (stop.reason !== 'breakpoint' || stop.breakpointIds.some((id) => id >= FIRST_END)) return;
    }
  };
  await go('forward');
  await go('backward');
  return { stops, logs, faults };
}

const SAMPLES = [
  ['guest-gem-stacks.vgpu.gz', 30],
  ['skl-mesa-kmscube.vgpu.gz', 12],
  ['skl-modeset-fbcon-gem.vgpu.gz', 12],
] as const;

for (const [name, numRuns] of SAMPLES) {
  test(`${name}: breakpoints stop, count and log alike, whether accesses come in runs or not`, async () => {
    const trace = await sampleTrace(name);
    const folds = new FoldIndex(trace.store);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(trace.store.length - 1),
        fc.array(chosen, { minLength: 3, maxLength: 10 }),
        fc.boolean(),
        async (from, choices, tellsFaults) => {
          const happenings = new Happenings(trace, from, from + PART);
          const ends = [from, Math.min(from + PART, trace.store.length - 1)];
          const breakpoints = [
            ...choices.flatMap((each, id) => breakpointOf(each, id, happenings)),
            ...ends.map(
              (record, at): Breakpoint => ({
                id: FIRST_END + at,
                place: { kind: 'record', record },
              }),
            ),
          ];
          const see = (device: DeviceModel) =>
            seenOf(trace, device, folds, from, breakpoints, tellsFaults);
          const runs = await see(vgpuFor(trace).device);
          assert.deepEqual(runs, await see(withoutRuns(vgpuFor(trace).device)));
        },
      ),
      { numRuns },
    );
  });
}
