import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advanceClock } from './alarms.ts';
import { setAlarm } from './core.ts';
import { testVgpu } from './testing/test-vgpu.ts';

test('the clock never goes back', () => {
  const { vgpu } = testVgpu();
  vgpu.advanceTo(100);
  vgpu.advanceTo(50);
  assert.equal(vgpu.now, 100);
});

test('alarms stand in order of time, equal ones in order of arrival', () => {
  const { vgpu } = testVgpu();
  const { core } = vgpu;
  setAlarm(core, 'vblank', 30, 0);
  setAlarm(core, 'vblank', 10, 1);
  setAlarm(core, 'vblank', 30, 2);
  assert.deepEqual(
    core.state.alarms.map((alarm) => alarm.argument),
    [1, 0, 2],
  );
});

test('a jump of the clock by years ends at once and at the right time', () => {
  const { vgpu, r, w } = testVgpu();
  w(0x70008, 0x80000000);
  advanceClock(vgpu.core, 1e9);
  const frames = r(0x70040);
  assert.ok(frames >= 59 && frames <= 61, `${frames} frames in the first second`);
  advanceClock(vgpu.core, 1e21);
  assert.equal(vgpu.now, 1e21);
  assert.ok(r(0x70040) < 60 * 62);
});
