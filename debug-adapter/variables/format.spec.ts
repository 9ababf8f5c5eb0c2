import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FieldView, RegisterView } from '../../timeline/index.ts';
import { formatField, formatRegister, formatValue } from './format.ts';

const enable: FieldView = { name: 'enable', low: 0, high: 0, value: 1 };
const mode: FieldView = { name: 'mode', low: 4, high: 5, value: 2, meaning: 'fast' };
const length: FieldView = { name: 'length', low: 12, high: 20, value: 31 };
const idle: FieldView = { name: 'idle', low: 9, high: 9, value: 0 };
const parked: FieldView = { name: 'parked', low: 10, high: 10, value: 0, meaning: 'no' };
const plain = { hex: false };

describe('the text of a value', () => {
  test('of a register names the fields that are not zero', () => {
    const register: RegisterView = {
      name: 'X',
      offset: 0,
      size: 4,
      value: { low: 0x1f021, high: 0, known: true },
      access: 'rw',
      fields: [enable, mode, idle, parked, length],
    };
    assert.equal(formatRegister(register, plain), '0x0001f021 enable mode=fast length=0x1f');
  });

  test('that nobody knows is no number', () => {
    assert.equal(formatValue({ low: 0, high: 0, known: false }, 4), 'unknown');
  });

  test('of eight bytes has sixteen digits', () => {
    assert.equal(formatValue({ low: 1, high: 0xff, known: true }, 8), '0x000000ff00000001');
  });

  test('of a field has its name, and hex where the client wants it', () => {
    assert.equal(formatField(mode, plain), '2 (fast)');
    assert.equal(formatField(mode, { hex: true }), '0x2 (fast)');
    assert.equal(formatField(enable, plain), '1');
  });
});
