import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AdapterError } from './errors.ts';
import { bytesInside, formatMemoryReference, parseMemoryReference } from './memory-reference.ts';

describe('a memory reference', () => {
  test('names a space and an address', () => {
    const place = { space: 'ggtt', address: 0x4000000 } as const;
    assert.equal(formatMemoryReference(place), 'ggtt:0x4000000');
    assert.deepEqual(parseMemoryReference('ggtt:0x4000000'), place);
  });

  test('without a space is an offset in BAR0', () => {
    assert.deepEqual(parseMemoryReference('0x2030'), { space: 'mmio', address: 0x2030 });
    assert.deepEqual(parseMemoryReference(' 8240 '), { space: 'mmio', address: 0x2030 });
  });

  test('of another form is refused with the forms there are', () => {
    for (const text of ['', 'RING_TAIL', 'disk:0x0', 'mmio:', 'mmio:-1', 'mmio:0x1000000000000']) {
      assert.throws(
        () => parseMemoryReference(text),
        (error: unknown) => {
          assert.ok(error instanceof AdapterError);
          return /such as mmio:0x2030/.test(error.message);
        },
      );
    }
  });

  test('reaches as far as its space', () => {
    assert.equal(bytesInside({ space: 'config', address: 0xf0 }, 32), 16);
    assert.equal(bytesInside({ space: 'mmio', address: 0x1000000 }, 4), 0);
    assert.equal(bytesInside({ space: 'memory', address: 0 }, 4096), 4096);
  });
});
