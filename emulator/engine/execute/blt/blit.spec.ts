import assert from 'node:assert/strict';
import { test } from 'node:test';
import { USER_BATCH } from '../../../testing/engine-guest.ts';
import { AREA, areaAddress, BltGuest, corner } from './testing/blt-guest.ts';

const [LOW, HIGH] = areaAddress();
const engineOf = (guest: BltGuest) => guest.vgpu.core.state.engines.each[1];
/** A fill of 32-bit pixels in rows of 4096 bytes. */
const fill = (right: number, bottom: number, colour: number, address = [LOW, HIGH]) => [
  0x54300005,
  0x03f01000,
  0,
  corner(right, bottom),
  ...address,
  colour,
];

test('§10.4 XY_COLOR_BLT fills; a listener hears of runs of bytes, not of dwords', () => {
  const guest = new BltGuest();
  const runs: (readonly [number, number])[] = [];
  guest.vgpu.setListener({
    memoryWritten: (address, size) => runs.push([address, size]),
    deviceWrite: ({ space }) => assert.equal(space, 'ggtt'),
  });
  guest.blit(...fill(4, 2, 0x11223344));
  assert.deepEqual(
    runs.filter(([address]) => address >= 0x5000_0000),
    [
      [0x5000_0000, 16],
      [0x5000_3000, 16],
    ],
  );
  assert.deepEqual([...guest.area().subarray(0, 4)], [0x44, 0x33, 0x22, 0x11]);
});

test('a blit is one command, and one step', () => {
  const guest = new BltGuest();
  guest.blit(...fill(64, 8, 1));
  assert.deepEqual(
    guest.commands.map(({ name }) => name),
    ['MI_BATCH_BUFFER_START', 'XY_COLOR_BLT', 'MI_BATCH_BUFFER_END', 'MI_NOOP'],
  );
});

test('§10.4 bits 21 and 20 write alpha and colours by themselves', () => {
  for (const [bits, expected] of [
    [1, [0x44, 0x33, 0x22, 0]],
    [2, [0, 0, 0, 0x11]],
    [0, [0, 0, 0, 0]],
  ] as const) {
    const guest = new BltGuest();
    const [, ...rest] = fill(1, 1, 0x11223344);
    guest.blit(0x54000005 | (bits << 20), ...rest);
    assert.deepEqual([...guest.area().subarray(0, 4)], [...expected]);
  }
});

test('unknown memory stalls a blit before it has changed anything', () => {
  const guest = new BltGuest();
  guest.mapUser(2, 0x6000_0000);
  guest.vgpu.showMemory(0x6000_0000, new Uint8Array(8).fill(7));
  const source = USER_BATCH + 2 * 4096;
  // Inverts the destination where the source has ones: not to be done twice.
  const copy = [0x54f00008, 0x03660040, 0, corner(4, 1), LOW, HIGH, 0, 0x40];
  guest.blit(...copy, source % 2 ** 32, Math.floor(source / 2 ** 32));
  assert.equal(engineOf(guest)?.stall, 'memory unknown');
  assert.equal(guest.vgpu.lacksMemory, true);
  assert.match(guest.faults.at(-1)?.message ?? '', /BCS0 needs ppgtt 0x100002008/);
  assert.ok(guest.area().every((byte) => byte === 0));
});

test('a source that is not mapped is a page fault', () => {
  const guest = new BltGuest();
  guest.blit(0x54f00008, 0x03cc0040, 0, corner(4, 1), LOW, HIGH, 0, 0x40, 0x8000, 1);
  assert.equal(engineOf(guest)?.stall, 'page fault');
  assert.deepEqual(
    guest.faults.map(({ check }) => check),
    ['gpu-page-fault'],
  );
});

test('what is written where nothing is mapped is lost, once said for each page, and the rest is drawn', () => {
  const guest = new BltGuest();
  const last = AREA + 31 * 4096;
  guest.blit(...fill(2, 3, 5, [last % 2 ** 32, Math.floor(last / 2 ** 32)]));
  assert.deepEqual(
    guest.faults.map(({ address }) => address),
    [last + 0x1000, last + 0x2000],
  );
  assert.deepEqual(
    [...guest.area().subarray(31 * 4096, 31 * 4096 + 9)],
    [5, 0, 0, 0, 5, 0, 0, 0, 0],
  );
  assert.equal(engineOf(guest)?.phase, 'idle');
});

test('a destination that is only written need not be known; from then on it is', () => {
  const guest = new BltGuest();
  guest.mapUser(2, 0x6000_0000);
  const target = USER_BATCH + 2 * 4096;
  guest.blit(...fill(2, 1, 9, [target % 2 ** 32, Math.floor(target / 2 ** 32)]));
  assert.deepEqual(guest.faults, []);
  assert.equal(guest.vgpu.peek('memory', 0x6000_0000, 8).known, true);
  assert.equal(guest.vgpu.peek('memory', 0x6000_0008, 4).known, false);
});

test('of a running guest the source is read as it is now, and it gets what is drawn', () => {
  const guest = new BltGuest();
  const shown: number[] = [];
  const written: [number, string][] = [];
  guest.vgpu.attachMemory({
    turn: 0,
    readLine: (address, into) => {
      if (Math.floor(address / 4096) !== 0x5000_3000 / 4096) return false;
      into.fill(0x5a);
      return true;
    },
    lineShown: (address) => shown.push(address),
    write: (address, bytes) => {
      if (address >= 0x5000_0000) written.push([address, Buffer.from(bytes).toString('hex')]);
    },
  });
  const copy = [0x54f00008, 0x03cc0040, 0, corner(2, 1), LOW, HIGH, 0, 0x40];
  guest.blit(...copy, ...areaAddress(0x1000));
  assert.deepEqual(shown, [0x5000_3000]);
  assert.deepEqual(written, [[0x5000_0000, '5a5a5a5a5a5a5a5a']]);
});

test('nothing is drawn where the second corner is not behind the first', () => {
  const guest = new BltGuest();
  guest.blit(...fill(0, 5, 1), ...fill(5, 0, 1));
  assert.ok(guest.area().every((byte) => byte === 0));
  assert.deepEqual(guest.faults, []);
});

test('a surface stored upside down has a negative pitch', () => {
  const guest = new BltGuest();
  guest.blit(0x54000005, 0x00f0ffc0, 0, corner(2, 2), ...areaAddress(0x40), 6);
  assert.deepEqual(
    [...guest.area().subarray(0, 2), ...guest.area().subarray(0x40, 0x42)],
    [6, 6, 6, 6],
  );
});

test('snapshots taken before a blit keep what was there', () => {
  const guest = new BltGuest();
  const before = guest.vgpu.save();
  const hash = guest.vgpu.hash();
  guest.blit(...fill(64, 8, 0xffffffff));
  assert.notEqual(guest.vgpu.hash(), hash);
  guest.vgpu.restore(before);
  assert.equal(guest.vgpu.hash(), hash);
  assert.ok(guest.area().every((byte) => byte === 0));
});

test('XY_MONO_PAT_FIXED_BLT is named as not implemented', () => {
  const guest = new BltGuest();
  guest.blit(0x56400006, 0x00f00040, 0, corner(1, 1), LOW, HIGH, 0, 1);
  assert.deepEqual(
    guest.faults.map(({ check }) => check),
    ['command-unimplemented'],
  );
});

test('a blit into a page table changes its shadow', () => {
  const guest = new BltGuest();
  // The page directory pointers of the context, known as a table since the guest announced the tree.
  const tables = 0x4000_0000;
  guest.w(0x78838, tables);
  guest.w(0x7883c, 0);
  guest.w(0x78818, 4);
  const shadow = () => guest.vgpu.core.state.shadow.tables.map(({ frame }) => frame);
  assert.ok(shadow().includes(tables / 4096 + 3), 'the last level');
  guest.mapUser(2, tables + 2 * 4096);
  const target = USER_BATCH + 2 * 4096;
  guest.blit(...fill(4, 1, 0, [target % 2 ** 32, Math.floor(target / 2 ** 32)]));
  assert.deepEqual(
    guest.faults.map(({ check }) => check),
    // The batch's own page went with it.
    ['gpu-page-fault'],
  );
  assert.ok(!shadow().includes(tables / 4096 + 3), 'entry 0 of the directory is gone');
});

test('pixels are spent like commands; a blit that would take for ever is refused by name', () => {
  const spent = (right: number, bottom: number) => {
    const guest = new BltGuest();
    const before = 100_000;
    guest.blit(...fill(right, bottom, 1));
    return before - (engineOf(guest)?.budget ?? 0);
  };
  assert.equal(spent(64, 64) - spent(1, 1), 3, '4096 pixels are worth 4 commands');
  const guest = new BltGuest();
  guest.blit(0x54300005, 0x03f00000, corner(-32768, -32768), corner(32767, 32767), LOW, HIGH, 1);
  assert.equal(guest.faults[0]?.check, 'blit-size');
  assert.equal(engineOf(guest)?.stall, 'bad command');
});
