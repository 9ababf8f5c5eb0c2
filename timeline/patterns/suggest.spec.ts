import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeNames, didYouMean } from './suggest.ts';

test('a typing mistake for every three letters is forgiven, two letters swapped being one', () => {
  assert.deepEqual(closeNames('rign', ['ring', 'page']), ['ring']);
  assert.deepEqual(closeNames('igrn', ['ring']), []);
  assert.deepEqual(closeNames('RING_TIAL', ['RCS0.RING_TAIL', 'RCS0.ELSP']), ['RCS0.RING_TAIL']);
  assert.deepEqual(closeNames('abdcfe', ['abcdef']), ['abcdef']);
  assert.deepEqual(closeNames('abdcfegh', ['abcdefgi']), []);
});

test('what is a part of a name is found, and the best comes first', () => {
  assert.deepEqual(closeNames('tail', ['RCS0.RING_TAIL', 'VCS0.TAIL', 'HEAD']), [
    'VCS0.TAIL',
    'RCS0.RING_TAIL',
  ]);
  assert.equal(didYouMean('tial', ['tail', 'trial']), ' Did you mean tail or trial?');
  assert.equal(didYouMean('', ['tail']), '');
});
