import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RegisterMap } from '../mmio/register-map.ts';
import { SKYLAKE_GOLDEN_STATE } from './firmware-state.ts';
import { SKYLAKE_GT2_FUSES } from './fuses.ts';
import { skylake } from './index.ts';
import { withPowerOnValues } from './power-on-values.ts';

const map = new RegisterMap(skylake);

/** The part of a register's reset value that a field holds. */
function resetField(registerName: string, fieldName: string): number {
  const row = map.named(registerName)?.row;
  const field = row?.fields?.find(({ name }) => name === fieldName);
  assert.ok(row && field, `${registerName}.${fieldName}`);
  const value = row.reset?.value ?? 0;
  return Math.floor(value / 2 ** field.low) % 2 ** (field.high - field.low + 1);
}

test('fuses and golden state reach the registers they name', () => {
  for (const { offset, value } of [...SKYLAKE_GT2_FUSES, ...SKYLAKE_GOLDEN_STATE]) {
    assert.equal(map.at(offset)?.row.reset?.value, value, offset.toString(16));
  }
});

test('a power-on value without a register is a wrong table', () => {
  const value = { offset: 0x1ffffc, value: 1, source: 'nowhere' };
  assert.throws(() => withPowerOnValues(skylake.blocks, [value]), /No register is at 0x1ffffc/);
});

test('the fuses describe a GT2 part: one slice, three of four subslices', () => {
  assert.equal(resetField('GEN8_FUSE2', 'sliceEnable'), 0b001);
  assert.equal(resetField('GEN8_FUSE2', 'subsliceDisable'), 0b1000);
  assert.ok(
    resetField('GEN6_RP_STATE_CAP', 'rp0') > resetField('GEN6_RP_STATE_CAP', 'rp1') &&
      resetField('GEN6_RP_STATE_CAP', 'rp1') > resetField('GEN6_RP_STATE_CAP', 'rpn'),
  );
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
