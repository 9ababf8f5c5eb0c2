import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testVgpu } from '../testing/test-vgpu.ts';
import { refreshPeriod } from './refresh-rate.ts';

test('§9 the link rate is that of the port’s own DPLL: 2700, 1350, 810, 1620, 1080 and 2160 MHz', () => {
  const kilohertz = [540_000, 270_000, 162_000, 324_000, 216_000, 432_000];
  kilohertz.forEach((clock, code) => {
    for (const port of [1, 2, 3]) {
      for (const dpll of [0, 1, 2, 3]) {
        const device = testVgpu();
        device.w(0x6c058, (code << (dpll * 6 + 1)) >>> 0);
        device.w(0x6c05c, dpll << (port * 3 + 1));
        // As many pixels as the clock has kHz / 60, of which each takes one symbol.
        device.w(0x60040, 1);
        device.w(0x60044, 1);
        device.w(0x60000, 999 << 16);
        device.w(0x6000c, 999 << 16);
        device.w(0x60400, (0x82000000 | (port << 28)) >>> 0);
        assert.equal(refreshPeriod(device.vgpu.core, 0x60000), Math.round(1e12 / clock), `${code}`);
      }
    }
  });
});
