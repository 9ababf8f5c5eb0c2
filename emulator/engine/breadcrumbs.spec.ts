import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH, STATUS_PAGE, USER_BATCH } from '../testing/engine-guest.ts';

/** Requests as i915 frames them (gvt-facts §6.9): its seqno in the status page tells how far the engine is. */

const POLICIES = ['hardware', 'gvt-g'] as const;
const SEQNO = STATUS_PAGE + 0xc0;
const NUMBER = 7;
const [USER_INTERRUPT, ARB_CHECK, ARB_ON, ARB_OFF] = [
  0x01000000, 0x02800000, 0x04000001, 0x04000000,
];
const START = [0x10400002, SEQNO, 0, NUMBER - 1, 0, ARB_CHECK];
const BATCH = [ARB_ON, 0x18800101, USER_BATCH % 2 ** 32, USER_BATCH / 2 ** 32, ARB_OFF, 0];
/** The batch shows that it has run. */
const MARK = [
  0x10000002,
  (USER_BATCH % 2 ** 32) + 0x1000,
  USER_BATCH / 2 ** 32,
  0x600d,
  0x05000000,
];
const ENDS: readonly (readonly [name: string, base: number, end: readonly number[]])[] = [
  [
    'RCS0',
    0x2000,
    [0x7a000004, 0x00101080, 0, 0, 0, 0, 0x7a000004, 0x01104000, SEQNO, 0, NUMBER, 0],
  ],
  ...(
    [
      ['BCS0', 0x22000],
      ['VCS0', 0x12000],
      ['VECS0', 0x1a000],
    ] as const
  ).map(([name, base]) => [name, base, [0x13004002, SEQNO | 4, 0, NUMBER]] as const),
];

for (const policy of POLICIES) {
  for (const [name, base, end] of ENDS) {
    test(`gvt-facts §6.9: ${name}, ${policy}: seqno - 1, the batch, the seqno, then the interrupt`, () => {
      const guest = new EngineGuest({ base, policy });
      guest.userBatch(MARK);
      const context = guest.context();
      guest.emit(context, [...START, ...BATCH, ...end, USER_INTERRUPT, ARB_ON]);
      guest.submit(context);
      const seen: string[] = [];
      const raised = () =>
        guest.interrupts.some(({ name: event }) => event === `${name} user interrupt`);
      while (guest.vgpu.hasWork) {
        guest.vgpu.stepWork();
        const now = `${guest.dword(SEQNO)} ${guest.dword(SCRATCH)?.toString(16)} ${raised()}`;
        if (seen.at(-1) !== now) seen.push(now);
      }
      assert.deepEqual(seen, [
        '0 0 false',
        '6 0 false',
        '6 600d false',
        '7 600d false',
        '7 600d true',
      ]);
      assert.deepEqual(guest.faults, []);
      assert.equal(guest.vgpu.core.state.failsafe, -1);
    });
  }
}

test('gvt-facts §6.9: a guest does not wait for semaphores between engines: GVT-g refuses, hardware waits', () => {
  const wait = [0x0e408002, NUMBER, SEQNO, 0];
  const [gvt, hardware] = [new EngineGuest({ policy: 'gvt-g' }), new EngineGuest()];
  for (const guest of [gvt, hardware]) guest.run(guest.context(), [...wait, ...START]);
  assert.equal(gvt.vgpu.core.state.failsafe, 2);
  assert.equal(hardware.vgpu.core.state.failsafe, -1);
  assert.deepEqual([gvt.dword(SEQNO), hardware.dword(SEQNO)], [0, 0], 'nothing behind it is done');
});
