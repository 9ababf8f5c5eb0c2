import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from '../golden-state/crc32.ts';
import { openTrace } from '../index.ts';
import { countLines, fieldTest, openField } from '../testing/field-traces.ts';
import { openText, sample } from '../testing/read.ts';
import { decodeUtf8 } from '../text/utf8.ts';

fieldTest('mmio_diff: a row for each register that differs', async () => {
  const name = 'gvt/skl_l2mmt.mmio_diff.txt';
  const { snapshot, diagnostics, format } = await openField(name);
  assert.equal(format?.id, 'mmio-diff');
  assert.deepEqual(diagnostics, []);
  const registers = snapshot?.registers ?? [];
  assert.equal(registers.length, countLines(name, /^[0-9a-f]{8} [0-9a-f]{8} [0-9a-f]{8} /));
  assert.equal(registers.length, 92);
  const [first] = registers;
  assert.deepEqual([first?.offset, first?.host?.low, first?.value.low], [0x2030, 0x2a0, 0xd8]);
  assert.deepEqual(
    snapshot?.facts.map(({ key, value }) => [key, value]),
    [
      ['registers compared', '71395'],
      ['registers that differ', '92'],
    ],
  );
});

test('gvt-facts §12.6: mmio_diff: bits that are not the difference, missing rows and other lines are reported', async () => {
  const { snapshot, diagnostics } = await openText(
    [
      'Offset   HW       vGPU     Diff    ',
      '00002030 000002a0 000000d8 3-6,9',
      '00002034 000002a0 000000d8 3-6',
      'something else',
      'Total: 71395, Diff: 3',
      '',
    ].join('\n'),
  );
  assert.equal(snapshot?.registers.length, 2);
  assert.deepEqual(
    diagnostics.map(({ line, severity }) => [line, severity]),
    [
      [3, 'warning'],
      [4, 'error'],
      [5, 'warning'],
    ],
  );
});

fieldTest('intel_reg dump: a register for each line, with what it means', async () => {
  const name = 'linux64/skl_native.intel_reg_dump.txt';
  const { snapshot, diagnostics, format } = await openField(name);
  assert.equal(format?.id, 'intel-reg');
  assert.deepEqual(diagnostics, []);
  assert.equal(snapshot?.registers.length, countLines(name, /./));
  const total = snapshot?.registers.find(({ name: register }) => register === 'TRANS_HTOTAL_EDP');
  assert.deepEqual([total?.offset, total?.value.low], [0x6f000, 0]);
  const meaning = snapshot?.facts.find(({ key }) => key === 'TRANS_HTOTAL_EDP');
  assert.equal(meaning?.value, '1 active, 1 total');
});

fieldTest('lspci: the GPU with its ids, BARs, driver and configuration space', async () => {
  const { snapshot, diagnostics, device, format } = await openField(
    'linux64/skl_vgpu.lspci-nnvvvxxxx.txt',
  );
  assert.equal(format?.id, 'lspci');
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(
    [device.platform, device.vendorId, device.deviceId, device.revisionId, device.driver],
    ['skl', 0x8086, 0x1912, 6, 'i915'],
  );
  assert.deepEqual(device.bars, [
    { index: 0, base: 0xfd000000, size: 0x1000000 },
    { index: 2, base: 0xe0000000, size: 0x10000000 },
  ]);
  assert.deepEqual([...(snapshot?.config ?? [])].slice(0, 4), [0x86, 0x80, 0x12, 0x19]);
  const haswell = await openField('other/haswell_0416_lspci-vvvxxxx.txt');
  assert.deepEqual(haswell.diagnostics, []);
  assert.deepEqual([haswell.device.deviceId, haswell.snapshot?.config?.length], [0x0416, 256]);
});

test('lspci: another device can be named', async () => {
  const text = decodeUtf8(sample('skl_vgpu.lspci-nnvvvxxxx.txt'));
  const { device } = await openText(text, { hints: { device: '00:01.1' } });
  assert.deepEqual([device.deviceId, device.platform], [0x7010, undefined]);
  const { diagnostics } = await openText(text, { hints: { device: '05:' } });
  assert.match(diagnostics[0]?.message ?? '', /no display controller .*00:02.0/);
});

/** A golden state as firmware.c writes it. */
function goldenState(): Uint8Array {
  const bytes = new Uint8Array(48 + 4096 + 2 ** 21);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x76544776, true);
  view.setUint32(4, 0x47765447, true);
  view.setUint32(16, 4096, true);
  view.setUint32(24, 48, true);
  view.setUint32(32, 2 ** 21, true);
  view.setUint32(40, 48 + 4096, true);
  view.setUint32(48, 0x19128086, true);
  bytes[48 + 8] = 6;
  view.setUint32(48 + 4096 + 0x44200, 0x80000000, true);
  view.setUint32(8, crc32(bytes, 12), true);
  return bytes;
}

test('gvt-facts §12.5: golden state: configuration space and registers', async () => {
  const bytes = goldenState();
  const { snapshot, device, diagnostics, format } = await openTrace([
    bytes.subarray(0, 100_000),
    bytes.subarray(100_000),
  ]);
  assert.equal(format?.id, 'golden-state');
  assert.deepEqual(diagnostics, []);
  assert.deepEqual([device.platform, device.deviceId, device.revisionId], ['skl', 0x1912, 6]);
  assert.equal(snapshot?.config?.length, 4096);
  assert.deepEqual(
    snapshot?.facts.map(({ key, value }) => `${key}: ${value}`),
    [
      'version: 0',
      `checksum: 0x${crc32(bytes, 12).toString(16)}`,
      'configuration space: 4096 bytes, from byte 48 on',
      'registers: 2097152 bytes, from byte 4144 on',
    ],
  );
  assert.deepEqual([...(snapshot?.mmio ?? []).slice(0x44200, 0x44204)], [0, 0, 0, 0x80]);
});

test('gvt-facts §12.5: golden state: what was changed or cut off is said, the rest is there', async () => {
  const bytes = goldenState();
  bytes[5000] = 1;
  const changed = await openTrace([bytes]);
  assert.match(changed.diagnostics[0]?.message ?? '', /^The checksum at byte 8 is 0x.* changed/);
  assert.equal(changed.snapshot?.mmio?.length, 2 ** 21);
  const cut = await openTrace([goldenState().subarray(0, 100_000)]);
  const last = cut.diagnostics.at(-1);
  assert.match(
    last?.message ?? '',
    /^The header \(byte 32\) puts registers at bytes 4144 to 2101296/,
  );
  assert.equal(cut.snapshot?.config?.length, 4096);
});
