import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { defaultConfig } from '../default-config.ts';
import { createVgpu, type Vgpu } from '../index.ts';
import { setGgttEntry } from './ggtt.ts';

const { partition } = defaultConfig();
const BASE = partition.mappableBase;
/** Pages of the aperture with an entry, and the guest page that each maps; two map the same. */
const MAPPED: readonly (readonly [page: number, frame: number])[] = [
  [0, 0x100],
  [1, 0x101],
  [3, 0x100],
];

/** A vGPU with pages 0, 1 and 3 of its aperture mapped, 2 not, and a page that is watched for tables at 0x101. */
function device(): Vgpu {
  const vgpu = createVgpu(defaultConfig());
  for (const [page, frame] of MAPPED) {
    setGgttEntry(vgpu.core, BASE / 4096 + page, frame * 4096 + 1, 0);
  }
  return vgpu;
}

/** Runs as far as the device takes them, and `write` for those that it hands back. */
function writeInRuns(vgpu: Vgpu, addresses: Uint32Array, values: Uint32Array): number {
  let taken = 0;
  for (let at = 0; at < addresses.length; ) {
    const count = vgpu.writeApertureRun(addresses, values, at, addresses.length);
    taken += count;
    at += count;
    if (at < addresses.length) {
      vgpu.write('aperture', addresses[at] ?? 0, 4, values[at] ?? 0, 0);
      at++;
    }
  }
  return taken;
}

function writeSingly(vgpu: Vgpu, addresses: Uint32Array, values: Uint32Array): void {
  addresses.forEach((address, at) => {
    vgpu.write('aperture', address, 4, values[at] ?? 0, 0);
  });
}

const writes = fc.array(
  fc.record({
    // Now and then at an odd place, or outside of the slice.
    address: fc.oneof(
      { weight: 20, arbitrary: fc.nat(4 * 1024 - 1).map((dword) => BASE + dword * 4) },
      { weight: 1, arbitrary: fc.nat(4 * 4096).map((byte) => BASE + byte) },
      { weight: 1, arbitrary: fc.constantFrom(0, BASE - 4, BASE + partition.mappableSize) },
    ),
    repeat: fc.integer({ min: 1, max: 20 }),
    value: fc.nat(0xffffffff),
  }),
  { maxLength: 40 },
);

describe('dwords written through the aperture in a run', () => {
  it('leave what they leave one by one, with the same faults', () => {
    fc.assert(
      fc.property(writes, fc.boolean(), (list, watched) => {
        const each = list.flatMap(({ address, repeat, value }) =>
          Array.from({ length: repeat }, (_, i) => [address + i * 4, value ^ i] as const),
        );
        const addresses = Uint32Array.from(each, ([address]) => address);
        const values = Uint32Array.from(each, ([, value]) => value);
        const [runs, singly] = [device(), device()].map((vgpu) => {
          const faults: string[] = [];
          vgpu.setListener({ fault: ({ check, message }) => faults.push(`${check} ${message}`) });
          if (watched) vgpu.core.memory.watch(0x101, true);
          return { vgpu, faults };
        });
        assert.ok(runs && singly);
        // A snapshot in between: its pages must not be written.
        const before = runs.vgpu.save();
        writeInRuns(runs.vgpu, addresses, values);
        writeSingly(singly.vgpu, addresses, values);
        assert.equal(runs.vgpu.hash(), singly.vgpu.hash());
        assert.deepEqual(runs.faults, singly.faults);
        runs.vgpu.restore(before);
        writeInRuns(runs.vgpu, addresses, values);
        assert.equal(runs.vgpu.hash(), singly.vgpu.hash());
      }),
    );
  });

  it('are taken at once as far as their pages are mapped', () => {
    const vgpu = device();
    const addresses = Uint32Array.from({ length: 3 * 1024 }, (_, i) => BASE + i * 4);
    assert.equal(vgpu.writeApertureRun(addresses, addresses, 0, addresses.length), 2 * 1024);
    assert.equal(vgpu.writeApertureRun(addresses, addresses, 2 * 1024, addresses.length), 0);
  });

  it('are left to be written one by one where somebody listens to their page', () => {
    const vgpu = device();
    const addresses = Uint32Array.of(BASE, BASE + 4096);
    const taken = (pages?: ReadonlySet<number>) => {
      vgpu.setListener({ memoryWritten: () => {}, ...(pages && { interest: { pages } }) });
      return vgpu.writeApertureRun(addresses, addresses, 0, addresses.length);
    };
    assert.equal(taken(), 0);
    assert.equal(taken(new Set([0x100])), 0);
    assert.equal(taken(new Set([0x101])), 1);
    assert.equal(taken(new Set([0x102])), 2);
  });
});
