import { registerDirectory } from '../../emulator/index.ts';
import type { Breakpoint } from '../../timeline/index.ts';
import { Playhead } from '../../timeline/replay/playhead.ts';
import { type OpenedTrace, RecordKind, Space, type TraceStore } from '../../trace/index.ts';
import type { Bench } from '../figure.ts';
import { inTurns } from '../measure.ts';
import { FBCON, openSample } from '../samples.ts';
import { deviceFor, runToEnd, sessionFor } from '../sessions.ts';

const ARMED = 100;
const NEVER_TRUE = 'value == 0xdeadbeef';
const NEVER_REACHED = '100000000';
/** A condition must not cost more than this, on registers that every seventh record writes. */
const MOST_BUSIEST = 3;

/** A run with 100 data breakpoints armed that never stop it, against one with none. */
export const breakpointsBench: Bench = {
  name: 'breakpoints',
  summary: 'a run with 100 data breakpoints that never stop it, against one with none',
  async run() {
    const trace = await openSample(FBCON);
    const armed = async (breakpoints: readonly Breakpoint[]) => {
      const session = sessionFor(trace);
      await session.setBreakpoints(breakpoints);
      return session;
    };
    const places = untouched(trace);
    const counts = written(trace.store);
    const inOrder = [...counts.keys()].sort((a, b) => a - b);
    const often = inOrder.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
    const [plain, quiet, any, busy, busiest, counted] = [
      sessionFor(trace),
      await armed(onOffsets(places, 'change')),
      await armed(onOffsets(places, 'readWrite')),
      await armed(onOffsets(inOrder, 'change', { condition: NEVER_TRUE })),
      await armed(onOffsets(often.slice(0, ARMED), 'change', { condition: NEVER_TRUE })),
      await armed(onOffsets(often.slice(0, ARMED), 'change', { hitCondition: NEVER_REACHED })),
    ];
    const fromStart = async (session: typeof plain) => {
      await session.seek({ record: 0, event: 0 }, { cancelled: false });
      await runToEnd(session);
    };
    const writes = often.slice(0, ARMED).reduce((sum, each) => sum + (counts.get(each) ?? 0), 0);
    const time = await inTurns({
      plain: () => fromStart(plain),
      quiet: () => fromStart(quiet),
      any: () => fromStart(any),
      busy: () => fromStart(busy),
      busiest: () => fromStart(busiest),
      counted: () => fromStart(counted),
    });
    const ratio = time.quiet / time.plain;
    const measured = (each: number) =>
      `${(each / time.plain).toFixed(2)} × none armed, ${each.toFixed(0)} ms`;
    const baseline = `none armed: ${time.plain.toFixed(0)} ms`;
    return [
      {
        what: `${ARMED} data breakpoints armed on registers that do not change, ${FBCON}`,
        measured: measured(time.quiet),
        baseline,
        target: '≤ 1.3 × none armed',
        met: ratio <= 1.3,
      },
      {
        what: 'the same on any access of them',
        measured: measured(time.any),
        baseline,
      },
      {
        what: `${ARMED} data breakpoints on written registers, with a condition that is never true`,
        measured: measured(time.busy),
        baseline,
      },
      {
        what: `the same on those written most often, ${writes} times together`,
        measured: measured(time.busiest),
        baseline,
        target: `≤ ${MOST_BUSIEST} × none armed`,
        met: time.busiest / time.plain <= MOST_BUSIEST,
      },
      {
        what: 'the same with a hit count that is never reached',
        measured: measured(time.counted),
        baseline,
      },
    ];
  },
};

function onOffsets(
  offsets: readonly number[],
  access: 'readWrite' | 'change',
  extras: Pick<Breakpoint, 'condition' | 'hitCondition'> = {},
): Breakpoint[] {
  if (offsets.length < ARMED) throw new Error(`there are only ${offsets.length} such registers`);
  const step = Math.floor(offsets.length / ARMED);
  return Array.from({ length: ARMED }, (_, i) => ({
    id: i + 1,
    place: {
      kind: 'data',
      target: { space: 'mmio', address: offsets[i * step] ?? 0, size: 4 },
      access,
    },
    ...extras,
  }));
}

/** Offsets of registers that neither the guest nor the device changes, and no record accesses, in order. */
function untouched(trace: OpenedTrace): number[] {
  const { store } = trace;
  const touched = new Set<number>();
  for (let record = 0; record < store.length; record++) {
    if (store.space(record) === Space.mmio) touched.add(store.offset(record) & ~3);
  }
  const device = deviceFor(trace);
  device.setListener({ registerChanged: (offset) => touched.add(offset) });
  new Playhead(store, device).advanceAll(store.length);
  const names = registerDirectory('skl');
  return names.all().flatMap(({ offset }) => (touched.has(offset) ? [] : [offset]));
}

/** By offsets of registers that the guest writes: how often. */
function written(store: TraceStore): Map<number, number> {
  const counts = new Map<number, number>();
  const names = registerDirectory('skl');
  for (let record = 0; record < store.length; record++) {
    if (store.kind(record) !== RecordKind.write || store.space(record) !== Space.mmio) continue;
    const offset = store.offset(record) & ~3;
    if (names.at(offset) !== undefined) counts.set(offset, (counts.get(offset) ?? 0) + 1);
  }
  return counts;
}
