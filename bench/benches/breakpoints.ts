import { registerDirectory } from '../../emulator/index.ts';
import type { Breakpoint } from '../../timeline/index.ts';
import { Playhead } from '../../timeline/replay/playhead.ts';
import { type OpenedTrace, RecordKind, Space, type TraceStore } from '../../trace/index.ts';
import type { Bench } from '../figure.ts';
import { inTurns } from '../measure.ts';
import { FBCON, openSample } from '../samples.ts';
import { deviceFor, runToEnd, sessionFor } from '../sessions.ts';

const ARMED = 100;

/** A run with 100 data breakpoints armed that never stop it, against one with none. */
export const breakpointsBench: Bench = {
  name: 'breakpoints',
  async run() {
    const trace = await openSample(FBCON);
    const [plain, quiet, busy] = [sessionFor(trace), sessionFor(trace), sessionFor(trace)];
    await quiet.setBreakpoints(onOffsets(untouched(trace)));
    await busy.setBreakpoints(onOffsets(written(trace.store), 'value == 0xdeadbeef'));
    const fromStart = async (session: typeof plain) => {
      await session.seek({ record: 0, event: 0 }, { cancelled: false });
      await runToEnd(session);
    };
    const time = await inTurns({
      plain: () => fromStart(plain),
      quiet: () => fromStart(quiet),
      busy: () => fromStart(busy),
    });
    const ratio = time.quiet / time.plain;
    const baseline = `none armed: ${time.plain.toFixed(0)} ms`;
    return [
      {
        what: `${ARMED} data breakpoints armed on registers that do not change, ${FBCON}`,
        measured: `${ratio.toFixed(2)} × none armed, ${time.quiet.toFixed(0)} ms`,
        baseline,
        target: '≤ 1.3 × none armed',
        met: ratio <= 1.3,
      },
      {
        what: `${ARMED} data breakpoints on written registers, with a condition that is never true`,
        measured: `${(time.busy / time.plain).toFixed(2)} × none armed, ${time.busy.toFixed(0)} ms`,
        baseline,
      },
    ];
  },
};

function onOffsets(offsets: readonly number[], condition?: string): Breakpoint[] {
  if (offsets.length < ARMED) throw new Error(`there are only ${offsets.length} such registers`);
  const step = Math.floor(offsets.length / ARMED);
  return Array.from({ length: ARMED }, (_, i) => ({
    id: i + 1,
    place: {
      kind: 'data',
      target: { space: 'mmio', address: offsets[i * step] ?? 0, size: 4 },
      access: 'change',
    },
    ...(condition === undefined ? {} : { condition }),
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

/** Offsets of registers that the guest writes, in order. */
function written(store: TraceStore): number[] {
  const offsets = new Set<number>();
  const names = registerDirectory('skl');
  for (let record = 0; record < store.length; record++) {
    if (store.kind(record) !== RecordKind.write || store.space(record) !== Space.mmio) continue;
    const info = names.at(store.offset(record));
    if (info !== undefined) offsets.add(store.offset(record) & ~3);
  }
  return [...offsets].sort((a, b) => a - b);
}
