import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { Playhead } from '../replay/playhead.ts';
import type { TimelineSession } from '../session.ts';
import { NOT_CANCELLED, sampleTrace, vgpuFor } from '../testing/traces.ts';
import { createLocalSession } from './local-session.ts';

let session: TimelineSession;
let store: Awaited<ReturnType<typeof sampleTrace>>['store'];
/** Moments in order, and the state there when the recording is played once, forward. */
let moments: readonly number[];
let hashes: ReadonlyMap<number, string>;

const MOMENTS = 200;

before(async () => {
  const trace = await sampleTrace('skl-modeset-stacks.vgpu.gz');
  store = trace.store;
  session = createLocalSession({ trace, ...vgpuFor(trace) });
  const random = fc.sample(fc.nat(store.length), MOMENTS);
  moments = [...new Set(random)].sort((a, b) => a - b);
  hashes = forwardHashes(new Playhead(store, vgpuFor(trace).device), moments);
});

function forwardHashes(playhead: Playhead, records: readonly number[]): Map<number, string> {
  const found = new Map<number, string>();
  for (const record of records) {
    playhead.advanceAll(record);
    found.set(record, playhead.device.hash());
  }
  return found;
}

async function hashAt(record: number): Promise<string> {
  const { moment } = await session.seek({ record, event: 0 }, NOT_CANCELLED);
  assert.equal(moment.record, record);
  return session.inspect({ kind: 'hash' });
}

test('at 200 random moments of a recording the state is the same forward, backward and restored', async () => {
  for (const record of [...moments].reverse()) {
    assert.equal(await hashAt(record), hashes.get(record), `backward to ${record}`);
  }
  for (const record of fc.sample(
    fc.shuffledSubarray([...moments], { minLength: MOMENTS / 2 }),
    1,
  )[0] ?? []) {
    assert.equal(await hashAt(record), hashes.get(record), `jump to ${record}`);
  }
});

test('submissions are found in both directions, with the functions of the driver', async () => {
  const pattern = 'RCS0.ELSP';
  await session.setBreakpoints([{ id: 1, place: { kind: 'register', pattern, access: 'write' } }]);
  await session.seek({ record: 0, event: 0 }, NOT_CANCELLED);
  const first = await session.resume('forward', NOT_CANCELLED);
  const second = await session.resume('forward', NOT_CANCELLED);
  assert.deepEqual([first.reason, second.reason], ['breakpoint', 'breakpoint']);
  assert.equal(store.offset(first.moment.record), 0x2230);
  const { driver } = await session.inspect({ kind: 'stack' });
  assert.ok(driver.length > 3, driver.join(' < '));
  const back = await session.resume('backward', NOT_CANCELLED);
  assert.equal(back.moment.record, first.moment.record);
  await session.setBreakpoints([]);
});

test('the views of the device show its tables and interrupts', async () => {
  await session.seek({ record: store.length, event: 0 }, NOT_CANCELLED);
  const groups = await session.inspect({ kind: 'interrupts' });
  assert.ok(groups.some(({ ier }) => ier !== 0));
  const aperture = 0x4000000 / 0x1000;
  const [entry] = await session.inspect({ kind: 'ggtt', start: aperture, count: 1 });
  assert.equal(entry?.owner, 'aperture');
  const blocks = await session.inspect({ kind: 'blocks' });
  assert.equal(blocks[0]?.kind, 'engine');
});
