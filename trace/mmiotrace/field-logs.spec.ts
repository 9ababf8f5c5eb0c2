import assert from 'node:assert/strict';
import { countKinds, countLines, fieldTest, openField } from '../testing/field-traces.ts';

interface Log {
  readonly name: string;
  /** PCI address and ids of the device that it is about. */
  readonly vendorId: number;
  readonly deviceId: number;
  /** Where its registers are. */
  readonly base: number;
  /** Accesses to its BARs. */
  readonly accesses: number;
}

const LOGS: readonly Log[] = [
  {
    name: 'gvt/skl_l2mmt.guest.mmiotrace.gz',
    vendorId: 0x8086,
    deviceId: 0x1912,
    base: 0xfd000000,
    accesses: 119_125,
  },
  {
    name: 'linux64/skl_native.mmiotrace.gz',
    vendorId: 0x8086,
    deviceId: 0x1912,
    base: 0xfd000000,
    accesses: 2414,
  },
  {
    name: 'linux64/skl_vgpu.mmiotrace.gz',
    vendorId: 0x8086,
    deviceId: 0x1912,
    base: 0xfd000000,
    accesses: 2205,
  },
  {
    name: 'linux64/bdw_vgpu.mmiotrace.gz',
    vendorId: 0x8086,
    deviceId: 0x1616,
    base: 0xfd000000,
    accesses: 955,
  },
  {
    name: 'mmiotrace/bochs.mmiotrace.gz',
    vendorId: 0x1234,
    deviceId: 0x1111,
    base: 0xfebf8000,
    accesses: 268,
  },
  {
    name: 'mmiotrace/radeon.mmiotrace.gz',
    vendorId: 0x1002,
    deviceId: 0x5159,
    base: 0xfebf0000,
    accesses: 152,
  },
  {
    name: 'mmiotrace/qxl.mmiotrace.gz',
    vendorId: 0x1b36,
    deviceId: 0x0100,
    base: 0xfc010000,
    accesses: 311,
  },
  {
    name: 'mmiotrace/virtiogpu.mmiotrace.gz',
    vendorId: 0x1af4,
    deviceId: 0x1050,
    base: 0xfebf0000,
    accesses: 45,
  },
  {
    name: 'other/kleist_ipu4_apollolake_excerpt.txt',
    vendorId: 0x8086,
    deviceId: 0x5a88,
    base: 0x90000000,
    accesses: 40,
  },
  {
    name: 'other/vgpu_unlock_issue6_rtx3080_excerpt.txt',
    vendorId: 0x10de,
    deviceId: 0x2206,
    base: 0xfa000000,
    accesses: 0,
  },
];

for (const { name, vendorId, deviceId, base, accesses } of LOGS) {
  fieldTest(`${name}: every line is read, about the device that was used`, async () => {
    const trace = await openField(name);
    assert.equal(trace.format?.id, 'mmiotrace');
    assert.deepEqual(
      trace.diagnostics.filter(({ severity }) => severity === 'error'),
      [],
    );
    const { device } = trace;
    assert.deepEqual([device.vendorId, device.deviceId], [vendorId, deviceId]);
    assert.ok(device.bars.some((bar) => bar.base === base));
    const kinds = countKinds(trace);
    assert.equal((kinds['read'] ?? 0) + (kinds['write'] ?? 0), accesses);
    assert.equal(accesses + (kinds['unknownAccess'] ?? 0), countLines(name, /^(R|W|UNKNOWN) /));
    assert.equal(kinds['mapping'] ?? 0, countLines(name, /^(MAP|UNMAP) /));
    assert.equal(kinds['note'] ?? 0, countLines(name, /^MARK /));
    if (accesses > 1000) assert.ok(trace.store.bytesUsed / trace.store.length <= 24);
  });
}
