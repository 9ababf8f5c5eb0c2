import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formatDataId, parseDataId } from './data-id.ts';

describe('a data id', () => {
  test('names register, field and page-table entry readably', () => {
    assert.equal(formatDataId({ space: 'mmio', address: 0x2030, size: 4 }), 'mmio:0x2030+4');
    const bits = { low: 12, high: 20 };
    assert.equal(
      formatDataId({ space: 'mmio', address: 0x203c, size: 4, bits }),
      'mmio:0x203c+4[20:12]',
    );
    assert.equal(formatDataId({ space: 'ggtt', address: 0x1000, size: 8 }), 'ggtt:0x1000+8');
  });

  test('means in a later session what it meant in the one that made it', () => {
    const target = fc.record(
      {
        space: fc.constantFrom(
          'mmio' as const,
          'config' as const,
          'ggtt' as const,
          'memory' as const,
        ),
        address: fc.nat(0xffff_ffff),
        size: fc.integer({ min: 1, max: 4096 }),
      },
      { noNullPrototype: true },
    );
    const bits = fc
      .tuple(fc.nat(63), fc.nat(63))
      .map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));
    fc.assert(
      fc.property(target, fc.option(bits), (plain, some) => {
        const whole = some === null ? plain : { ...plain, bits: some };
        assert.deepEqual(parseDataId(formatDataId(whole)), whole);
      }),
    );
  });

  test('of any other text is none', () => {
    const wrong = ['', 'x', 'mmio:2030+4', 'mmio:0x2030', 'mmio:0x2030+0', 'io:0x1+4'];
    wrong.push('mmio:0x2030+4[0:5]', 'mmio:0x2030+4[64:0]', 'mmio:0x2030+99999999');
    for (const text of wrong) assert.equal(parseDataId(text), undefined, text);
  });
});
