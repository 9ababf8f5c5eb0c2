import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromaOf } from './chroma.ts';
import { areaAddress, BltGuest, corner } from './testing/blt-guest.ts';

test('modes without bit 0 do nothing', () => {
  assert.deepEqual(
    [0, 2, 4, 6].map((mode) => chromaOf(mode, 3, 0, 0)),
    [undefined, undefined, undefined, undefined],
  );
});

test('the range is of each component by itself; alpha counts in modes 3 and 5', () => {
  const [low, high] = [0x00102030, 0x00203040];
  const source = chromaOf(1, 3, low, high);
  assert.deepEqual(
    [0x182838, 0x182841, 0xff182838].map((value) => source?.writes(value)),
    [false, true, false],
  );
  assert.equal(chromaOf(3, 3, low, high)?.writes(0xff182838), true);
  assert.equal(chromaOf(7, 3, low, high)?.writes(0xff182838), true);
  assert.equal(chromaOf(5, 3, low, high)?.writes(0xff182838), false);
});

test('5-6-5 and 1-5-5-5 have their own components', () => {
  const exact = (depth: number, value: number, probe: number) =>
    chromaOf(7, depth, value, value)?.writes(probe);
  assert.deepEqual([exact(1, 0xf81f, 0xf81f), exact(1, 0xf81f, 0xf83f)], [true, false]);
  assert.deepEqual([exact(2, 0x7c1f, 0xfc1f), exact(2, 0x7c1f, 0x7c3f)], [true, false]);
});

/** Pixels of 32 bits at 0x1000 go to 0. */
function copied(mode: number, ...colours: [number, number]): number[] {
  const bytes = new Uint8Array(32 * 4096);
  bytes.set(new Uint8Array(Uint32Array.of(1, 2, 3, 4).buffer), 0x1000);
  bytes.set(new Uint8Array(Uint32Array.of(0x55, 0x66, 0x77, 0x88).buffer), 0);
  const guest = new BltGuest(bytes);
  const header = 0x5cc0000a | (3 << 20) | (mode << 17);
  guest.blit(
    ...[header, 0x03cc0040, 0, corner(4, 1), ...areaAddress()],
    ...[0, 0x40, ...areaAddress(0x1000), ...colours],
  );
  assert.deepEqual(guest.faults, []);
  return Array.from(new Uint32Array(guest.area().slice(0, 16).buffer));
}

test('XY_SRC_COPY_CHROMA_BLT leaves out what is in the range of the source', () => {
  assert.deepEqual(copied(1, 2, 3), [1, 0x66, 0x77, 4]);
});

test('XY_SRC_COPY_CHROMA_BLT draws where the destination is in the range', () => {
  assert.deepEqual(copied(7, 0x66, 0x77), [0x55, 2, 3, 0x88]);
});

test('XY_PAT_CHROMA_BLT looks at the pattern, from memory or immediate', () => {
  const bytes = new Uint8Array(32 * 4096);
  bytes.set([7, 8, 9, 7], 0x1000);
  const guest = new BltGuest(bytes);
  const draw = [0x00f00040, 0, corner(4, 1), ...areaAddress()];
  guest.blit(0x5d800008 | (1 << 17), ...draw, ...areaAddress(0x1000), 8, 8);
  assert.deepEqual([...guest.area().subarray(0, 4)], [7, 0, 9, 7]);
  const data = new Array<number>(16).fill(0x05060708);
  guest.blit(0x5dc00016 | (1 << 17), ...draw, 5, 6, ...data);
  assert.deepEqual([...guest.area().subarray(0, 4)], [8, 7, 9, 7]);
});
