import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH, USER_BATCH } from '../../testing/engine-guest.ts';

const HIGH = Math.floor(USER_BATCH / 2 ** 32);
const at = (offset: number) => [(USER_BATCH % 2 ** 32) + offset, HIGH];
const START = 0x18800101;
const SECOND_LEVEL = START | (1 << 22);
const END = 0x05000000;
const store = (offset: number, value: number) => [0x10400002, SCRATCH + offset, 0, value];

function stored(guest: EngineGuest): (number | undefined)[] {
  return [0, 4, 8, 12].map((offset) => guest.dword(SCRATCH + offset));
}

test('§10.2 a batch runs to its end, then the ring goes on', () => {
  const guest = new EngineGuest();
  guest.userBatch([...store(0, 1), END, ...store(4, 2)]);
  guest.run(guest.context(), [START, ...at(0), ...store(8, 3)]);
  assert.deepEqual(stored(guest), [1, 0, 3, 0]);
  assert.deepEqual(
    guest.commands.map(({ level, name }) => `${level} ${name}`),
    [
      'ring MI_BATCH_BUFFER_START',
      'batch MI_STORE_DATA_IMM',
      'batch MI_BATCH_BUFFER_END',
      'ring MI_STORE_DATA_IMM',
      'ring MI_NOOP',
    ],
  );
});

test('§10.2 a chained batch replaces the one that starts it', () => {
  const guest = new EngineGuest();
  guest.userBatch([START, ...at(0x100), ...store(0, 1), END]);
  guest.userBatch([...store(4, 2), END], 0x100);
  guest.run(guest.context(), [START, ...at(0)]);
  assert.deepEqual(stored(guest), [0, 2, 0, 0]);
});

test('§10.2 a second-level batch comes back', () => {
  const guest = new EngineGuest();
  guest.userBatch([SECOND_LEVEL, ...at(0x100), ...store(0, 1), END]);
  guest.userBatch([...store(4, 2), END], 0x100);
  guest.run(guest.context(), [START, ...at(0), ...store(8, 3)]);
  assert.deepEqual(stored(guest), [1, 2, 3, 0]);
});

test('§10.2 a second level from the ring, or from a second level, is an error', () => {
  const fromRing = new EngineGuest();
  fromRing.run(fromRing.context(), [SECOND_LEVEL, ...at(0)]);
  const nested = new EngineGuest();
  nested.userBatch([SECOND_LEVEL, ...at(0x100), END]);
  nested.userBatch([SECOND_LEVEL, ...at(0x200), END], 0x100);
  nested.run(nested.context(), [START, ...at(0)]);
  for (const { faults, vgpu } of [fromRing, nested]) {
    assert.deepEqual(
      faults.map(({ check }) => check),
      ['batch-level'],
    );
    assert.equal(vgpu.hasWork, false);
  }
});

test('§10.2 bit 8 clear: the batch is in the GGTT', () => {
  const guest = new EngineGuest();
  guest.show(SCRATCH + 0x100, [...store(0, 5), END]);
  guest.run(guest.context(), [0x18800001, SCRATCH + 0x100, 0]);
  assert.deepEqual(stored(guest), [5, 0, 0, 0]);
});

test('a predicated start is taken where the predicate is set', () => {
  const guest = new EngineGuest();
  guest.userBatch([...store(0, 1), END]);
  guest.run(guest.context(), [START | (1 << 15), ...at(0)]);
  assert.deepEqual(stored(guest), [0, 0, 0, 0]);
  guest.run(guest.context(), [0x11000001, 0x2418, 1, START | (1 << 15), ...at(0)]);
  assert.deepEqual(stored(guest), [1, 0, 0, 0]);
});

test('MI_CONDITIONAL_BATCH_BUFFER_END goes on while memory is greater than its data', () => {
  for (const [data, expected] of [
    [4, 1],
    [5, 0],
    [6, 0],
  ] as const) {
    const guest = new EngineGuest();
    guest.show(SCRATCH + 0x40, [5]);
    guest.userBatch([0x1b400002, data, SCRATCH + 0x40, 0, ...store(0, 1), END]);
    guest.run(guest.context(), [START, ...at(0)]);
    assert.equal(guest.dword(SCRATCH), expected, `data ${data}`);
  }
});

test('what is no command stops the engine, and says where', () => {
  const guest = new EngineGuest();
  guest.userBatch([0xdeadbeef]);
  guest.run(guest.context(), [START, ...at(0)]);
  assert.match(
    guest.faults[0]?.message ?? '',
    /RCS0: 0xdeadbeef at ppgtt 0x100000000 is no command/,
  );
  assert.equal(guest.vgpu.hasWork, false);
});

test('a batch at an address that is not mapped stops the engine', () => {
  const guest = new EngineGuest();
  guest.run(guest.context(), [START, 0x5000_0000, HIGH]);
  assert.equal(guest.faults[0]?.check, 'gpu-page-fault');
});

test('the registers show where the engine is', () => {
  const guest = new EngineGuest();
  guest.userBatch([START, ...at(0)]);
  guest.run(guest.context(), [START, ...at(0)]);
  assert.deepEqual([guest.ring(0x74), guest.ring(0x5c)], at(0), 'ACTHD');
  assert.equal(guest.ring(0x68), START, 'IPEHR');
  assert.equal(guest.ring(0x110), 0x20, 'BB_STATE: PPGTT');
});

test('§6.1 BB_ADDR shows the first level, SBB_ADDR the second, both while they run', () => {
  const guest = new EngineGuest();
  const stopHere = 0x0e40c002; // MI_SEMAPHORE_WAIT: never true
  guest.userBatch([SECOND_LEVEL, ...at(0x100), stopHere, 1, SCRATCH, 0, END]);
  guest.userBatch([stopHere, 1, SCRATCH, 0, END], 0x100);
  guest.run(guest.context(), [START, ...at(0)]);
  const shown = () => [0x140, 0x168, 0x114, 0x11c].map((register) => guest.ring(register));
  const [low = 0, high = 0] = at(0);
  assert.deepEqual(shown(), [low + 1, high, low + 0x101, high]);
  guest.show(SCRATCH, [1]);
  guest.vgpu.advanceTo(1e6);
  guest.vgpu.runWork();
  assert.deepEqual(shown(), [0, high, 0, high]);
});
