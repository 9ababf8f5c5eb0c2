import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeMachine } from '../testing/fake-machine.ts';
import { plugIn } from './pci-slot.ts';

/** Port 0xcf8 for a register of bus 0, device 2, function 0. */
const ours = (register: number) => 0x80000000 | (2 << 11) | register | 0;

function pluggedIn() {
  const machine = new FakeMachine(1 << 17);
  const seen: string[] = [];
  plugIn(machine, {
    readConfig: (offset, size) => {
      seen.push(`read ${size} ${offset}`);
      return size === 4 ? 0xfedcba98 : 0x98;
    },
    writeConfig: (offset, size, value) => void seen.push(`write ${size} ${offset} ${value}`),
  });
  return { machine, seen };
}

test('slot 00:02.0 is the device’s, byte by byte', () => {
  const { machine, seen } = pluggedIn();
  assert.equal(machine.port(ours(0x10)).read32(0xcfc), 0xfedcba98 | 0);
  assert.equal(machine.port(ours(0x04), 2).read16(0xcfe), 0x98);
  machine.port(ours(0x3c), 1).write8(5);
  machine.port(ours(0x10)).write32(-1);
  assert.deepEqual(seen, ['read 4 16', 'read 2 6', 'write 1 61 5', 'write 4 16 4294967295']);
  assert.deepEqual(machine.passedOn, []);
});

test('other slots, and an address that is not enabled, are the emulator’s', () => {
  const { machine, seen } = pluggedIn();
  assert.equal(machine.port(0x80000000 | (1 << 11)).read32(0xcfc), 0x55);
  machine.port(0x80000000 | (2 << 11) | (1 << 8)).write16(7);
  machine.port(2 << 11).read8(0xcfc);
  assert.deepEqual(seen, []);
  assert.deepEqual(
    machine.passedOn.map(({ what }) => what),
    ['in32', 'out16', 'in8'],
  );
});
