import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { EngineGuest } from '../testing/engine-guest.ts';
import { act, perform } from '../testing/hostile-acts.ts';
import { addGuest, testHost } from '../testing/test-host.ts';
import type { HostGpu } from './host-gpu.ts';
import { Kvm } from './hypervisor/kvm.ts';
import { Xen } from './hypervisor/xen.ts';

const sliceOf = (guest: EngineGuest) => guest.vgpu.core.config.partition;

/** What hardware has for a vGPU: its fences, and where it is in the foreground its planes. */
function hardwareOf(host: HostGpu, id: number): number[] {
  const fences = host.host.state.holdings.find((each) => each.id === id)?.fences ?? [];
  const planes = host.foreground === id ? [0x70180, 0x70188, 0x7019c] : [];
  const registers = [...fences.flatMap((n) => [0x100000 + n * 8, 0x100004 + n * 8]), ...planes];
  return registers.map((offset) => host.host.hardware.get(offset));
}

for (const [name, make] of [
  ['KVM', () => new Kvm()],
  ['Xen', () => new Xen()],
] as const) {
  test(`no access or command of one vGPU changes the other’s memory, registers or interrupts (${name})`, () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const hypervisor = make();
        for (let at = 0; at < 2; at++) hypervisor.createDomain([{ base: 0, size: 0x80000000 }]);
        const host = testHost({}, hypervisor);
        const [one, two] = [addGuest(host), addGuest(host)];
        two.run(two.context(), [0x01000000]);
        two.w(0x100000, 0x1001);
        two.w(0x100004, 0x2000);
        two.w(0x78804, 1);
        assert.equal(host.writeForegroundVm('2'), undefined);
        host.advanceTo(20e6);
        assert.equal(host.foreground, 2);
        const before = two.device.hash();
        const hardware = hardwareOf(host, 2);
        const domain = JSON.stringify(hypervisor.domain(2));
        const interrupts = two.interrupts.length;
        for (const deed of acts) perform(one, deed, sliceOf(two));
        // What the host saved when it took the engine over has no mask half, as hardware has none.
        assert.equal(two.device.hash(), before);
        assert.deepEqual(hardwareOf(host, 2), hardware);
        assert.equal(host.foreground, 2);
        assert.equal(JSON.stringify(hypervisor.domain(2)), domain);
        assert.equal(two.interrupts.length, interrupts);
      }),
      { numRuns: 60 },
    );
  });
}

test('two guests interleaved get the same answers as alone, and end in the same state', () => {
  const turns = fc.array(fc.tuple(fc.boolean(), act), { maxLength: 40 });
  fc.assert(
    fc.property(turns, (acts) => {
      const together = testHost();
      const both = [addGuest(together), addGuest(together)];
      const alone = [0, 1].map((which) => {
        const host = testHost();
        const guests = [addGuest(host), addGuest(host)];
        return guests[which];
      });
      for (const [first, deed] of acts) {
        const which = first ? 0 : 1;
        const [hosted, single, other] = [both[which], alone[which], both[1 - which]];
        assert.ok(hosted && single && other);
        perform(hosted, deed, sliceOf(other));
        perform(single, deed, sliceOf(other));
        if (deed.kind !== 'access') continue;
        const answers = [hosted, single].map((guest) =>
          guest.device.peek(deed.space, deed.offset, 4),
        );
        assert.deepEqual(answers[0], answers[1]);
      }
      both.forEach((guest, which) => {
        assert.equal(guest.device.hash(), alone[which]?.device.hash());
        assert.deepEqual(guest.interrupts, alone[which]?.interrupts);
      });
    }),
    { numRuns: 30 },
  );
});

test('with time slices a hostile guest takes the other’s time, but nothing else', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
      const results = [true, false].map((hostile) => {
        const host = testHost({ scheduling: 'sliced' });
        const [one, two] = [addGuest(host), addGuest(host)];
        const context = two.context();
        two.emit(context, [0x10400002, two.hidden + 4096, 0, 0x5eed, 0x01000000]);
        if (hostile) for (const deed of acts) perform(one, deed, sliceOf(two));
        two.submit(context);
        two.device.runWork();
        host.advanceTo(1e9);
        // Whoever hangs keeps the engines until it is reset (gvt-facts §11).
        one.vgpu.reset();
        host.advanceTo(3e9);
        return { stored: two.dword(two.hidden + 4096), interrupts: two.interrupts };
      });
      assert.deepEqual(results[0], results[1]);
      assert.equal(results[0]?.stored, 0x5eed);
    }),
    { numRuns: 40 },
  );
});
