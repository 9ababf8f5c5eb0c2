import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addVgpu, testHost } from '../testing/test-host.ts';
import type { Hypervisor } from './hypervisor/hypervisor.ts';
import { Kvm } from './hypervisor/kvm.ts';
import { Xen } from './hypervisor/xen.ts';

const FIRMWARE = { bar0: 0xd0000000, bar2: 0xc0000000, command: 0x107, interruptLine: 10 };
const PML4 = 0x2000000;

/** A guest of which there is a recording: its accesses go to the device by themselves. */
function recorded(hypervisor: Hypervisor, firmware?: typeof FIRMWARE) {
  const host = testHost({}, hypervisor);
  const more = firmware === undefined ? {} : { firmware };
  const device = addVgpu(host, { type: 'i915-GVTg_V5_4', more });
  const domid = hypervisor.createRecordedDomain();
  assert.equal(host.attach(device.id, domid), undefined);
  return { host, device, domain: () => hypervisor.domain(domid) };
}

for (const [name, make] of [
  ['KVM', () => new Kvm()],
  ['Xen', () => new Xen()],
] as const) {
  describe(`a recorded guest under ${name}`, () => {
    test('§14.1: has the windows that its firmware opened before the recording', () => {
      const { domain } = recorded(make(), FIRMWARE);
      assert.deepEqual(domain()?.trapped, { base: 0xd0000000, size: 0x1000000 });
      assert.deepEqual(domain()?.aperture, { base: 0xc8000000, size: 0x8000000 });
    });

    test('§14.1: opens them by its accesses, with nothing left to be served', () => {
      const { device, domain } = recorded(make());
      device.write('config', 0x10, 4, 0xe0000000, 0);
      assert.equal(domain()?.trapped.base, -1);
      device.write('config', 0x04, 2, 2, 0);
      assert.equal(domain()?.trapped.base, 0xe0000000);
      assert.equal(domain()?.serving, 0);
      assert.deepEqual(domain()?.waiting, []);
    });

    test('§14.1: what memory it has is not known, so that no frame is called unbacked', () => {
      const { device } = recorded(make());
      const faults: string[] = [];
      device.setListener({ fault: ({ check }) => faults.push(check) });
      device.write('mmio', 0x800000 + 0x8000 * 8, 8, 0xfffff001, 0);
      assert.deepEqual(faults, []);
    });

    test('§14.1: its page tables are protected; only those at roots are certain', () => {
      const { device, domain } = recorded(make());
      const bytes = new Uint8Array(4096);
      bytes.set([3, 0, 0, 3]);
      device.showMemory(PML4, bytes);
      for (const [offset, value] of [
        [0x78838, PML4],
        [0x7883c, 0],
        [0x78818, 4],
      ] as const) {
        device.write('mmio', offset, 4, value, 0);
      }
      assert.deepEqual(domain()?.protectedFrames, [PML4 / 4096, 0x3000000 / 4096]);
      assert.equal(device.vgpu.core.services?.seesWrites, false);
    });
  });
}

test('§14.1: under Xen each of its accesses is a request, but those through the aperture', () => {
  const { device, domain } = recorded(new Xen(), FIRMWARE);
  device.read('mmio', 0x78000, 4);
  device.write('config', 0x3c, 1, 11, 0);
  device.read('aperture', 0x8000000, 4);
  assert.equal(domain()?.requests, 2);
  const { type, direction, address, size, state } = domain()?.request ?? {};
  assert.deepEqual([type, direction, address, size], ['pci config', 'write', 0x3c, 1]);
  assert.equal(state, 'none');
});

test('§14.3: under KVM the bus is read while an access of it is served, and windows wait', () => {
  const kvm = new Kvm();
  const { device, domain } = recorded(kvm);
  const seen: number[] = [];
  kvm.listener = { windowChanged: () => seen.push(domain()?.serving ?? -1) };
  device.write('config', 0x04, 2, 2, 0);
  assert.deepEqual(seen, [0, 0]);
});
