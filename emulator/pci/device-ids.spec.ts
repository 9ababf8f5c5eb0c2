import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tablesOf } from '../platforms.ts';
import { DEVICE_IDS, deviceRow, hasSecondVideoEngine } from './device-ids.ts';

test('§1.1: ids say platform and GT level', () => {
  assert.equal(deviceRow(0x1912)?.gt, 'GT2');
  assert.equal(deviceRow(0x1912)?.platform, 'skl');
  assert.equal(deviceRow(0x1917)?.gt, 'GT1.5');
  assert.equal(deviceRow(0x162e)?.gt, 'GT3');
  assert.equal(deviceRow(0x163e)?.gt, 'reserved');
  assert.equal(deviceRow(0x5a85)?.platform, 'bxt');
  assert.equal(deviceRow(0x0042), undefined);
});

test('no id stands in two rows', () => {
  const ids = DEVICE_IDS.flatMap((row) => row.ids);
  assert.equal(new Set(ids).size, ids.length);
});

test('§1.1: VCS1 exists on GT3 and GT4 only', () => {
  for (const { platform, ids } of DEVICE_IDS) {
    if (platform !== 'skl') continue;
    for (const id of ids) {
      const engines = tablesOf('skl', id).engines.map(({ name }) => name);
      assert.equal(engines.includes('VCS1'), hasSecondVideoEngine(id), id.toString(16));
    }
  }
});
