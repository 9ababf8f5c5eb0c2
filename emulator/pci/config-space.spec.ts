import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../default-config.ts';
import type { Platform } from '../mmio/register-row.ts';
import { PLATFORMS } from '../platforms.ts';
import { testVgpu } from '../testing/test-vgpu.ts';
import type { VgpuConfig } from '../vgpu-config.ts';

/** Configuration space of gvt-facts §1, row by row, on each platform. */

const MIB = 0x100000;

function config(change: Partial<VgpuConfig>) {
  const { vgpu, faults } = testVgpu(change);
  return {
    vgpu,
    faults,
    r: (at: number, size = 4) => vgpu.read('config', at, size).low,
    w: (at: number, value: number, size = 4) => vgpu.write('config', at, size, value, 0),
  };
}

for (const platform of Object.keys(PLATFORMS) as Platform[]) {
  const { title, usual } = PLATFORMS[platform];
  const fresh = () => config(defaultConfig(platform));

  test(`gvt-facts §1.1: ${title} shows its vendor, device and revision, and they cannot be written`, () => {
    const { r, w } = fresh();
    for (const at of [0x00, 0x08, 0x2c]) w(at, 0xffffffff);
    assert.equal(r(0x00), ((usual.deviceId << 16) | 0x8086) >>> 0);
    assert.equal(r(0x08), 0x03000000 | usual.revisionId);
  });

  test(`gvt-facts §1.2: ${title} after create: COMMAND, BARs, ROM and ASLS are clear, no stolen memory`, () => {
    const { r } = fresh();
    assert.equal(r(0x04, 2) & 7, 0);
    assert.deepEqual(
      [0x10, 0x14, 0x18, 0x1c].map((at) => r(at)),
      [4, 0, 0xc, 0],
    );
    assert.deepEqual(
      [0x20, 0x24, 0x30, 0xfc].map((at) => r(at)),
      [0, 0, 0, 0],
    );
    assert.equal(r(0x50, 2) >>> 8, 0, 'graphics mode select');
    assert.equal((r(0x50, 2) >>> 6) & 3, 3, 'an 8 MiB GTT');
  });

  for (const size of [256 * MIB, 512 * MIB, 1024 * MIB]) {
    test(`gvt-facts §1.2: BAR2 of ${title} answers a probe with all of ${size / MIB} MiB`, () => {
      const { r, w } = config({ ...defaultConfig(platform), apertureSize: size });
      w(0x18, 0xffffffff);
      assert.equal(r(0x18), (~(size - 1) | 0xc) >>> 0);
      w(0x1c, 0xffffffff);
      assert.equal(r(0x1c), 0xffffffff);
      w(0x10, 0xffffffff);
      assert.equal(r(0x10), 0xff000004, 'BAR0 has 16 MiB whatever the aperture');
    });
  }

  test(`gvt-facts §1.2: ${title} takes cache line and interrupt line whole, COMMAND and STATUS by their masks`, () => {
    const { r, w } = fresh();
    w(0x0c, 0xff, 1);
    w(0x3c, 0xff, 1);
    assert.deepEqual([r(0x0c, 1), r(0x3c, 1)], [0xff, 0xff]);
    w(0x3d, 0xff, 1);
    assert.equal(r(0x3d, 1), 1, 'INTA# stays');
    w(0x04, 0xff, 1);
    w(0x05, 0xff, 1);
    assert.equal(r(0x04, 2), 0x07ff);
  });

  test(`gvt-facts §1.2: capabilities and vendor registers of ${title} are copied in without a mask`, () => {
    const { r, w } = fresh();
    for (const at of [0x40, 0x54, 0xa0, 0x100, 0xffc]) {
      w(at, 0xa5c31e78);
      assert.equal(r(at), 0xa5c31e78, at.toString(16));
    }
  });

  test(`gvt-facts §1.2: D3hot of ${title} is remembered until the first submission, also after D0`, () => {
    const { vgpu, w } = fresh();
    w(0xd4, 3, 2);
    w(0xd4, 0, 2);
    assert.equal(vgpu.core.state.config.d3Entered, true);
    vgpu.write('mmio', 0x2230, 4, 0, 0);
    assert.equal(vgpu.core.state.config.d3Entered, false);
  });

  test(`gvt-facts §1.4: ${title} has one MSI vector without 64-bit addresses`, () => {
    const { r } = fresh();
    const capabilities = new Map<number, number>();
    for (let at = r(0x34, 1); at !== 0; at = r(at + 1, 1)) capabilities.set(r(at, 1), at);
    assert.equal(r((capabilities.get(5) ?? 0) + 2, 2), 0, 'no vectors to choose, 32 bits, off');
  });
}

test('gvt-facts §1.2: a byte that makes a BAR all ones is no probe', () => {
  const { r, w } = config({});
  w(0x10, 0xffffff00);
  w(0x10, 0xff, 1);
  assert.equal(r(0x10), 0xfffffff4);
});

test('gvt-facts §1.2: the high dword of a BAR is stored, and answers a probe by itself', () => {
  const { r, w } = config({});
  w(0x14, 0x12);
  assert.equal(r(0x14), 0x12);
  w(0x14, 0xffffffff);
  assert.equal(r(0x14), 0xffffffff);
  assert.equal(r(0x10), 4, 'the low one stays');
});

test('gvt-facts §1.2: ROM keeps its enable bit and the upper bits that it has', () => {
  const { r, w } = config({});
  const behind = r(0x34);
  assert.notEqual(behind, 0, 'the capability list');
  w(0x30, 0xfffff801);
  assert.equal(r(0x30), 0, 'sizing: no ROM');
  w(0x30, 0x12345fff);
  assert.equal(r(0x30), 0x12345801);
  assert.equal(r(0x34), behind, 'what stands behind it is as it was');
});

test('gvt-facts §1.2: STATUS bits are cleared by a 1, whoever set them', () => {
  const { vgpu, r, w } = config({});
  vgpu.poke('config', 0x06, 2, 0xf910, 0);
  w(0x06, 0x0100, 2);
  assert.equal(r(0x06, 2), 0xf810);
  w(0x07, 0xff, 1);
  assert.equal(r(0x06, 2), 0x0010);
});

test('gvt-facts §1.3: a write that reaches COMMAND from before it moves the windows too', () => {
  const { vgpu, w } = config({});
  w(0x10, 0xd0000000);
  w(0x03, 0x0200, 2);
  assert.equal(vgpu.core.state.config.decode.registers, 0xd0000000);
});

test('gvt-facts §1.2: eight bytes, and what does not end within 4,096, are rejected', () => {
  const { vgpu, r, w, faults } = config({});
  assert.equal(vgpu.read('config', 0x10, 8).low, 0xffffffff);
  w(0x0ffe, 1, 4);
  assert.equal(r(0x0ffc), 0);
  assert.deepEqual(
    faults.map(({ check }) => check),
    ['config-access', 'config-access'],
  );
});
