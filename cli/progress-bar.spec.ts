import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { ProgressBar } from './progress-bar.ts';

function drawn(isWatched: boolean, use: (bar: ProgressBar, tick: (ms: number) => void) => void) {
  let now = 0;
  let text = '';
  const terminal = {
    input: Readable.from([]),
    out: async () => true,
    err: (more: string) => {
      text += more;
    },
    isWatched,
    hasColours: false,
  };
  use(new ProgressBar(terminal, () => now), (ms) => {
    now += ms;
  });
  return text;
}

test('a bar is drawn over itself, not too often, and goes away', () => {
  const text = drawn(true, (bar, tick) => {
    bar.show(0.5, 'half');
    bar.show(0.6, 'too soon');
    tick(200);
    bar.show(1, 'x'.repeat(100));
    bar.clear();
    bar.clear();
  });
  const [, first = '', second = '', end = '', ...more] = text.split('\r\x1b[K');
  assert.equal(first, `${'█'.repeat(12)}${'░'.repeat(12)} half`);
  assert.equal(second.length, 24 + 1 + 44);
  assert.deepEqual([end, more], ['', []]);
});

test('where nobody watches there is no bar', () => {
  assert.equal(
    drawn(false, (bar) => bar.show(0.5, 'half')),
    '',
  );
});
