import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { ProgressBar, withBar } from './progress-bar.ts';

function drawn(isWatched: boolean, use: (bar: ProgressBar, tick: (ms: number) => void) => void) {
  let now = 0;
  let text = '';
  const terminal = {
    input: Readable.from([]),
    out: async (more: string) => {
      text += more;
      return true;
    },
    err: (more: string) => {
      text += more;
    },
    isWatched,
    showsResults: true,
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

test('what is written meanwhile takes the bar away before it', () => {
  const text = drawn(true, (bar, tick) => {
    bar.show(0, 'a');
    void bar.terminal.out('result\n');
    bar.terminal.err('message\n');
    bar.show(0, 'too soon');
    tick(200);
    bar.show(0, 'b');
    bar.terminal.err('message\n');
  });
  const bar = '░'.repeat(24);
  const erase = '\r\x1b[K';
  assert.equal(text, `${erase}${bar} a${erase}result\nmessage\n${erase}${bar} b${erase}message\n`);
});

test('it goes away when its work fails', async () => {
  let text = '';
  const err = (more: string) => {
    text += more;
  };
  const streams = { input: Readable.from([]), out: async () => true, err };
  const terminal = { ...streams, isWatched: true, showsResults: false, hasColours: false };
  const work = withBar(terminal, async (bar) => {
    bar.show(0, 'a');
    throw new Error('no');
  });
  await assert.rejects(work, /no/);
  assert.ok(text.endsWith('\r\x1b[K'));
});

test('where nobody watches there is no bar', () => {
  assert.equal(
    drawn(false, (bar) => bar.show(0.5, 'half')),
    '',
  );
});
