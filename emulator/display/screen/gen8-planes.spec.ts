import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testCore } from '../../testing/test-core.ts';
import { gen8Planes } from './gen8-planes.ts';

const SCREEN = { x: 0, y: 0, width: 8, height: 4 };

test('Broadwell: the primary plane has the pipe’s size, its stride is in bytes', () => {
  const { core } = testCore([], {}, 'bdw');
  core.registers.set(0x70180, 0x80000000 | (6 << 26) | (1 << 10));
  core.registers.set(0x70188, 0x1000);
  core.registers.set(0x701ac, 0x8000000);
  const [{ plane } = assert.fail()] = gen8Planes(core, 0, SCREEN);
  assert.deepEqual(
    [plane.name, plane.formatName, plane.tiling.name, plane.pitch, plane.target],
    ['primary', 'XRGB8888', 'X', 0x1000, SCREEN],
  );
});

test('Broadwell: the sprite lies on it, with a place of its own', () => {
  const { core } = testCore([], {}, 'bdw');
  core.registers.set(0x70180, 0x80000000 | (12 << 26));
  core.registers.set(0x70280, 0x80000000 | (2 << 25) | (1 << 20) | (1 << 15));
  core.registers.set(0x7028c, (1 << 16) | 2);
  core.registers.set(0x70290, (1 << 16) | 3);
  const [primary, sprite] = gen8Planes(core, 0, SCREEN);
  assert.deepEqual(primary?.remarks, ['primary: XBGR16161616F is not drawn']);
  assert.deepEqual(sprite?.plane.target, { x: 2, y: 1, width: 4, height: 2 });
  assert.equal(sprite?.plane.formatName, 'XBGR8888');
  assert.equal(sprite?.plane.rotation, 180);
});
