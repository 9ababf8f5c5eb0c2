import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  EngineGuest,
  type EngineGuestOptions,
  SCRATCH,
  USER_BATCH,
} from '../testing/engine-guest.ts';

const USER_INTERRUPT = 0x01000000;
const NOTIFY = [0x7a000004, 0x100, 0, 0, 0, 0];
const NOOP = [0, 0];
const [LOW, HIGH] = [USER_BATCH % 2 ** 32, Math.floor(USER_BATCH / 2 ** 32)];
const USER = [0x18800101, LOW, HIGH];

/** Events of the engine in order, without its name. */
function events(guest: EngineGuest): string[] {
  return guest.interrupts
    .filter(({ kind }) => kind === 'event')
    .map(({ name }) => name.replace('RCS0 ', ''));
}

function ran(dwords: readonly number[], options: EngineGuestOptions): EngineGuest {
  const guest = new EngineGuest(options);
  guest.userBatch([USER_INTERRUPT, 0x05000000]);
  guest.run(guest.context(), dwords);
  return guest;
}

test('gvt-facts §10.3: GVT-g raises a user interrupt when the workload is done, once; hardware with the command', () => {
  const dwords = [...NOTIFY, USER_INTERRUPT, ...NOOP, USER_INTERRUPT];
  assert.deepEqual(events(ran(dwords, { policy: 'gvt-g' })), [
    'context switch',
    'user interrupt',
    'PIPE_CONTROL notify',
    'context switch',
  ]);
  assert.deepEqual(events(ran(dwords, { policy: 'hardware' })), [
    'context switch',
    'PIPE_CONTROL notify',
    'user interrupt',
    'user interrupt',
    'context switch',
  ]);
});

test('gvt-facts §10.2, §10.3: what a user batch asks for is seen by GVT-g only where its scanner looks', () => {
  const asked = (options: EngineGuestOptions) =>
    events(ran(USER, options)).includes('user interrupt');
  assert.equal(asked({ policy: 'gvt-g' }), false);
  assert.equal(asked({ policy: 'gvt-g', scanUserBatches: ['RCS0'] }), true);
  assert.equal(asked({ policy: 'hardware' }), true);
});

test('a reset drops events that are due, and a ring of the registers raises them when it is done', () => {
  const guest = new EngineGuest({ policy: 'gvt-g', pace: { burst: 1, perMillisecond: 1 } });
  guest.run(guest.context(), [USER_INTERRUPT, 0, 0, 0]);
  guest.w(0x941c, 2);
  guest.advanceTo(50e6);
  assert.deepEqual(events(guest), ['context switch']);
  const legacy = new EngineGuest({ policy: 'gvt-g' });
  const ring = SCRATCH + 0x2000;
  legacy.map(ring);
  legacy.show(ring, [USER_INTERRUPT, 0, USER_INTERRUPT, 0]);
  for (const [register, value] of [
    [0x29c, 0x80000000],
    [0x38, ring],
    [0x34, 0],
    [0x30, 0],
    [0x3c, 1],
    [0x30, 16],
  ] as const)
    legacy.w(0x2000 + register, value);
  legacy.vgpu.runWork();
  assert.deepEqual(events(legacy), ['user interrupt']);
});
