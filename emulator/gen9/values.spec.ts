import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BROADWELL_FUSES, BROADWELL_GOLDEN_STATE } from '../gen8/power-on.ts';
import { withPowerOnValues } from '../mmio/power-on-values.ts';
import { RegisterMap } from '../mmio/register-map.ts';
import { tablesOf } from '../platforms.ts';
import { KABY_LAKE_FUSES, SKYLAKE_FUSES } from './fuses.ts';
import { GEN9_GOLDEN_STATE } from './golden-state.ts';

const skylake = tablesOf('skl');
const map = new RegisterMap(skylake);

/** The part of a register's reset value that a field holds. */
function resetField(registerName: string, fieldName: string, of: RegisterMap = map): number {
  const row = of.named(registerName)?.row;
  const field = row?.fields?.find(({ name }) => name === fieldName);
  assert.ok(row && field, `${registerName}.${fieldName}`);
  const value = row.reset?.value ?? 0;
  return Math.floor(value / 2 ** field.low) % 2 ** (field.high - field.low + 1);
}

test('fuses and golden state reach the registers they name', () => {
  for (const [platform, values] of [
    ['bdw', [...BROADWELL_FUSES, ...BROADWELL_GOLDEN_STATE]],
    ['skl', [...SKYLAKE_FUSES, ...GEN9_GOLDEN_STATE]],
    ['kbl', [...KABY_LAKE_FUSES, ...GEN9_GOLDEN_STATE]],
  ] as const) {
    const registers = new RegisterMap(tablesOf(platform));
    for (const { offset, value } of values) {
      assert.equal(registers.at(offset)?.row.reset?.value, value, offset.toString(16));
    }
  }
});

test('a power-on value without a register of the platform is a wrong table', () => {
  const at = (offset: number) => [{ offset, value: 1, source: 'nowhere' }];
  const { blocks } = skylake;
  assert.throws(() => withPowerOnValues('skl', blocks, at(0x1ffffc)), /No register is at 0x1ffffc/);
  assert.throws(() => withPowerOnValues('bdw', blocks, at(0x46010)), /No register is at 0x46010/);
});

/** Execution units of a part, counted from its fuses as i915 does it (intel_sseu.c). */
function executionUnits(of: RegisterMap, most: number): number {
  const slices = resetField('GEN8_FUSE2', 'sliceEnable', of);
  const absent = resetField('GEN8_FUSE2', 'subsliceDisable', of);
  const words = [0x9134, 0x9138, 0x913c].map((at) => of.at(at)?.row.reset?.value ?? 0);
  let units = 0;
  for (let slice = 0; slice < 3; slice++) {
    for (let subslice = 0; subslice < most; subslice++) {
      if ((slices & (1 << slice)) === 0 || (absent & (1 << subslice)) !== 0) continue;
      const first = (most === 3 ? slice * 24 : slice * 32) + subslice * 8;
      for (let unit = first; unit < first + 8; unit++) {
        const off = ((words[unit >>> 5] ?? 0) >>> (unit & 31)) & 1;
        units += 1 - off;
      }
    }
  }
  return units;
}

test('fuses give each GT level the execution units that its parts have', () => {
  const UNITS = [
    [0x1602, 3, 12],
    [0x1616, 3, 24],
    [0x1626, 3, 48],
    [0x1636, 3, 24],
    [0x1902, 4, 12],
    [0x1913, 4, 18],
    [0x1912, 4, 24],
    [0x1926, 4, 48],
    [0x193b, 4, 72],
    [0x5902, 4, 12],
    [0x5912, 4, 24],
    [0x5926, 4, 48],
    [0x593b, 4, 72],
  ] as const;
  for (const [id, most, units] of UNITS) {
    const platform = most === 3 ? 'bdw' : id < 0x5000 ? 'skl' : 'kbl';
    const registers = new RegisterMap(tablesOf(platform, id));
    assert.equal(executionUnits(registers, most), units, id.toString(16));
  }
});

test('frequencies of each platform go from lowest to highest', () => {
  for (const platform of ['bdw', 'skl', 'kbl'] as const) {
    const registers = new RegisterMap(tablesOf(platform));
    const [rp0 = 0, rp1 = 0, rpn = 0] = ['rp0', 'rp1', 'rpn'].map((field) =>
      resetField('GEN6_RP_STATE_CAP', field, registers),
    );
    assert.ok(rp0 > rp1 && rp1 >= rpn && rpn > 0, platform);
  }
});

test('at power-on Broadwell’s LCPLL runs, and is locked', () => {
  const registers = new RegisterMap(tablesOf('bdw'));
  assert.equal(resetField('LCPLL_CTL', 'pllDisable', registers), 0);
  assert.equal(resetField('LCPLL_CTL', 'pllLock', registers), 1);
});

test('at power-on the display clock is consistent: DPLL0 on, locked, 1620 MHz, 337.5 MHz', () => {
  assert.equal(resetField('LCPLL1_CTL', 'enable'), 1);
  assert.equal(resetField('LCPLL1_CTL', 'lock'), 1);
  assert.equal(resetField('DPLL_STATUS', 'dpll0Lock'), 1);
  assert.equal(resetField('DPLL_STATUS', 'dpll1Lock'), 0);
  assert.equal(resetField('DPLL_CTRL1', 'dpll0LinkRate'), 3);
  assert.equal(resetField('CDCLK_CTL', 'frequencySelect'), 2);
  assert.equal(resetField('CDCLK_CTL', 'frequencyDecimal'), (337.5 - 1) * 2);
});

test('engines are idle, with no context status and all interrupts masked', () => {
  for (const { name } of skylake.engines) {
    assert.equal(resetField(`${name}.RING_MI_MODE`, 'ringsIdle'), 1);
    assert.equal(resetField(`${name}.RING_CONTEXT_STATUS_PTR`, 'writePointer'), 7);
    assert.equal(map.named(`${name}.RING_IMR`)?.row.reset?.value, 0xffffffff);
  }
});

test('nothing that depends on the monitor is in the reset values', () => {
  for (const offset of [0x60030, 0x60400, 0x64300, 0xc4000, 0xc2014, 0x70008, 0x70180]) {
    assert.equal(map.at(offset)?.row.reset?.value ?? 0, 0, offset.toString(16));
  }
});
