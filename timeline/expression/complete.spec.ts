import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sampleDirectory } from '../patterns/testing/directory.ts';
import { complete } from './complete.ts';

/** Completes at the `|`. */
function labels(marked: string): readonly string[] {
  const column = marked.indexOf('|');
  return complete(marked.replace('|', ''), column, sampleDirectory).map((each) => each.label);
}

test("an engine's registers follow its dot", () => {
  assert.deepEqual(labels('RCS0.RING_T|'), ['RCS0.RING_TAIL']);
  assert.deepEqual(labels('1 + rcs0.el|sp'), ['RCS0.ELSP']);
});

test("a register's fields follow its dot", () => {
  assert.deepEqual(labels('RCS0.RING_CTL.|'), [
    'RCS0.RING_CTL.enable',
    'RCS0.RING_CTL.bufferLength',
  ]);
});

test('part of a name finds it on every engine', () => {
  assert.deepEqual(labels('TAIL|'), ['RCS0.RING_TAIL', 'BCS0.RING_TAIL']);
});

test('variables, spaces and functions are offered too, and configuration registers after config.', () => {
  assert.deepEqual(labels('val|').slice(0, 1), ['value']);
  assert.ok(labels('|').includes('ggtt'));
  assert.ok(labels('cha|').includes('changed'));
  assert.deepEqual(labels('config.COMM|'), ['config.COMMAND']);
});

test('nothing is offered in text, but in the braces of a log message', () => {
  assert.deepEqual(labels('log("va|'), []);
  assert.deepEqual(labels('log("x {val|'), ['value']);
});

test('the range covers the word that is replaced', () => {
  const [first] = complete('1 + RCS0.RING_T', 15, sampleDirectory);
  assert.deepEqual([first?.start, first?.length], [4, 11]);
});

test('any text can be completed at any place', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(40), (text, column) => {
      for (const each of complete(text, column, sampleDirectory)) {
        assert.ok(each.start >= 0 && each.start <= text.length);
      }
    }),
  );
});
