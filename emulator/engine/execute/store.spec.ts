import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  EngineGuest,
  SCRATCH,
  STATUS_PAGE,
  USER_BATCH,
  USER_SCRATCH,
} from '../../testing/engine-guest.ts';

const [LOW, HIGH] = [USER_SCRATCH % 2 ** 32, Math.floor(USER_SCRATCH / 2 ** 32)];
const BATCH_START = [0x18800101, USER_BATCH % 2 ** 32, Math.floor(USER_BATCH / 2 ** 32)];
const END = 0x05000000;

function ran(...dwords: number[]): EngineGuest {
  const guest = new EngineGuest();
  guest.run(guest.context(), dwords);
  assert.deepEqual(guest.faults, []);
  return guest;
}

test('§10.4 MI_STORE_DATA_IMM writes a dword to the GGTT, bit 0 of the address aside', () => {
  assert.equal(ran(0x10400002, SCRATCH | 1, 0, 0xabcd).dword(SCRATCH), 0xabcd);
});

test('§10.4 MI_STORE_DATA_IMM with bit 21 writes a qword', () => {
  const guest = ran(0x10600003, SCRATCH, 0, 1, 2);
  assert.deepEqual([guest.dword(SCRATCH), guest.dword(SCRATCH + 4)], [1, 2]);
});

test('§10.4 MI_STORE_DATA_IMM without bit 22 goes through the PPGTT', () => {
  const guest = ran(0x10000002, LOW + 8, HIGH, 5);
  assert.equal(guest.dword(SCRATCH + 8), 5);
  assert.deepEqual(guest.writes.at(0), {
    engine: 'RCS0',
    space: 'ggtt',
    address: STATUS_PAGE + 0x40,
    physical: STATUS_PAGE + 0x40,
    value: 1,
  });
  assert.ok(
    guest.writes.some(({ space, address }) => space === 'ppgtt' && address === USER_SCRATCH + 8),
  );
});

test('a store to what is not mapped is lost, with a fault, and the context goes on', () => {
  const guest = new EngineGuest();
  guest.run(guest.context(), [0x10400002, SCRATCH + 0x100000, 0, 1, 0x10400002, SCRATCH, 0, 2]);
  assert.deepEqual(
    guest.faults.map(({ check }) => check),
    ['gpu-page-fault'],
  );
  assert.equal(guest.dword(SCRATCH), 2);
});

test('MI_STORE_DATA_INDEX writes into the status page', () => {
  assert.equal(ran(0x10800001, 0x200, 6).dword(STATUS_PAGE + 0x200), 6);
});

test('MI_COPY_MEM_MEM copies a dword, from either space to either', () => {
  const guest = new EngineGuest();
  guest.show(SCRATCH + 0x10, [0x77]);
  guest.run(guest.context(), [0x17600003, SCRATCH, 0, SCRATCH + 0x10, 0]);
  assert.equal(guest.dword(SCRATCH), 0x77);
  guest.run(guest.context(), [0x17000003, LOW + 0x20, HIGH, LOW + 0x10, HIGH]);
  assert.equal(guest.dword(SCRATCH + 0x20), 0x77);
});

test('MI_UPDATE_GTT writes entries by the rules for the guest’s own', () => {
  const guest = ran(0x11800002, SCRATCH + 0x5000, 0x1234001, 0);
  const entry = guest.vgpu.read('mmio', 0x800000 + ((SCRATCH + 0x5000) / 4096) * 8, 8);
  assert.equal(entry.low, 0x1234001);
});

test('MI_REPORT_HEAD leaves the head in the status page', () => {
  const guest = ran(0, 0x03800000);
  assert.equal(guest.dword(STATUS_PAGE + 0x10), 8);
});

test('the same in a user batch', () => {
  const guest = new EngineGuest();
  guest.userBatch([0x10000002, LOW, HIGH, 3, END]);
  guest.run(guest.context(), BATCH_START);
  assert.equal(guest.dword(SCRATCH), 3);
});

test('a qword over the end of a page: each half goes to the page that is mapped there', () => {
  const guest = new EngineGuest();
  guest.mapUser(2, 0x40010000);
  guest.mapUser(3, 0x40030000);
  const [low, high] = [(USER_BATCH + 0x2ffc) % 2 ** 32, Math.floor(USER_BATCH / 2 ** 32)];
  guest.run(guest.context(), [0x10200003, low, high, 0x11111111, 0x22222222]);
  const memory = (at: number) => guest.vgpu.peek('memory', at, 4);
  assert.equal(memory(0x40010ffc).low, 0x11111111);
  assert.equal(memory(0x40030000).low, 0x22222222);
  assert.equal(memory(0x40011000).known, false, 'nobody mapped this page');
});
