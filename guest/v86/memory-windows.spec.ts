import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeMachine } from '../testing/fake-machine.ts';
import { MemoryWindows } from './memory-windows.ts';

const PIECE = 1 << 17;
const BASE = 0xd0000000;

function windowAt(base: number, size: number) {
  const machine = new FakeMachine(PIECE);
  const windows = new MemoryWindows(machine.cpu);
  const seen: string[] = [];
  const close = windows.open(base, size, {
    read: (offset, bytes) => {
      seen.push(`read${bytes * 8} ${offset.toString(16)}`);
      return 0xf0000001;
    },
    write: (offset, bytes, low, high) =>
      void seen.push(`write${bytes * 8} ${offset.toString(16)} ${low.toString(16)} ${high}`),
  });
  return { machine, windows, seen, close };
}

test('accesses arrive with their offset, in the size that was used, unsigned', () => {
  const { machine, seen } = windowAt(BASE, 2 * PIECE);
  const { cpu } = machine;
  // Addresses and values are signed here.
  const at = (offset: number) => (BASE + offset) | 0;
  const piece = BASE / PIECE;
  assert.equal(cpu.memory_map_read32[piece]?.(at(0x10)), 0xf0000001 | 0);
  cpu.memory_map_read8[piece + 1]?.(at(PIECE + 3));
  cpu.memory_map_write8[piece]?.(at(1), 0xff);
  cpu.memory_map_write32[piece]?.(at(4), -1);
  cpu.mmap_write16(at(2), 0x1234);
  cpu.mmap_write64(at(8), -1, 2);
  cpu.mmap_write128(at(0x20), 1, 2, 3, 4);
  assert.deepEqual(seen, [
    'read32 10',
    'read8 20003',
    'write8 1 ff 0',
    'write32 4 ffffffff 0',
    'write16 2 1234 0',
    'write64 8 ffffffff 2',
    'write64 20 1 2',
    'write64 28 3 4',
  ]);
  assert.deepEqual(machine.passedOn, []);
});

test('wide writes elsewhere, or half inside, are the emulator’s', () => {
  const { machine, seen } = windowAt(BASE, PIECE);
  machine.cpu.mmap_write16(0x1000, 1);
  machine.cpu.mmap_write64(BASE + PIECE - 4, 2, 3);
  assert.deepEqual(seen, []);
  assert.deepEqual(
    machine.passedOn.map(({ what }) => what),
    ['write16', 'write64'],
  );
});

test('a window that is closed leaves what was there before', () => {
  const { machine, windows, close } = windowAt(BASE, PIECE);
  const { memory_map_read8 } = machine.cpu;
  const { length } = memory_map_read8;
  assert.ok(memory_map_read8[BASE / PIECE]);
  assert.ok(!windows.fits(BASE, PIECE));
  close();
  assert.equal(memory_map_read8[BASE / PIECE], undefined);
  assert.equal(memory_map_read8.length, length);
  assert.ok(windows.fits(BASE, PIECE));
});

test('where none can be', () => {
  const { windows } = windowAt(BASE, PIECE);
  assert.ok(windows.fits(BASE + PIECE, PIECE));
  for (const [base, size] of [
    [0, PIECE],
    [BASE + 0x1000, PIECE],
    [BASE, 0x1000],
    [BASE - PIECE, 2 * PIECE],
    [0xfec00000, PIECE],
  ] as const)
    assert.ok(!windows.fits(base, size), base.toString(16));
});
