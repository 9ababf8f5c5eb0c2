import { VgpuViews } from '../../emulator/index.ts';
import { scoreReplay } from '../../timeline/index.ts';
import { RecordKind, Space, type TraceStore } from '../../trace/index.ts';
import type { Bench } from '../figure.ts';
import { inTurns } from '../measure.ts';
import { FBCON, openSample } from '../samples.ts';
import { deviceFor, NEVER } from '../sessions.ts';

/** What the design counts the console's drawing as. */
const CONSOLE_WRITES = 787_000;
const MOST_MS = 500;
const ROUNDS = 3;

/** The framebuffer console: its writes through the aperture, and the picture that comes of them. */
export const drawingBench: Bench = {
  name: 'drawing',
  summary: "the framebuffer console's writes, and the picture that comes of them",
  async run() {
    const trace = await openSample(FBCON);
    const { addresses, values } = apertureWrites(trace.store);
    const device = deviceFor(trace);
    await scoreReplay(trace.store, device, {}, NEVER);
    const views = new VgpuViews(device);
    const flat = new Uint32Array(1 << 20);
    const time = await inTurns(
      {
        draw: () => {
          for (let at = 0; at < addresses.length; at++) {
            device.write('aperture', addresses[at] ?? 0, 4, values[at] ?? 0, 0);
          }
        },
        bare: () => {
          for (let at = 0; at < addresses.length; at++) {
            flat[((addresses[at] ?? 0) >>> 2) & 0xfffff] = values[at] ?? 0;
          }
        },
        compose: () => views.screen(),
      },
      ROUNDS,
    );
    const drawn = (time.draw * CONSOLE_WRITES) / addresses.length;
    return [
      {
        what: `${CONSOLE_WRITES} aperture writes of the console, ${FBCON}`,
        measured: `${drawn.toFixed(0)} ms, ${((time.draw * 1e6) / addresses.length).toFixed(0)} ns each`,
        baseline: `into a typed array: ${((time.bare * CONSOLE_WRITES) / addresses.length).toFixed(1)} ms`,
        target: `≤ ${MOST_MS} ms`,
        met: drawn <= MOST_MS,
      },
      { what: 'composing the screen of 1024 × 768', measured: `${time.compose.toFixed(0)} ms` },
    ];
  },
};

function apertureWrites(store: TraceStore) {
  const addresses: number[] = [];
  const values: number[] = [];
  for (let record = 0; record < store.length; record++) {
    if (store.kind(record) !== RecordKind.write || store.space(record) !== Space.aperture) continue;
    addresses.push(store.offset(record));
    values.push(store.low(record));
  }
  return { addresses: Uint32Array.from(addresses), values: Uint32Array.from(values) };
}
