import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { functionPlace } from './function-place.ts';

describe('the name of a function breakpoint', () => {
  test('is a register, which any access stops at, or a command', () => {
    const place = functionPlace('RCS0.ELSP');
    assert.deepEqual(place, { kind: 'name', pattern: 'RCS0.ELSP' });
  });

  test('may begin with the kind of access', () => {
    const write = functionPlace('write RING_*');
    assert.deepEqual(write, { kind: 'register', pattern: 'RING_*', access: 'write' });
    const read = functionPlace(' Read 0x44200 ');
    assert.deepEqual(read, { kind: 'register', pattern: '0x44200', access: 'read' });
  });

  test('is not cut where a register only begins like that', () => {
    const place = functionPlace('WRITE_WATERMARK');
    assert.deepEqual(place, { kind: 'name', pattern: 'WRITE_WATERMARK' });
  });

  test('is an interrupt where it says so', () => {
    const place = functionPlace('interrupt: RCS0 user interrupt ');
    assert.deepEqual(place, { kind: 'interrupt', pattern: 'RCS0 user interrupt' });
    const dropped = functionPlace('dropped:*vblank');
    assert.deepEqual(dropped, { kind: 'interrupt', pattern: '*vblank', dropped: true });
    assert.deepEqual(functionPlace('msi'), { kind: 'interrupt', pattern: 'MSI' });
  });
});
