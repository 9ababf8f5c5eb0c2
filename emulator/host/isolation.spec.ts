import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { EngineGuest } from '../testing/engine-guest.ts';
import { addGuest, testHost } from '../testing/test-host.ts';
import { Kvm } from './hypervisor/kvm.ts';

const word = fc.integer({ min: 0, max: 0xffffffff });
/** What a guest can do: any access anywhere, and commands that write registers and memory, its own and others'. */
const access = fc.oneof(
  fc.record({
    kind: fc.constant('access' as const),
    space: fc.constantFrom('mmio' as const, 'aperture' as const, 'config' as const),
    offset: fc.oneof(
      fc.nat(0xffffff).map((n) => n & ~3),
      fc.constantFrom(0x941c, 0x78808, 0x78818, 0x229c, 0x100020, 0x44200, 0x7019c, 0x78804),
      fc.constantFrom(0x8000000, 0xc000000, 0x10000000),
    ),
    value: word,
    write: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('commands' as const),
    dwords: fc.array(
      fc.oneof(
        fc.constant([0x01000000]),
        fc.tuple(
          fc.constant(0x11000001),
          fc.nat(0x1ffff).map((n) => n & ~3),
          word,
        ),
        // MI_STORE_DATA_IMM into the GGTT: own pages, and slices of others.
        fc
          .constantFrom(0, 0x8000000, 0x58000000, 0x58001000, 0x78000000, 0x78001000)
          .map((address) => [0x10400002, address, 0, 0x5eed]),
      ),
      { maxLength: 4 },
    ),
  }),
);

type Act = typeof access extends fc.Arbitrary<infer T> ? T : never;

function perform(guest: EngineGuest, act: Act): void {
  if (act.kind === 'commands') guest.run(guest.context(), act.dwords.flat());
  else if (act.write) guest.device.write(act.space, act.offset, 4, act.value, 0);
  else guest.device.read(act.space, act.offset, 4);
  guest.device.runWork();
}

test('no access or command of one vGPU changes the other’s memory, registers or interrupts', () => {
  fc.assert(
    fc.property(fc.array(access, { maxLength: 30 }), (acts) => {
      const kvm = new Kvm();
      for (let at = 0; at < 2; at++) kvm.createDomain([{ base: 0, size: 0x80000000 }]);
      const host = testHost({}, kvm);
      const [one, two] = [addGuest(host), addGuest(host)];
      two.run(two.context(), [0x01000000]);
      const before = two.device.hash();
      const domain = JSON.stringify(kvm.domain(2));
      const interrupts = two.interrupts.length;
      for (const act of acts) perform(one, act);
      // What the host saved when it took the engine over has no mask half, as hardware has none.
      assert.equal(two.device.hash(), before);
      assert.equal(JSON.stringify(kvm.domain(2)), domain);
      assert.equal(two.interrupts.length, interrupts);
    }),
    { numRuns: 60 },
  );
});

test('two guests interleaved get the same answers as alone, and end in the same state', () => {
  const turns = fc.array(fc.tuple(fc.boolean(), access), { maxLength: 40 });
  fc.assert(
    fc.property(turns, (acts) => {
      const together = testHost();
      const both = [addGuest(together), addGuest(together)];
      const alone = [0, 1].map((which) => {
        const host = testHost();
        const guests = [addGuest(host), addGuest(host)];
        return guests[which];
      });
      for (const [first, act] of acts) {
        const which = first ? 0 : 1;
        const [hosted, single] = [both[which], alone[which]];
        assert.ok(hosted && single);
        perform(hosted, act);
        perform(single, act);
        if (act.kind !== 'access') continue;
        const answers = [hosted, single].map((guest) =>
          guest.device.peek(act.space, act.offset, 4),
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
