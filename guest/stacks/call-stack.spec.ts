import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callStack } from './call-stack.ts';

const KERNEL = 0xc0000000;

/** Frames at dwords of RAM: the caller's frame, and the address to return to. */
function ramWith(frames: Readonly<Record<number, readonly [number, number]>>): Uint32Array {
  const ramWords = new Uint32Array(1 << 12);
  for (const [at, frame] of Object.entries(frames)) ramWords.set(frame, Number(at));
  return ramWords;
}

const address = (word: number) => KERNEL + word * 4;

test('frames are followed from the innermost to the one that has no caller', () => {
  const ramWords = ramWith({
    256: [address(0x110), 0xc1000010],
    272: [address(0x140), 0xf8000020],
    320: [0, 0xc1000030],
  });
  const stack = callStack({ instruction: 0xf8000000, frame: address(0x100), ramWords });
  assert.deepEqual(stack, [0xf8000000, 0xc1000010, 0xf8000020, 0xc1000030]);
});

test('of programs there is none', () => {
  const ramWords = ramWith({ 256: [0, 0xc1000010] });
  assert.deepEqual(callStack({ instruction: 0x08048000, frame: address(0x100), ramWords }), []);
});

test('a chain that is damaged ends', () => {
  const ends = (frames: Readonly<Record<number, readonly [number, number]>>, frame: number) =>
    callStack({ instruction: 0xc1000000, frame, ramWords: ramWith(frames) }).length;
  assert.equal(ends({ 256: [address(0x100), 0xc1000010] }, address(0x100)), 2, 'a circle');
  assert.equal(ends({ 256: [address(0x200), 0x10] }, address(0x100)), 1, 'no code');
  assert.equal(ends({ 256: [0xfffffffc, 0xc1000010] }, address(0x100)), 2, 'far away');
  assert.equal(ends({}, 0xfffffffc), 1, 'no RAM');
  assert.equal(ends({}, 3), 1, 'a program’s frame');
});
