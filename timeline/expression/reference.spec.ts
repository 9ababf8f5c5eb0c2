import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sampleDirectory } from '../patterns/testing/directory.ts';
import { join, split } from './context.ts';
import { compileExpression } from './expression.ts';
import {
  dataTargetOf,
  mergeInto,
  type Reference,
  readReference,
  valueProblem,
} from './reference.ts';
import { stateOf } from './testing/state.ts';

const STATE = stateOf({ 'mmio 2030': 0x40n });

function referenceOf(text: string): Reference {
  const compiled = compileExpression(text, sampleDirectory);
  assert.ok(compiled.ok);
  const reference = compiled.reference(STATE);
  assert.ok(reference && 'name' in reference, `${text} is no place`);
  return reference;
}

test('what a data breakpoint watches is the place that an expression names', () => {
  assert.deepEqual(dataTargetOf(referenceOf('rcs0.ring_tail')), {
    space: 'mmio',
    address: 0x2030,
    size: 4,
  });
  assert.deepEqual(dataTargetOf(referenceOf('RCS0.RING_CTL.enable')), {
    space: 'mmio',
    address: 0x203c,
    size: 4,
    bits: { low: 0, high: 0 },
  });
  assert.deepEqual(dataTargetOf(referenceOf('ggtt[0x1abc]')), {
    space: 'ggtt',
    address: 0x1000,
    size: 8,
  });
  assert.deepEqual(dataTargetOf(referenceOf('mem16[0x1002][7:4]')), {
    space: 'memory',
    address: 0x1002,
    size: 2,
    bits: { low: 4, high: 7 },
  });
  assert.equal(dataTargetOf(referenceOf('gm32[0x1000]')), undefined);
});

test('the address may depend on the state', () => {
  assert.equal(referenceOf('mem32[RCS0.RING_TAIL + 4]').address, 0x44);
});

test('a place has the name that the tables write', () => {
  assert.equal(referenceOf('rcs0.ring_ctl.ENABLE').name, 'RCS0.RING_CTL.enable');
  assert.equal(referenceOf('plane_wm_1_a[2]').name, 'PLANE_WM_1_A[2]');
  assert.equal(referenceOf('RCS0.RING_TAIL[7:4]').name, 'RCS0.RING_TAIL[7:4]');
});

test('a sum is no place', () => {
  const compiled = compileExpression('RCS0.RING_TAIL + 1', sampleDirectory);
  assert.ok(compiled.ok);
  assert.equal(compiled.reference(STATE), undefined);
});

test('what is put into a field is read back from it, and its neighbours stay', () => {
  const texts = ['RCS0.RING_CTL.enable', 'RCS0.RING_TAIL[20:3]', 'mem64[0][63:60]', 'mem8[0]'];
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.bigInt(0n, 2n ** 64n - 1n),
      fc.bigInt(0n, 15n),
      (text, before, value) => {
        const reference = referenceOf(text);
        const previous = split(BigInt.asUintN(reference.size * 8, before));
        fc.pre(valueProblem(reference, split(value)) === undefined);
        const next = mergeInto(reference, previous, split(value));
        const state = stateOf({
          [`${reference.space} ${reference.address.toString(16)}`]: join(next),
        });
        const back = readReference(reference, state);
        assert.equal(back.kind === 'number' ? back.value : undefined, value);
        const { low, high } = reference.bits ?? { low: 0, high: reference.size * 8 - 1 };
        const mask = ((1n << BigInt(high - low + 1)) - 1n) << BigInt(low);
        assert.equal(join(next) & ~mask, join(previous) & ~mask);
      },
    ),
  );
});

test('values that lose bits are refused with a sentence', () => {
  assert.match(valueProblem(referenceOf('RCS0.RING_CTL.enable'), split(2n)) ?? '', /has 1 bit:/);
  assert.match(valueProblem(referenceOf('ggtt[0].frame'), split(0x1800n)) ?? '', /steps of 0x1000/);
  assert.equal(valueProblem(referenceOf('ggtt[0].frame'), split(0x5000n)), undefined);
});
