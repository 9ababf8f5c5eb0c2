import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH, USER_BATCH, USER_SCRATCH } from '../testing/engine-guest.ts';

const START = 0x18800101;
const END = 0x05000000;
const split = (address: number) => [address % 2 ** 32, Math.floor(address / 2 ** 32)];
const USER = split(USER_SCRATCH);

/** A command, and whether a user batch may have it (gvt-facts §10.2: bit 8 of the start makes it one). */
const COMMANDS: readonly (readonly [
  name: string,
  dwords: readonly number[],
  privileged: boolean,
])[] = [
  ['MI_STORE_DATA_IMM to the GGTT', [0x10400002, SCRATCH, 0, 1], true],
  ['MI_STORE_DATA_IMM to the PPGTT', [0x10000002, ...USER, 1], false],
  ['MI_STORE_REGISTER_MEM to the GGTT', [0x12400002, 0x2600, SCRATCH, 0], true],
  ['MI_STORE_REGISTER_MEM to the PPGTT', [0x12000002, 0x2600, ...USER], false],
  ['MI_ATOMIC in the GGTT', [0x17c00501, SCRATCH, 0], true],
  ['MI_ATOMIC in the PPGTT', [0x17800501, ...USER], false],
  ['PIPE_CONTROL to the GGTT', [0x7a000004, 0x01004000, SCRATCH, 0, 1, 0], true],
  ['PIPE_CONTROL to the PPGTT', [0x7a000004, 0x00004000, ...USER, 1, 0], false],
  ['PIPE_CONTROL without address', [0x7a000004, 0x01000000, 0, 0, 0, 0], false],
  ['MI_UPDATE_GTT', [0x11800002, SCRATCH, SCRATCH | 1, 0], true],
  ['a privileged batch', [0x18800001, SCRATCH + 0x800, 0], true],
  ['MI_USER_INTERRUPT', [0x01000000], false],
];

for (const [name, dwords, privileged] of COMMANDS) {
  test(`gvt-facts §10.2: in a user batch ${name} ${privileged ? 'is said to need privilege' : 'is as it should be'}`, () => {
    const guest = new EngineGuest();
    guest.show(SCRATCH + 0x800, [END]);
    guest.userBatch([...dwords, END]);
    guest.run(guest.context(), [START, ...split(USER_BATCH)]);
    const found = guest.faults.filter(({ check }) => check === 'command-privilege');
    assert.equal(found.length, privileged ? 1 : 0, found[0]?.message);
    if (privileged) assert.match(found[0]?.message ?? '', /in a user batch at ppgtt 0x100000000 /);
  });
}

test('gvt-facts §10.2: in the ring and in privileged batches they are right', () => {
  const guest = new EngineGuest();
  guest.show(SCRATCH + 0x800, [0x10400002, SCRATCH, 0, 1, END]);
  guest.run(guest.context(), [0x18800001, SCRATCH + 0x800, 0, 0x10400002, SCRATCH, 0, 2]);
  assert.equal(guest.faults.filter(({ check }) => check === 'command-privilege').length, 0);
  assert.equal(guest.dword(SCRATCH), 2);
});
