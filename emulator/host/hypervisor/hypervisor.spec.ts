import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Fault } from '../../device-model.ts';
import { raiseEvent } from '../../interrupt/events.ts';
import { testVgpu } from '../../testing/test-vgpu.ts';
import { isProblem } from '../host-problem.ts';
import type { Hypervisor } from './hypervisor.ts';
import { Kvm } from './kvm.ts';
import { SERVICES } from './service-table.ts';
import { mappedPieces, Xen } from './xen.ts';

const MIB = 0x100000;
const RAM = [{ base: 0, size: 256 * MIB }];
const BAR0 = 0xd0000000;
const BAR2 = 0xc0000000;
const SLICE = 128 * MIB;

function machine(hypervisor: Hypervisor) {
  const { vgpu } = testVgpu();
  const faults: Fault[] = [];
  const windows: string[] = [];
  hypervisor.listener = {
    fault: (_domid, fault) => faults.push(fault),
    windowChanged: (_domid, { bar, base, installed }) =>
      windows.push(`${installed ? '+' : '-'}${bar} ${base.toString(16)}`),
  };
  const domid = hypervisor.createDomain(RAM);
  const services = hypervisor.attach(domid, {
    id: 1,
    memory: vgpu.core.memory,
    apertureBase: SLICE,
    report: () => {},
    read: (space, offset, size) => vgpu.read(space, offset, size),
    write: (space, offset, size, low, high) => vgpu.write(space, offset, size, low, high),
  });
  assert.ok(!isProblem(services));
  vgpu.attachServices(services);
  const config = (at: number, value: number, size = 4) =>
    hypervisor.writeConfig(domid, at, size, value);
  const domain = hypervisor.domain(domid);
  assert.ok(domain);
  return { vgpu, hypervisor, domid, domain, faults, windows, config };
}

type Machine = ReturnType<typeof machine>;

/** What firmware does. */
function placed(hypervisor: Hypervisor): Machine {
  const all = machine(hypervisor);
  all.config(0x10, BAR0);
  all.config(0x18, BAR2);
  all.config(0x04, 7, 2);
  return all;
}

for (const [name, make] of [
  ['KVM', () => new Kvm()],
  ['Xen', () => new Xen()],
] as const) {
  describe(name, () => {
    test('§14.1: BAR0 is trapped once the guest has turned memory decode on', () => {
      const { hypervisor, domid, vgpu, config } = machine(make());
      config(0x10, BAR0);
      assert.equal(hypervisor.read(domid, BAR0 + 0x78000, 4).low, 0xffffffff, 'nobody answers');
      config(0x04, 2, 2);
      assert.equal(hypervisor.read(domid, BAR0 + 0x78000, 4).low, 0x76544776);
      hypervisor.write(domid, BAR0 + 0x2094, 4, 5);
      assert.equal(vgpu.peek('mmio', 0x2094, 4).low, 5);
      config(0x04, 0, 2);
      assert.equal(hypervisor.read(domid, BAR0 + 0x78000, 4).low, 0xffffffff);
    });

    test('§1.3: the aperture window shows the own slice', () => {
      const { hypervisor, domid, vgpu } = placed(make());
      vgpu.write('mmio', 0x800000 + (SLICE / 4096) * 8, 8, 0x5001, 0);
      hypervisor.write(domid, BAR2 + SLICE + 8, 4, 0xabc);
      assert.equal(vgpu.peek('memory', 0x5008, 4).low, 0xabc);
    });

    test('§14.1: page tables are write-protected, and writes into them are seen', () => {
      const { hypervisor, domid, domain, vgpu } = placed(make());
      vgpu.showMemory(0x10000, new Uint8Array(0x3000));
      const w = (at: number, value: number) => hypervisor.write(domid, BAR0 + at, 4, value);
      w(0x78838, 0x10000);
      w(0x78818, 4);
      assert.deepEqual(domain.protectedFrames, [0x10]);
      hypervisor.write(domid, 0x10000, 8, 0x11003);
      assert.deepEqual(domain.protectedFrames, [0x10, 0x11]);
      hypervisor.write(domid, 0x12000, 8, 0x11003);
      assert.deepEqual(domain.protectedFrames, [0x10, 0x11], 'an ordinary page');
      w(0x78818, 5);
      assert.deepEqual(domain.protectedFrames, []);
    });

    test('§5.5: a frame outside the guest’s memory is not backed', () => {
      const { hypervisor, domid, vgpu } = placed(make());
      const seen: string[] = [];
      vgpu.setListener({ fault: ({ check }) => seen.push(check) });
      const entry = BAR0 + 0x800000 + (SLICE / 4096) * 8;
      hypervisor.write(domid, entry, 8, 0x20000001);
      assert.deepEqual(seen, ['frame-unbacked']);
      assert.equal(vgpu.peek('mmio', entry - BAR0, 4).low, 0x20000001, 'the guest sees its own');
      assert.equal(vgpu.peek('ggtt', SLICE, 4).known, false, 'the hardware has scratch');
    });

    test('§12.2: a VM has one vGPU', () => {
      const { hypervisor, domid, vgpu } = machine(make());
      const again = hypervisor.attach(domid, {
        id: 2,
        memory: vgpu.core.memory,
        apertureBase: 0,
        report: () => {},
        read: () => ({ low: 0, high: 0, known: true }),
        write: () => {},
      });
      assert.ok(isProblem(again));
      assert.equal(again.errno, -17);
    });

    test('§14.2: domain 0 is the host, guests count from 1', () => {
      const hypervisor = make();
      assert.deepEqual([hypervisor.createDomain(RAM), hypervisor.createDomain(RAM)], [1, 2]);
      assert.equal(hypervisor.isHost(0), true);
      assert.equal(hypervisor.isHost(1), false);
    });

    test('§1.4: an MSI goes to the guest', () => {
      const { hypervisor, domid, domain, config, vgpu } = placed(make());
      config(0xb0, 0xfee00000);
      config(0xb4, 0x41, 2);
      config(0xae, 1, 2);
      const w = (at: number, value: number) => hypervisor.write(domid, BAR0 + at, 4, value);
      w(0x44304, 0);
      w(0x4430c, 1);
      w(0x44200, 0x80000000);
      raiseEvent(vgpu.core, 'rcs0-user');
      assert.deepEqual(domain.interrupts, { count: 1, address: 0xfee00000, data: 0x41 });
    });
  });
}

describe('KVM', () => {
  test('§14.3: windows that a handler changes are installed when the access has returned', () => {
    const { windows, domain, faults } = placed(new Kvm());
    assert.deepEqual(windows, ['+0 d0000000', '+2 c8000000']);
    assert.equal(domain.serving, 0);
    assert.deepEqual(domain.waiting, []);
    assert.deepEqual(faults, []);
  });

  test('§14.3: registering at once, from within an access of the same bus, is the SRCU hazard', () => {
    const { faults, windows } = placed(new Kvm('at once'));
    assert.deepEqual(
      faults.map(({ check, address }) => [check, address]),
      [
        ['srcu-hazard', 0xd0000000],
        ['srcu-hazard', 0xc8000000],
      ],
    );
    assert.deepEqual(windows, ['+0 d0000000', '+2 c8000000'], 'the old trees got away with it');
  });

  test('§14.3: outside of an access nothing has to wait', () => {
    const { vgpu, faults } = machine(new Kvm('at once'));
    vgpu.write('config', 0x10, 4, BAR0, 0);
    vgpu.write('config', 0x04, 2, 2, 0);
    assert.deepEqual(faults, []);
  });

  test('§14.2: unmapping the aperture is a no-op', () => {
    const { config, domain, windows } = placed(new Kvm());
    config(0x04, 0, 2);
    assert.equal(domain.aperture.base, BAR2 + SLICE);
    assert.deepEqual(windows.slice(2), ['-0 d0000000']);
  });

  test('§14.1: pause and shutdown are not implemented, the OpRegion is user space’s', () => {
    const { hypervisor, domid, vgpu, config } = machine(new Kvm());
    assert.equal(hypervisor.pauseDomain(domid), false);
    assert.equal(hypervisor.shutdownDomain(domid), false);
    config(0xfc, 0x100000);
    assert.equal(vgpu.peek('memory', 0x100000, 4).known, false);
  });
});

describe('Xen', () => {
  test('§14.1: each access of the device model is a request that is taken and answered', () => {
    const { hypervisor, domid, domain } = placed(new Xen());
    const before = domain.requests;
    hypervisor.read(domid, BAR0 + 0x78000, 4);
    assert.equal(domain.requests, before + 1);
    assert.deepEqual(domain.request, {
      state: 'none',
      type: 'copy',
      direction: 'read',
      address: BAR0 + 0x78000,
      size: 4,
    });
  });

  test('§14.1: ranges are registered at once, also from within a request', () => {
    const { windows, faults, config } = placed(new Xen());
    config(0x04, 0, 2);
    assert.deepEqual(windows, ['+0 d0000000', '+2 c8000000', '-0 d0000000', '-2 c8000000']);
    assert.deepEqual(faults, []);
  });

  test('§14.1: the OpRegion is mapped into the guest', () => {
    const { vgpu, config } = machine(new Xen());
    config(0xfc, 0x100000);
    assert.equal(vgpu.peek('memory', 0x100000, 4).low, 0x65746e49, '"Inte"');
  });

  test('§14.1: a paused domain does nothing', () => {
    const xen = new Xen();
    const { domid } = placed(xen);
    assert.equal(xen.pauseDomain(domid), true);
    assert.equal(xen.read(domid, BAR0 + 0x78000, 4).low, 0xffffffff);
    xen.unpauseDomain(domid);
    assert.equal(xen.read(domid, BAR0 + 0x78000, 4).low, 0x76544776);
  });

  test('§14.1: memory is mapped in pieces of 1 MiB and a low part of 4 KiB, and pages where there are holes', () => {
    const pieces = mappedPieces([
      { base: 0, size: 2 * MIB },
      { base: 4 * MIB, size: MIB + 0x2000 },
    ]);
    assert.deepEqual(pieces[0], { base: 0, size: 0x1000 });
    assert.deepEqual(
      pieces.filter(({ size }) => size === MIB).map(({ base }) => base / MIB),
      [1, 4],
    );
    assert.equal(
      pieces.reduce((sum, { size }) => sum + size, 0),
      3 * MIB + 0x2000,
    );
  });
});

test('§14.1: the table names what each side does', () => {
  const kvm = SERVICES.filter((row) => row.kvm === 'not implemented').map(({ name }) => name);
  assert.deepEqual(kvm, ['pause_domain', 'shutdown_domain', 'pre_migrate']);
});
