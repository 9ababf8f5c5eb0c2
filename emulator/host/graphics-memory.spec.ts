import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_PARTITION, partitionProblem } from '../partition.ts';
import {
  available,
  type Holding,
  instancesLeft,
  partitionOf,
  takeMemory,
} from './graphics-memory.ts';
import { isProblem } from './host-problem.ts';
import { typeDescription, typeName, VGPU_TYPES } from './vgpu-types.ts';

const MIB = 0x100000;
const SMALL = { aperture: 256 * MIB, total: 4096 * MIB };
const LARGE = { aperture: 1024 * MIB, total: 4096 * MIB };

function take(layout: typeof SMALL, holdings: Holding[], instances: number): Holding | string {
  const type = VGPU_TYPES.find((row) => row.instances === instances);
  assert.ok(type);
  const result = takeMemory(layout, holdings, holdings.length + 1, type);
  if (isProblem(result)) return result.problem;
  holdings.push(result);
  return result;
}

test('§4.2: the four types', () => {
  assert.deepEqual(
    VGPU_TYPES.map((row) => [
      typeName('skl', row),
      row.low / MIB,
      row.high / MIB,
      row.fences,
      row.weight,
      `${row.width}×${row.height}`,
    ]),
    [
      ['i915-GVTg_V5_8', 64, 384, 4, 2, '1024×768'],
      ['i915-GVTg_V5_4', 128, 512, 4, 4, '1920×1200'],
      ['i915-GVTg_V5_2', 256, 1024, 4, 8, '1920×1200'],
      ['i915-GVTg_V5_1', 512, 2048, 4, 16, '1920×1200'],
    ],
  );
  const [first] = VGPU_TYPES;
  assert.ok(first);
  assert.equal(typeName('bdw', first), 'i915-GVTg_V4_8');
  assert.equal(
    typeDescription(first),
    'low_gm_size: 64MB\nhigh_gm_size: 384MB\nfence: 4\nresolution: 1024x768\nweight: 2\n',
  );
});

test('§4.1: the host keeps 128 MiB low, 384 MiB high and 4 fences', () => {
  const holdings: Holding[] = [];
  const first = take(SMALL, holdings, 4);
  assert.ok(typeof first === 'object');
  assert.deepEqual(partitionOf(first), DEFAULT_PARTITION);
  assert.deepEqual(first.fences, [4, 5, 6, 7], '§4.3: host fences, by its own list');
});

test('§4.2: a type is offered while low memory is enough', () => {
  const [eight, four, two] = VGPU_TYPES;
  assert.ok(eight && four && two);
  assert.equal(instancesLeft(SMALL, [], eight), 2);
  assert.equal(instancesLeft(SMALL, [], four), 1);
  assert.equal(instancesLeft(SMALL, [], two), 0);
});

test('§12.1: the error says which memory ran out', () => {
  const holdings: Holding[] = [];
  assert.match(String(take(SMALL, holdings, 2)), /no 256 MiB of mappable \(low\)/);
  const low = { aperture: 1024 * MIB, total: 2048 * MIB };
  take(low, holdings, 4);
  assert.match(String(take(low, holdings, 2)), /no 1024 MiB of hidden \(high\)/);
  const fenceless = takeMemory(LARGE, [], 1, { low: MIB, high: MIB, fences: 29 });
  assert.ok(isProblem(fenceless));
  assert.match(fenceless.problem, /no 29 free fences/);
});

test('§4.3: what one gives back the next one can have', () => {
  const holdings: Holding[] = [];
  take(LARGE, holdings, 8);
  take(LARGE, holdings, 8);
  const [gone] = holdings.splice(0, 1);
  assert.deepEqual(take(LARGE, holdings, 8), { ...gone, id: 2 });
});

test('slices never overlap, and guests accept each of them (§4.5)', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(8, 4, 2, 1), { maxLength: 7 }), (wanted) => {
      const holdings: Holding[] = [];
      for (const instances of wanted) take(LARGE, holdings, instances);
      const ranges = holdings.flatMap(({ low, high }) => [low, high]);
      ranges.push({ base: 0, size: 128 * MIB }, { base: 1024 * MIB, size: 384 * MIB });
      ranges.sort((a, b) => a.base - b.base);
      ranges.forEach((range, at) => {
        const next = ranges[at + 1];
        assert.ok(next === undefined || range.base + range.size <= next.base);
      });
      for (const each of holdings) {
        assert.equal(partitionProblem(partitionOf(each), LARGE.aperture, LARGE.total), undefined);
      }
      const left = available(LARGE, holdings);
      assert.ok(left.low >= 0 && left.high >= 0 && left.fences >= 0);
    }),
  );
});
