import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BarChange } from '../services.ts';
import { testVgpu } from '../testing/test-vgpu.ts';

const MIB = 0x100000;

function device() {
  const { vgpu, faults } = testVgpu();
  const changes: string[] = [];
  const say = ({ bar, base, size, installed }: BarChange) =>
    changes.push(`${installed ? '+' : '-'}${bar} ${base.toString(16)}/${size.toString(16)}`);
  vgpu.setListener({ barMapped: say, fault: (fault) => faults.push(fault) });
  const w = (at: number, value: number, size = 4) => vgpu.write('config', at, size, value, 0);
  w(0x10, 0xd0000000);
  w(0x14, 0);
  w(0x18, 0xc0000000);
  w(0x1c, 0);
  return { vgpu, faults, w, decode: vgpu.core.state.config.decode, taken: () => changes.splice(0) };
}

test('§1.3: MEM 0→1 traps BAR0 and maps the aperture slice, 1→0 undoes both', () => {
  const { w, taken, decode } = device();
  assert.deepEqual(taken(), []);
  w(0x04, 2, 2);
  assert.deepEqual(taken(), ['+0 d0000000/1000000', '+2 c8000000/8000000']);
  assert.deepEqual(decode, { registers: 0xd0000000, aperture: 0xc0000000 + 128 * MIB });
  w(0x04, 6, 2);
  assert.deepEqual(taken(), [], 'bus mastering changes nothing');
  w(0x04, 4, 1);
  assert.deepEqual(taken(), ['-0 d0000000/1000000', '-2 c8000000/8000000']);
  assert.deepEqual(decode, { registers: -1, aperture: -1 });
});

test('§1.3: a BAR rewritten while MEM is on moves on the same write', () => {
  const { w, taken } = device();
  w(0x04, 2, 2);
  taken();
  w(0x10, 0xe0000000);
  assert.deepEqual(taken(), ['-0 d0000000/1000000', '+0 e0000000/1000000']);
  w(0x1c, 1);
  assert.deepEqual(taken(), ['-2 c8000000/8000000', '+2 1c8000000/8000000']);
});

test('§1.2: a probe un-traps the BAR, the address after it traps it again', () => {
  const { vgpu, w, taken } = device();
  w(0x04, 2, 2);
  taken();
  w(0x10, 0xffffffff);
  assert.deepEqual(taken(), ['-0 d0000000/1000000']);
  assert.equal(vgpu.read('config', 0x10, 4).low, 0xff000004);
  w(0x10, 0xd0000000);
  assert.deepEqual(taken(), ['+0 d0000000/1000000']);
});

test('§1.2: a BAR can be parked at a misaligned address', () => {
  const { vgpu, w, decode } = device();
  w(0x04, 2, 2);
  w(0x10, 0xd0001230);
  assert.equal(decode.registers, 0xd0001230);
  assert.equal(vgpu.read('config', 0x10, 4).low, 0xd0001234);
});

test('§1.2: COMMAND must be written with at most 2 bytes', () => {
  const { vgpu, w, faults, taken } = device();
  w(0x04, 2, 4);
  assert.equal(vgpu.read('config', 0x04, 2).low, 0);
  assert.deepEqual(taken(), []);
  assert.deepEqual(
    faults.map(({ check }) => check),
    ['config-access'],
  );
});

test('firmware that left memory decoding on has installed both windows', () => {
  const { vgpu } = testVgpu({
    firmware: { bar0: 0xd0000000, bar2: 0xc0000000, command: 0x107, interruptLine: 10 },
  });
  assert.deepEqual(vgpu.core.state.config.decode, {
    registers: 0xd0000000,
    aperture: 0xc0000000 + 128 * MIB,
  });
});
