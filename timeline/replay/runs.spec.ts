import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createVgpu, type DeviceListener, type DeviceModel } from '../../emulator/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import { asGvtG, deviceConfigFor } from '../device-from-trace.ts';
import { sampleTrace, traceOf } from '../testing/traces.ts';
import { Playhead } from './playhead.ts';
import { Replayer } from './replayer.ts';

/** The trace's vGPU; `runs` false: it takes accesses one by one only. */
function deviceFor(trace: OpenedTrace, runs: boolean, gvtG = false): DeviceModel {
  const config = deviceConfigFor(trace.device);
  assert.ok(!('problem' in config));
  const device = createVgpu(gvtG ? asGvtG(config) : config);
  if (runs) return device;
  return new Proxy<DeviceModel>(device, {
    get(target, name) {
      if (name === 'runAccesses' || name === 'writeApertureRun') return undefined;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

type Heard = 'registers' | 'faults' | 'entries' | 'memory' | 'interrupts';

/** Halts replay at every event of a kind that is the `each`th. */
function halting(replayer: Replayer, kinds: readonly Heard[], each: number): DeviceListener {
  let heard = 0;
  const hear = () => {
    if (++heard % each === 0) replayer.interrupt();
  };
  return {
    ...(kinds.includes('registers') && { registerChanged: hear }),
    ...(kinds.includes('faults') && { fault: hear }),
    ...(kinds.includes('entries') && { ggttEntryChanged: hear }),
    ...(kinds.includes('memory') && { memoryWritten: hear }),
    ...(kinds.includes('interrupts') && { interrupt: hear }),
  };
}

interface Stop {
  readonly moment: string;
  readonly last: string;
  readonly accesses: number;
  readonly hash: string;
}

const MOST_STOPS = 60;

/** Where replay comes to a halt, in order, and what the device is there. */
function stopsOf(
  trace: OpenedTrace,
  runs: boolean,
  kinds: readonly Heard[],
  each: number,
  gvtG = false,
): Stop[] {
  const device = deviceFor(trace, runs, gvtG);
  const replayer = new Replayer(trace.store, device);
  device.setListener(halting(replayer, kinds, each));
  const stops: Stop[] = [];
  while (replayer.position < trace.store.length && stops.length < MOST_STOPS) {
    replayer.advance(trace.store.length);
    const { moment, last, accesses } = replayer;
    stops.push({
      moment: `${moment.record}+${moment.event}`,
      last: `${last.record}+${last.event}`,
      accesses,
      hash: device.hash(),
    });
  }
  // The events of records that nobody halted at are not looked at.
  return stops.map((stop, at) => (at === stops.length - 1 ? { ...stop, last: '' } : stop));
}

const PIPE = '070008';
const OFFSETS = [
  '002030', // RING_TAIL
  '002034',
  '00229c',
  '002358', // timestamp
  '0022b4',
  '044200',
  '044404',
  '044408',
  '04440c',
  '0c5010', // GPIO
  '0c5014',
  '0c5020',
  '070040',
  '070000',
  '078010',
  '078818',
  '07880c', // reserved: failsafe mode
  '001234',
  '009400',
  '00941c',
  '0020a8',
  '0020b4',
];
const value = fc.oneof(
  fc.constantFrom('00000000', '00000001', '00010001', 'ffffffff', '80000000', '00000303'),
  fc.nat(0xffffffff).map((number) => number.toString(16).padStart(8, '0')),
);
/** Where the slice begins that a device has by default, as an address and by its first entry. */
const SLICE = 0x8000000;
const ENTRIES = 0x800000 + SLICE / 512;
const entryOffset = fc.nat(7).map((half) => (ENTRIES + half * 4).toString(16));
const one = fc.oneof(
  { weight: 4, arbitrary: line('R', fc.constantFrom(...OFFSETS)) },
  { weight: 4, arbitrary: line('W', fc.constantFrom(...OFFSETS)) },
  { weight: 1, arbitrary: line('W', fc.constant(PIPE)) },
  { weight: 2, arbitrary: line('W', entryOffset) },
  { weight: 1, arbitrary: line('R', entryOffset) },
);
const entries = fc
  .tuple(fc.nat(3), fc.nat(3))
  .map(([page, frame]) => [
    `W 4 ${(ENTRIES + page * 8).toString(16)} 0010${frame}001`,
    `W 4 ${(ENTRIES + page * 8 + 4).toString(16)} 00000000`,
  ]);
const aperture = fc
  .tuple(fc.nat(3), fc.nat(900), fc.integer({ min: 1, max: 12 }), value)
  .map(([page, dword, count, each]) =>
    Array.from({ length: count }, (_, i) => {
      const address = SLICE + page * 4096 + (dword + i) * 4;
      return `AW 4 ${address.toString(16).padStart(8, '0')} ${each}`;
    }),
  );
const repeated = fc
  .tuple(one, fc.integer({ min: 1, max: 10 }))
  .map(([text, count]) => new Array<string>(count).fill(text));
const submission = fc
  .constantFrom('002230', '022230')
  .map((port) =>
    ['00000000', '00000000', '00000020', '08006119'].map((each) => `W 4 ${port} ${each}`),
  );
const blank = fc.constant(['# 0.0 note']);
const memory = fc.constant([`M 000100000 ${'ab'.repeat(64)}`]);
const group = fc.oneof(
  { weight: 8, arbitrary: fc.array(one, { maxLength: 8 }) },
  { weight: 4, arbitrary: repeated },
  { weight: 3, arbitrary: entries },
  { weight: 3, arbitrary: aperture },
  { weight: 1, arbitrary: submission },
  { weight: 1, arbitrary: blank },
  { weight: 1, arbitrary: memory },
);
/** Groups of accesses, some at one time, others milliseconds later. */
const lines = fc
  .array(fc.tuple(group, fc.constantFrom(0, 0, 1, 300, 17_000, 40_000)), {
    minLength: 1,
    maxLength: 25,
  })
  .map((groups) => {
    let micros = 0;
    const out = ['W 4 07000c 00000000', `W 4 ${PIPE} 80000000`, 'W 4 044404 00000000'];
    out.push('W 4 04440c ffffffff', 'W 4 044200 80000000');
    for (const [group, by] of groups) {
      micros += by;
      out.push(`T ${(micros / 1e6).toFixed(6)}`, ...group);
    }
    return out;
  });

function line(kind: string, offset: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(offset, value).map(([at, each]) => `${kind} 4 ${at} ${each}`);
}

const HEARD: readonly Heard[] = ['registers', 'faults', 'entries', 'memory', 'interrupts'];

describe('records given to the device in runs', () => {
  test('stop where they stop one by one, in one state, whatever halts replay', async () => {
    await fc.assert(
      fc.asyncProperty(
        lines,
        fc.subarray([...HEARD]),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (text, kinds, each, gvtG) => {
          const trace = await traceOf(text);
          const [runs, singly] = [true, false].map((runs) =>
            stopsOf(trace, runs, kinds, each, gvtG),
          );
          assert.deepEqual(runs, singly);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('are one state at every moment, with changes made by hand, forward and back', async () => {
    const change = fc.record({
      at: fc.nat(300),
      offset: fc.constantFrom(0x209c, 0x2030, 0x44404, 0xc5010, 0x70008, 0x2034),
      low: fc.constantFrom(0, 0x1000100, 0x100, 0x40, 0x80000000, 0x01000000),
    });
    await fc.assert(
      fc.asyncProperty(
        lines,
        fc.array(change, { maxLength: 4 }),
        fc.array(fc.nat(300), { minLength: 1, maxLength: 12 }),
        async (text, changes, targets) => {
          const trace = await traceOf(text);
          const options = { checkpointSpacing: 17 };
          const [runs, singly] = [true, false].map(
            (each) => new Playhead(trace.store, deviceFor(trace, each), options),
          );
          assert.ok(runs && singly);
          for (const { at, offset, low } of changes) {
            for (const playhead of [runs, singly]) {
              playhead.goTo(at % (trace.store.length + 1));
              playhead.edit({ space: 'mmio', address: offset, size: 4, low, high: 0 });
            }
          }
          for (const target of targets) {
            for (const playhead of [runs, singly]) playhead.goTo(target % (trace.store.length + 1));
            assert.deepEqual(runs.moment, singly.moment);
            assert.equal(runs.device.hash(), singly.device.hash());
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

test('work that a change by hand gives is done in the record at which it was given, not behind a run', async () => {
  const entry = (half: number) => (ENTRIES + half * 4).toString(16);
  // Eight MI_NOOPs in a ring whose engine is stopped by RING_MI_MODE.
  const setUp = [
    `W 4 ${entry(0)} 00100001`,
    `W 4 ${entry(1)} 00000000`,
    `M 000100000 ${'00'.repeat(64)}`,
    'W 4 00209c 01000100',
    `W 4 002038 ${SLICE.toString(16).padStart(8, '0')}`,
    'W 4 00203c 00000001',
    'W 4 002030 00000020',
  ];
  for (const [name, access] of [
    ['reads', 'R 4 070008 00000000'],
    ['aperture', `AW 4 ${SLICE.toString(16).padStart(8, '0')} 00000000`],
  ] as const) {
    const trace = await traceOf([...setUp, ...new Array<string>(8).fill(access)]);
    const [runs, singly] = [true, false].map((each) => {
      const playhead = new Playhead(trace.store, deviceFor(trace, each));
      const { replayer, device } = playhead;
      playhead.goTo(setUp.length);
      assert.equal(device.hasWork, false);
      playhead.edit({ space: 'mmio', address: 0x209c, size: 4, low: 0, high: 0 });
      assert.equal(device.hasWork, true);
      device.setListener({ command: () => replayer.interrupt() });
      replayer.advance(trace.store.length);
      return { moment: replayer.moment, last: replayer.last, hash: device.hash() };
    });
    assert.deepEqual(runs, singly, name);
    assert.equal(runs?.moment.record, setUp.length, name);
  }
});

for (const name of ['skl-probe-gem-unload.vgpu.gz', 'skl-mesa-kmscube.vgpu.gz']) {
  test(`${name}: the same stops in runs and one by one`, async () => {
    const trace = await sampleTrace(name);
    for (const [kinds, each] of [
      [['interrupts'], 3],
      [['faults'], 7],
      [['registers'], 501],
    ] as const) {
      assert.deepEqual(stopsOf(trace, true, kinds, each), stopsOf(trace, false, kinds, each));
    }
  });
}
