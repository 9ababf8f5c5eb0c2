import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PLATFORMS, tablesOf } from '../platforms.ts';
import { DEVICE_IDS, deviceRow } from './device-ids.ts';

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

test('§1.1: every id has tables of its GT level; VCS1 exists on GT3 and GT4 only', () => {
  for (const { platform, gt, ids } of DEVICE_IDS) {
    if (platform === 'bxt') continue;
    for (const id of ids) {
      const { title, engines } = tablesOf(platform, id);
      assert.equal(title, `${PLATFORMS[platform].title} ${gt}`);
      const second = engines.some(({ name }) => name === 'VCS1');
      assert.equal(second, gt === 'GT3' || gt === 'GT4', id.toString(16));
    }
  }
});

test('the usual part of each platform has its ids, and an id of another platform changes nothing', () => {
  for (const [platform, { usual }] of Object.entries(PLATFORMS)) {
    assert.equal(deviceRow(usual.deviceId)?.platform, platform);
    assert.equal(deviceRow(usual.deviceId)?.gt, 'GT2');
  }
  assert.equal(tablesOf('skl', 0x162e), tablesOf('skl'));
});
