import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TestVgpu, testVgpu } from '../testing/test-vgpu.ts';

/** A GT3 has all five engines. */
const GT3 = { deviceId: 0x1926 };

/** gvt-facts §6.1, a row an engine. */
const ENGINES = [
  { name: 'RCS0', base: 0x2000, tlb: 0x4260, mocs: 0xc800, hws: undefined, resetBit: 1 },
  { name: 'BCS0', base: 0x22000, tlb: 0x426c, mocs: 0xcc00, hws: 0x4280, resetBit: 3 },
  { name: 'VCS0', base: 0x12000, tlb: 0x4264, mocs: 0xc900, hws: 0x4180, resetBit: 2 },
  { name: 'VCS1', base: 0x1c000, tlb: 0x4268, mocs: 0xca00, hws: undefined, resetBit: 7 },
  { name: 'VECS0', base: 0x1a000, tlb: 0x4270, mocs: 0xcb00, hws: 0x4380, resetBit: 4 },
] as const;

function fieldsAt({ vgpu }: TestVgpu, offset: number): string[] {
  const fields = vgpu.core.registers.map.at(offset)?.row.fields ?? [];
  return fields.map(({ name, high, low }) => `${high}:${low} ${name}`);
}

for (const { name, base, tlb, mocs, hws, resetBit } of ENGINES) {
  test(`gvt-facts §6.1: ${name} has its base, TLB register, MOCS table and reset bit`, () => {
    const { vgpu, r, w, faults } = testVgpu(GT3);
    const { map } = vgpu.core.registers;
    assert.equal(map.at(base + 0x30)?.name, `${name}.RING_TAIL`);
    assert.equal(map.tables.engines.find((row) => row.name === name)?.resetBit, resetBit);
    w(tlb, 1);
    assert.equal(r(tlb), 0, 'the poll for "done" succeeds at once');
    for (const index of [0, 63]) {
      w(mocs + index * 4, 0x39);
      assert.equal(r(mocs + index * 4), 0x39);
    }
    assert.equal(map.at(mocs)?.count, 64);
    if (hws !== undefined) {
      w(hws, 0x28000000);
      assert.equal(r(hws), 0x28000000);
    }
    assert.equal(faults.length, 0);
  });

  test(`gvt-facts §6.6: GDRST bit ${resetBit} resets ${name} alone, and reads 0 however often it is written`, () => {
    for (const other of ENGINES) {
      const { vgpu, r, w } = testVgpu(GT3);
      w(base + 0x230, 1);
      const index = vgpu.core.registers.map.tables.engines.findIndex((row) => row.name === name);
      const written = () => vgpu.core.state.engines.each[index]?.port.written;
      assert.equal(written(), 1);
      for (let again = 0; again < 2; again++) {
        w(0x941c, 1 << other.resetBit);
        assert.equal(r(0x941c), 0);
      }
      assert.equal(written(), other.name === name ? 0 : 1, other.name);
    }
  });
}

test('gvt-facts §6.1: L3 MOCS has 32 dwords from 0xb020', () => {
  const { r, w, faults } = testVgpu();
  w(0xb020, 0x00300010);
  w(0xb020 + 31 * 4, 0x00300030);
  assert.deepEqual([r(0xb020), r(0xb09c)], [0x00300010, 0x00300030]);
  assert.equal(faults.length, 0);
});

/** gvt-facts §6.2: what each engine has, by offset from its base. */
const NAMES: readonly (readonly [number, string])[] = [
  [0x28, 'RING_EXCC'],
  [0x30, 'RING_TAIL'],
  [0x34, 'RING_HEAD'],
  [0x38, 'RING_START'],
  [0x3c, 'RING_CTL'],
  [0x40, 'RING_SYNC_0'],
  [0x44, 'RING_SYNC_1'],
  [0x54, 'RING_MAX_IDLE'],
  [0x5c, 'RING_ACTHD_UDW'],
  [0x6c, 'RING_INSTDONE'],
  [0x74, 'RING_ACTHD'],
  [0x80, 'RING_HWS_PGA'],
  [0x94, 'RING_NOPID'],
  [0x98, 'RING_HWSTAM'],
  [0x9c, 'RING_MI_MODE'],
  [0xa8, 'RING_IMR'],
  [0xb0, 'RING_EIR'],
  [0xb4, 'RING_EMR'],
  [0xb8, 'RING_ESR'],
  [0xc0, 'RING_INSTPM'],
  [0xd0, 'RING_RESET_CTL'],
  [0xd4, 'CSFE_CHICKEN1'],
  [0x110, 'RING_BBSTATE'],
  [0x114, 'RING_SBBADDR'],
  [0x118, 'RING_SBBSTATE'],
  [0x11c, 'RING_SBBADDR_UDW'],
  [0x140, 'RING_BBADDR'],
  [0x168, 'RING_BBADDR_UDW'],
  [0x180, 'CCID'],
  [0x1c0, 'RING_BB_PER_CTX_PTR'],
  [0x1c4, 'RING_INDIRECT_CTX'],
  [0x1c8, 'RING_INDIRECT_CTX_OFFSET'],
  [0x230, 'ELSP'],
  [0x234, 'RING_EXECLIST_STATUS_LO'],
  [0x238, 'RING_EXECLIST_STATUS_HI'],
  [0x244, 'RING_CONTEXT_CONTROL'],
  [0x270, 'RING_PDP0_LDW'],
  [0x274, 'RING_PDP0_UDW'],
  [0x288, 'RING_PDP3_LDW'],
  [0x28c, 'RING_PDP3_UDW'],
  [0x29c, 'RING_MODE'],
  [0x358, 'RING_TIMESTAMP'],
  [0x370, 'RING_CONTEXT_STATUS_BUF_LO_0'],
  [0x39c, 'RING_CONTEXT_STATUS_BUF_HI_5'],
  [0x3a0, 'RING_CONTEXT_STATUS_PTR'],
  [0x3a8, 'RING_CTX_TIMESTAMP'],
  [0x600, 'CS_GPR'],
  [0x67c, 'CS_GPR'],
];

test('gvt-facts §6.2: every engine has its registers at these offsets', () => {
  const { vgpu } = testVgpu(GT3);
  for (const { name, base } of ENGINES) {
    for (const [offset, register] of NAMES) {
      assert.equal(vgpu.core.registers.map.at(base + offset)?.name, `${name}.${register}`);
    }
  }
});

test('gvt-facts §6.2: fields of the ring: tail 20:3, head 20:2 and wraps 31:21, pages 20:12, wait 11, enable 0', () => {
  const device = testVgpu();
  assert.deepEqual(fieldsAt(device, 0x2030), ['20:3 tailOffset']);
  assert.deepEqual(fieldsAt(device, 0x2034), ['31:21 wrapCount', '20:2 headOffset']);
  const control = fieldsAt(device, 0x203c);
  for (const field of ['20:12 bufferLength', '11:11 waitForEvent', '0:0 enable']) {
    assert.ok(control.includes(field), field);
  }
  const mode = fieldsAt(device, 0x229c);
  for (const field of [
    '15:15 runListEnable',
    '14:14 interruptSteering',
    '11:11 replayMode',
    '9:9 ppgttEnable',
  ]) {
    assert.ok(mode.includes(field), field);
  }
});

test('gvt-facts §6.2: RESET_CTL: only bit 0 can be written, bit 1 follows it, bit 2 stays 0', () => {
  for (const { base } of ENGINES) {
    const { r, w } = testVgpu(GT3);
    for (const [value, expected] of [
      [0x00010001, 3],
      [0xfffefffe, 3],
      [0x00040004, 3],
      [0x00020000, 3],
      [0x00010000, 0],
      [0x0000ffff, 0],
      [0xffffffff, 3],
    ] as const) {
      w(base + 0xd0, value);
      assert.equal(r(base + 0xd0), expected, value.toString(16));
    }
  }
});

test('gvt-facts §6.2, §6.6: MI_MODE is idle from power-on on, also while the ring is stopped', () => {
  for (const { base } of ENGINES) {
    const { r, w } = testVgpu(GT3);
    assert.equal(r(base + 0x9c) & 0x200, 0x200);
    w(base + 0x9c, 0x01000100);
    assert.equal(r(base + 0x9c) & 0x300, 0x300);
  }
});

test('gvt-facts §6.2: EIR, EMR and ESR are plain, and ESR reads 0', () => {
  const { r, w } = testVgpu();
  assert.equal(r(0x20b8), 0);
  w(0x20b4, 0xffffffdf);
  assert.equal(r(0x20b4), 0xffffffdf);
});

test('gvt-facts §6.2: HWS_PGA takes 0 and addresses of both slices, of every engine', () => {
  for (const { base } of ENGINES) {
    const { r, w, faults } = testVgpu(GT3);
    const MIB = 0x100000;
    for (const [address, taken] of [
      [128 * MIB, true],
      [256 * MIB, false],
      [640 * MIB, true],
      [0, true],
      [0x1000, false],
    ] as const) {
      const before = r(base + 0x80);
      faults.length = 0;
      w(base + 0x80, address);
      assert.equal(r(base + 0x80), taken ? address : before);
      assert.equal(faults.length, taken ? 0 : 1);
    }
  }
});

test('gvt-facts §6.2: EXECLIST_STATUS and the CSB’s 48 bytes are read-only, the pointer is a mode mask', () => {
  const { r, w } = testVgpu();
  for (const offset of [0x2234, 0x2238, ...Array.from({ length: 12 }, (_, n) => 0x2370 + n * 4)]) {
    const was = r(offset);
    w(offset, 0xa5a5a5a5);
    assert.equal(r(offset), was, offset.toString(16));
  }
  assert.equal(r(0x23a0), 7, 'write pointer 7, read pointer 0');
  w(0x23a0, 0x07000500);
  assert.equal(r(0x23a0), 0x507);
  w(0x23a0, 0x00000200);
  assert.equal(r(0x23a0), 0x507);
});

test('gvt-facts §6.2: general purpose registers are 16 pairs of dwords', () => {
  const { vgpu } = testVgpu();
  for (let n = 0; n < 16; n++) vgpu.write('mmio', 0x2600 + n * 8, 8, n, n + 100);
  for (let n = 0; n < 16; n++) {
    const { low, high } = vgpu.read('mmio', 0x2600 + n * 8, 8);
    assert.deepEqual([low, high], [n, n + 100]);
  }
});

const WHITELIST = [
  0xd80, 0x20ec, 0x2248, 0x2340, 0x2348, 0x2350, 0x2580, 0x2690, 0x2694, 0x2698, 0x2754, 0x28a0,
  0x4de0, 0x4de4, 0x4dfc, 0x7010, 0x7014, 0x7300, 0x7304, 0x7700, 0x7704, 0x7708, 0x770c, 0x83a8,
  0xb110, 0xb118, 0xe100, 0xe18c, 0xe48c, 0xe5f4, 0x64844, 0x2094,
];

test('gvt-facts §6.2: FORCE_TO_NONPRIV names the whitelist or NOPID, in each of 12 slots; no other register', () => {
  const { vgpu, r, w, faults } = testVgpu();
  const allowed = new Set(WHITELIST);
  for (let slot = 0; slot < 12; slot++) {
    for (const register of WHITELIST) {
      w(0x24d0 + slot * 4, register);
      assert.equal(r(0x24d0 + slot * 4), register);
    }
  }
  assert.equal(faults.length, 0);
  for (let register = 0; register < 0x70000; register += 4) {
    if (allowed.has(register)) continue;
    w(0x24d0, register);
  }
  assert.equal(r(0x24d0), 0x2094, 'nothing else was stored');
  assert.equal(faults.length, 0x70000 / 4 - WHITELIST.length);
  assert.equal(vgpu.core.state.failsafe, -1);
});

test('gvt-facts §6.2: of what is written to FORCE_TO_NONPRIV bits 25:2 name the register', () => {
  const { r, w } = testVgpu();
  w(0x24d0, 0xf0007014);
  assert.equal(r(0x24d0), 0xf0007014);
  w(0x24d0, 0x04000000 | 0x7015);
  assert.equal(r(0x24d0), 0x04007015);
});

test('gvt-facts §6.2: the other engines have no such slots', () => {
  const { vgpu } = testVgpu(GT3);
  for (const { name, base } of ENGINES) {
    const row = vgpu.core.registers.map.at(base + 0x4d0)?.row;
    assert.equal(row?.onWrite === 'force-to-nonpriv', name === 'RCS0', name);
  }
});

test('gvt-facts §6.6: a reset of all engines puts registers below 0x44200 back, the next ones stay', () => {
  const { r, w } = testVgpu();
  w(0x441fc, 5);
  w(0x44204, 6);
  w(0x941c, 1);
  assert.deepEqual([r(0x441fc), r(0x44204)], [0, 6]);
});
