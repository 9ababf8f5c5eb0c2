import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { functionPlace } from './function-place.ts';

describe('the name of a function breakpoint', () => {
  test('is a register, which any access stops at', () => {
    const place = functionPlace('RCS0.ELSP');
    assert.deepEqual(place, { kind: 'register', pattern: 'RCS0.ELSP', access: 'readWrite' });
  });

  test('may begin with the kind of access', () => {
    const write = functionPlace('write RING_*');
    assert.deepEqual(write, { kind: 'register', pattern: 'RING_*', access: 'write' });
    const read = functionPlace(' Read 0x44200 ');
    assert.deepEqual(read, { kind: 'register', pattern: '0x44200', access: 'read' });
  });

  test('is not cut where a register only begins like that', () => {
    assert.deepEqual(functionPlace('WRITE_WATERMARK'), {
      kind: 'register',
      pattern: 'WRITE_WATERMARK',
      access: 'readWrite',
    });
  });
});
