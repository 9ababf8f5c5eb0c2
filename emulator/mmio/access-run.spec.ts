import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { defaultConfig } from '../default-config.ts';
import { GGTT_ENTRIES } from '../gtt/ggtt.ts';
import { createVgpu, type DeviceListener, type ListenerInterest, type Vgpu } from '../index.ts';
import { MMIO_SIZE } from './register-map.ts';

const { partition } = defaultConfig();
const OWN = 0x800000 + (partition.mappableBase / 4096) * 8;
const RING_TAIL = 0x2030;
const ELSP = 0x2230;
const GPIO = 0xc5010;

const [READ, WRITE] = [1, 2];

interface Access {
  readonly kind: number;
  readonly offset: number;
  readonly value: number;
}

const anyAccess = fc.record({ kind: fc.constantFrom(READ, WRITE), value: fc.nat(0xffffffff) });
const anyOffset = fc.oneof(
  fc.nat(5).map((pair) => GPIO + pair * 4),
  fc.constantFrom(
    RING_TAIL,
    0x2034,
    0x44200,
    0x44208,
    0x78010,
    0x78818,
    0x9400,
    0x70000,
    0x70040,
    0x1234,
  ),
  fc.nat(0x7ffff).map((dword) => dword * 4),
  fc.nat(15).map((half) => OWN + half * 4),
  // At an odd place, in another slice, between registers and GGTT.
  fc.constantFrom(RING_TAIL + 1, OWN + 2, 0x800000, 0xfffffc, 0x200000, 0x7ffffc, 0x1000000),
);
const singleAccess = fc
  .tuple(anyAccess, anyOffset)
  .map(([access, offset]): Access[] => [{ ...access, offset }]);
/** Entries as drivers write them: the low half, then the high one; or the other way round. */
const entries = fc
  .tuple(fc.nat(7), fc.nat(7), fc.nat(0xffffffff), fc.constantFrom(0, 4))
  .map(([first, count, value, start]) =>
    Array.from({ length: count * 2 }, (_, half): Access => {
      const offset = OWN + (first + (half >>> 1)) * 8 + (half & 1) * 4;
      return { kind: WRITE, offset: offset ^ start, value: (value ^ half) >>> 0 };
    }),
  );
/** Of no context: the engine gets work all the same, and stops at memory that is not known. */
const submission = fc.constant(
  [0, 0, 0x20, 0x8006119].map((value): Access => ({ kind: WRITE, offset: ELSP, value })),
);
const accesses = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: singleAccess },
      { weight: 3, arbitrary: entries },
      { weight: 1, arbitrary: submission },
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.flat());

const ALL: ListenerInterest = {};
/** Every second register and entry. */
const HALF: ListenerInterest = {
  registers: Uint8Array.from({ length: MMIO_SIZE / 4 }, (_, dword) => dword & 1),
  entries: Uint8Array.from({ length: GGTT_ENTRIES }, (_, index) => index & 1),
};

/** The listener writes into `heard`; with `events` it hears of more than faults: of what `interest` says. */
function listenerOf(heard: string[], events: boolean, interest: ListenerInterest): DeviceListener {
  const fault: DeviceListener['fault'] = ({ check, message }) => heard.push(`${check} ${message}`);
  if (!events) return { fault };
  return {
    fault,
    registerChanged: (offset, ...change) => {
      if (interest.registers?.[offset >>> 2] === 0) return;
      heard.push(`register ${offset} ${change.join(' ')}`);
    },
    ggttEntryChanged: (index, ...change) => {
      if (interest.entries?.[index] === 0) return;
      heard.push(`entry ${index} ${change.join(' ')}`);
    },
  };
}

/** Runs as far as the device takes them, and `read` or `write` for those that it hands back. */
function inRuns(vgpu: Vgpu, list: readonly Access[]): number {
  const run = {
    kinds: Uint8Array.from(list, ({ kind }) => kind),
    write: WRITE,
    offsets: Uint32Array.from(list, ({ offset }) => offset),
    values: Uint32Array.from(list, ({ value }) => value),
  };
  const progress = { accesses: 0, halted: false };
  let singly = 0;
  for (let at = 0; at < list.length; ) {
    const taken = vgpu.runAccesses(run, at, list.length, progress);
    assert.equal(progress.accesses, at + taken - singly);
    at += taken;
    if (vgpu.hasWork) vgpu.runWork();
    else if (at < list.length) {
      oneOf(vgpu, list[at]);
      at++;
      singly++;
    }
  }
  return progress.accesses;
}

function oneOf(vgpu: Vgpu, access: Access | undefined): void {
  if (access === undefined) return;
  const { kind, offset, value } = access;
  if (kind === WRITE) vgpu.write('mmio', offset, 4, value, 0);
  else vgpu.read('mmio', offset, 4);
  if (vgpu.hasWork) vgpu.runWork();
}

describe('dwords of BAR0 accessed in a run', () => {
  it('leave what they leave one by one, and whoever listens hears the same', () => {
    fc.assert(
      fc.property(
        accesses,
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (list, listens, events, half) => {
          const interest = half ? HALF : ALL;
          const [runs, singly] = [createVgpu(defaultConfig()), createVgpu(defaultConfig())];
          const heard: [string[], string[]] = [[], []];
          if (listens) {
            runs.setListener({ ...listenerOf(heard[0], events, interest), interest });
            singly.setListener(listenerOf(heard[1], events, interest));
          }
          // A snapshot in between: its pages must not be written.
          const [before, hash] = [runs.save(), runs.hash()];
          inRuns(runs, list);
          for (const access of list) oneOf(singly, access);
          assert.equal(runs.hash(), singly.hash());
          assert.deepEqual(heard[0], heard[1]);
          runs.restore(before);
          assert.equal(runs.hash(), hash);
        },
      ),
      { numRuns: 100 },
    );
  });

  const fill = Array.from({ length: 64 }, (_, half): Access => {
    return { kind: WRITE, offset: OWN + half * 4, value: half };
  });

  it('are taken, entries of the own slice two at a time', () => {
    const vgpu = createVgpu(defaultConfig());
    assert.equal(inRuns(vgpu, fill), fill.length);
  });

  it('say nothing of what nobody wants to hear', () => {
    const vgpu = createVgpu(defaultConfig());
    const heard: string[] = [];
    const interest = {
      registers: new Uint8Array(MMIO_SIZE / 4),
      entries: new Uint8Array(GGTT_ENTRIES),
    };
    vgpu.setListener({ ...listenerOf(heard, true, ALL), interest });
    inRuns(vgpu, [...fill, { kind: WRITE, offset: GPIO, value: 0x303 }]);
    assert.deepEqual(heard, []);
  });

  it('say what a register came to hold alone, where its listener wants no more', () => {
    const told = (settled: boolean) => {
      const vgpu = createVgpu(defaultConfig());
      const heard: string[] = [];
      vgpu.setListener({ ...listenerOf(heard, true, ALL), interest: { settled } });
      const write = (value: number): Access => ({ kind: WRITE, offset: GPIO, value });
      inRuns(vgpu, [write(0x303), write(0x303), write(0x1)]);
      return heard;
    };
    const [all, settled] = [told(false), told(true)];
    assert.ok(all.length > settled.length && settled.length === 2, settled.join('; '));
    assert.ok(settled.every((each) => each.startsWith(`register ${GPIO} `)));
  });

  it('end behind the one at which a listener halts, and behind the one that gave an engine work', () => {
    const vgpu = createVgpu(defaultConfig());
    const progress = { accesses: 0, halted: false };
    vgpu.setListener({
      registerChanged: () => {
        progress.halted = true;
      },
    });
    const run = {
      kinds: Uint8Array.of(READ, WRITE, READ),
      write: WRITE,
      offsets: Uint32Array.of(GPIO, GPIO, GPIO),
      values: Uint32Array.of(0, 0x303, 0),
    };
    assert.equal(vgpu.runAccesses(run, 0, 3, progress), 2);
    vgpu.setListener(undefined);
    progress.halted = false;
    const submit = {
      kinds: new Uint8Array(6).fill(WRITE),
      write: WRITE,
      offsets: new Uint32Array(6).fill(ELSP),
      values: Uint32Array.of(0, 0, 0x20, 0x8006119, 0, 0),
    };
    assert.equal(vgpu.runAccesses(submit, 0, 6, progress), 4);
    assert.equal(progress.accesses, 6);
  });
});
