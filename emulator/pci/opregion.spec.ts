import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testVgpu } from '../testing/test-vgpu.ts';
import { makeOpRegion } from './opregion.ts';

const AT = 0x7fff0000;

test('§1.5: signature, size in KiB, version 2.0, and only the VBT mailbox', () => {
  const bytes = makeOpRegion();
  const view = new DataView(bytes.buffer);
  assert.equal(bytes.length, 8192);
  assert.equal(new TextDecoder().decode(bytes.subarray(0, 16)), 'IntelGraphicsMem');
  assert.equal(view.getUint32(0x10, true), 8);
  assert.equal(view.getUint32(0x14, true), 0x02000000);
  assert.equal(view.getUint32(0x58, true), 1 << 3);
  assert.equal(view.getUint32(0x1ac, true), 3);
});

test('§1.5: VBT version 155 at 0x400, BDB version 186, checksum 0', () => {
  const bytes = makeOpRegion();
  const view = new DataView(bytes.buffer, 0x400);
  const text = (at: number, count: number) =>
    new TextDecoder().decode(bytes.subarray(0x400 + at, 0x400 + at + count));
  assert.equal(text(0, 4), '$VBT');
  assert.equal(view.getUint16(0x14, true), 155);
  const bdb = view.getUint32(0x1c, true);
  assert.equal(text(bdb, 15), 'BIOS_DATA_BLOCK');
  assert.equal(view.getUint16(bdb + 0x10, true), 186);
  const vbt = bytes.subarray(0x400, 0x400 + view.getUint16(0x18, true));
  assert.equal(vbt.reduce((sum, byte) => sum + byte, 0) & 0xff, 0);
});

test('§1.5: four DisplayPort children of 33 bytes on ports A to D, no CRT, no LVDS', () => {
  const bytes = makeOpRegion();
  const blocks = new Map<number, Uint8Array>();
  const view = new DataView(bytes.buffer);
  const bdb = 0x400 + view.getUint32(0x41c, true);
  const end = bdb + view.getUint16(bdb + 0x14, true);
  for (let at = bdb + view.getUint16(bdb + 0x12, true); at < end; ) {
    const size = view.getUint16(at + 1, true);
    blocks.set(view.getUint8(at), bytes.subarray(at + 3, at + 3 + size));
    at += 3 + size;
  }
  assert.deepEqual([...blocks.keys()], [1, 2]);
  assert.equal((blocks.get(1)?.[4] ?? 0xff) & 1, 0, 'integrated CRT');
  const definitions = blocks.get(2) ?? new Uint8Array();
  assert.equal(definitions[4], 33);
  const children = [0, 1, 2, 3].map((n) => definitions.subarray(5 + n * 33, 5 + (n + 1) * 33));
  assert.deepEqual(
    children.map((child) => (child[2] ?? 0) | ((child[3] ?? 0) << 8)),
    [0x68c6, 0x68c6, 0x68c6, 0x68c6],
  );
  assert.deepEqual(
    children.map((child) => [child[16], child[25]]),
    [
      [10, 0x40],
      [7, 0x10],
      [8, 0x20],
      [9, 0x30],
    ],
  );
});

function called(control: number) {
  const { vgpu, faults } = testVgpu();
  vgpu.showMemory(AT, vgpu.opRegion);
  vgpu.write('config', 0xfc, 4, AT, 0);
  vgpu.core.memory.writeValue(AT + 0x200, 8, control, 0xabcd);
  vgpu.write('config', 0xe8, 4, 0x8001, 0);
  return { vgpu, faults, answer: () => vgpu.peek('memory', AT + 0x200, 8) };
}

test('§1.5: function 4 sub 0 and 1 and function 6 sub 0 succeed with parameter 0', () => {
  for (const [call, sub] of [
    [4, 0],
    [4, 1],
    [6, 0],
  ] as const) {
    const { answer, faults } = called((sub << 8) | (call << 1) | 1);
    assert.deepEqual(answer(), { low: 1 << 5, high: 0, known: true });
    assert.deepEqual(faults, []);
  }
});

test('§1.5: every other call ends "not ok": exit code 0, trigger clear', () => {
  const { answer, faults } = called((2 << 8) | (4 << 1) | 0xe0 | 1);
  assert.deepEqual(answer(), { low: (2 << 8) | (4 << 1), high: 0xabcd, known: true });
  assert.deepEqual(
    faults.map(({ check }) => check),
    ['swsci-refused'],
  );
});

test('§1.5: the written value is not stored, so that each write with bit 0 is a new request', () => {
  const { vgpu, faults } = called((4 << 1) | 1);
  assert.equal(vgpu.read('config', 0xe8, 4).low, 0);
  vgpu.core.memory.writeValue(AT + 0x200, 4, 0x7f1, 0);
  vgpu.write('config', 0xe8, 4, 0x8001, 0);
  assert.equal(faults.at(-1)?.check, 'swsci-refused');
});

test('§1.5: with bit 15 clear it is an SMI, which is an error and does nothing', () => {
  const { vgpu, faults } = testVgpu();
  vgpu.write('config', 0xe8, 4, 1, 0);
  assert.deepEqual(
    faults.map(({ check }) => check),
    ['swsci-smi'],
  );
});
