import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceServices } from '../services.ts';
import { testVgpu } from '../testing/test-vgpu.ts';
import type { VgpuConfig } from '../vgpu-config.ts';
import { GGTT_OFFSET, ggttEntry, translateGgtt } from './ggtt.ts';

const OWN = 128 * 0x100000;
const INDEX = OWN / 4096;
const AT = GGTT_OFFSET + INDEX * 8;
/** Guest memory ends here. */
const END_OF_MEMORY = 0x40000000;

const SERVICES: DeviceServices = {
  seesWrites: true,
  mapBar: () => {},
  mapOpRegion: () => {},
  injectMsi: () => {},
  setInterruptLine: () => {},
  protectPage: () => {},
  isBacked: (frame) => frame < END_OF_MEMORY / 4096,
  displayReady: () => {},
};

function guest(change: Partial<VgpuConfig> = {}) {
  const test = testVgpu(change);
  test.vgpu.attachServices(SERVICES);
  const { vgpu, w, faults } = test;
  /** The entry in one access, or in two halves in either order. */
  const put = (how: '8' | 'low, high' | 'high, low', low: number, high = 0) => {
    if (how === '8') vgpu.write('mmio', AT, 8, low, high);
    else if (how === 'low, high') {
      w(AT, low);
      w(AT + 4, high);
    } else {
      w(AT + 4, high);
      w(AT, low);
    }
  };
  const checks = () => faults.splice(0).map(({ check }) => check);
  return { ...test, put, checks };
}

const WAYS = ['8', 'low, high', 'high, low'] as const;

for (const how of WAYS) {
  test(`gvt-facts §5.3: a present entry maps its frame, a cleared one nothing (${how})`, () => {
    const { vgpu, put, checks } = guest();
    put(how, 0x12345001);
    assert.equal(translateGgtt(vgpu.core, OWN + 8), 0x12345008);
    put(how, 0x12345000);
    assert.equal(translateGgtt(vgpu.core, OWN), undefined);
    assert.deepEqual(checks(), []);
  });

  test(`gvt-facts §5.3, §5.5: a frame without guest memory maps scratch, present bit kept (${how})`, () => {
    const { vgpu, r, put, checks } = guest();
    put(how, END_OF_MEMORY | 1);
    assert.deepEqual(checks(), ['frame-unbacked']);
    assert.equal(translateGgtt(vgpu.core, OWN), undefined);
    assert.equal(r(AT), (END_OF_MEMORY | 1) >>> 0, 'the guest sees what it wrote');
    put(how, 0x1001);
    assert.equal(translateGgtt(vgpu.core, OWN), 0x1000, 'the next frame is looked at anew');
    put(how, 1, 0x1);
    assert.deepEqual(checks(), ['frame-unbacked'], 'the upper half counts');
  });

  test(`gvt-facts §5.3: the same entry again is mapped again: the frame has got its memory (${how})`, () => {
    const { vgpu, put, checks } = guest();
    put(how, END_OF_MEMORY | 1);
    vgpu.attachServices({ ...SERVICES, isBacked: () => true });
    put(how, END_OF_MEMORY | 1);
    assert.deepEqual(checks(), ['frame-unbacked']);
    assert.equal(translateGgtt(vgpu.core, OWN), END_OF_MEMORY);
  });
}

test('gvt-facts §5.3: a first half takes what was mapped away until the second one comes', () => {
  for (const first of [0, 4]) {
    const { vgpu, r, w, put } = guest();
    put('8', 0x1001, 0x2);
    w(AT + first, first === 0 ? 0x1001 : 0x2);
    assert.equal(
      translateGgtt(vgpu.core, OWN),
      undefined,
      'the host entry is scratch, not present',
    );
    assert.deepEqual([r(AT), r(AT + 4)], first === 0 ? [0x1001, 0] : [0, 0x2]);
    assert.equal(ggttEntry(vgpu.core, INDEX).partial, true);
  }
});

test('gvt-facts §5.3: a whole entry drops the half that waits', () => {
  const { vgpu, w, put } = guest();
  w(AT + 4, 0x7);
  put('8', 0x3001, 0);
  assert.equal(translateGgtt(vgpu.core, OWN), 0x3000);
  w(AT, 0x4001);
  assert.equal(translateGgtt(vgpu.core, OWN), undefined, 'what comes now is a first half');
});

test('gvt-facts §5.1: bits 11:1 and 63:46 of a GGTT entry map nothing else', () => {
  const { vgpu, put } = guest();
  vgpu.attachServices(undefined);
  put('8', 0x12345fff, 0xffffc002);
  assert.equal(translateGgtt(vgpu.core, OWN), 0x2_1234_5000);
});

test('gvt-facts §5.3: both edges of both slices are owned, their neighbours read 0 and take nothing', () => {
  const { vgpu, r, w, checks } = guest();
  for (const [address, owned] of [
    [128, true],
    [256 - 1 / 256, true],
    [128 - 1 / 256, false],
    [256, false],
    [640, true],
    [1152 - 1 / 256, true],
    [640 - 1 / 256, false],
    [1152, false],
  ].map(([mib, owned]) => [Number(mib) * 0x100000, owned] as const)) {
    const at = GGTT_OFFSET + (address / 4096) * 8;
    w(at, 0x1001);
    w(at + 4, 0);
    assert.equal(r(at), owned ? 0x1001 : 0, address.toString(16));
    const { low, high } = vgpu.read('mmio', at, 8);
    assert.deepEqual([low, high], [owned ? 0x1001 : 0, 0]);
    assert.equal(checks().length, owned ? 0 : 4);
  }
});

test('gvt-facts §5.5: an entry that was never written reads 0', () => {
  const { r, checks } = guest();
  assert.deepEqual([r(AT), r(AT + 4)], [0, 0]);
  assert.deepEqual(checks(), []);
});

test('gvt-facts §5.5: through the aperture half an entry and none have a check each', () => {
  const { vgpu, w, checks } = guest();
  vgpu.read('aperture', OWN, 4);
  w(AT, 0x1001);
  vgpu.read('aperture', OWN, 4);
  vgpu.write('aperture', 0, 4, 1, 0);
  assert.deepEqual(checks(), ['aperture-unmapped', 'ggtt-half-entry', 'aperture-out-of-range']);
});

test('gvt-facts §5.3: a full reset puts own entries back to scratch, halves that wait too', () => {
  const { vgpu, r, w, put } = guest();
  put('8', 0x1001);
  w(AT + 8, 0x2001);
  vgpu.reset();
  vgpu.attachServices(undefined);
  assert.deepEqual([r(AT), r(AT + 8)], [0, 0]);
  w(AT + 12, 0);
  assert.equal(translateGgtt(vgpu.core, OWN + 4096), undefined, 'no half is left to complete');
});
