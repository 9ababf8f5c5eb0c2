import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeSession, NOT_CANCELLED, traceOf, vgpuFor } from '../testing/traces.ts';
import { createLocalSession } from './local-session.ts';

/** A pipe of 2 by 1 pixels, a plane on it, and a page that is drawn into through the aperture. */
const LINES = [
  'W 8 820000 0000000001234001',
  'W 4 06001c 00010000',
  'W 4 070180 84000000',
  'W 4 070188 00000001',
  'W 4 070190 00000001',
  'W 4 07019c 04000000',
  'W 4 070008 80000000',
  'AW 4 04000000 00ff0000',
  'AW 4 04000004 000000ff',
];

test('the screen at a moment, forwards and back', async () => {
  const header = '## vgpu: caps=1c mappable=04000000+04000000 hidden=20000000+18000000 fences=4';
  const trace = await traceOf([header, ...LINES]);
  const session = createLocalSession({ trace, ...vgpuFor(trace) });
  const shown = async (record: number) => {
    await session.seek({ record, event: 0 }, NOT_CANCELLED);
    const screen = await session.inspect({ kind: 'screen' });
    return [screen?.width, screen?.unknownPixels, Array.from(screen?.pixels ?? [])];
  };
  const drawn = [2, 0, [255, 0, 0, 255, 0, 0, 255, 255]];
  assert.deepEqual(await shown(9), drawn);
  assert.deepEqual((await shown(8)).slice(0, 2), [2, 1]);
  assert.deepEqual((await shown(7)).slice(0, 2), [2, 2]);
  assert.deepEqual(await shown(6), [0, 0, []]);
  assert.deepEqual(await shown(9), drawn);
});

test('a device without views has no screen', async () => {
  const session = await fakeSession(LINES);
  assert.equal(await session.inspect({ kind: 'screen' }), undefined);
});
