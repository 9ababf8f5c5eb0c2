import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testVgpu } from '../testing/test-vgpu.ts';
import type { Vgpu } from '../vgpu.ts';
import { type PpgttRoot, type PpgttWalk, walkPpgtt } from './ppgtt-walk.ts';
import { ENTRY_TYPE_NAMES } from './shadow/entry-types.ts';

const TABLE = 0x10000;
const ROOT: PpgttRoot = { levels: 4, pml4: TABLE };
const ADDRESS = 0x1234_5678_9abc;
const SHIFTS = [39, 30, 21, 12];

type Entry = readonly [low: number, high?: number];

/** Tables in which each level leads to the next, but for the entries that are given by level. */
function walk(entries: Readonly<Record<number, Entry>>, gamw = 0xf, address = ADDRESS): PpgttWalk {
  const { vgpu, w } = testVgpu();
  if (gamw !== 0) w(0x4080, gamw);
  put(vgpu, entries, address);
  return walkPpgtt(vgpu.core, ROOT, address);
}

function put(vgpu: Vgpu, entries: Readonly<Record<number, Entry>>, address: number): void {
  SHIFTS.forEach((shift, level) => {
    const table = TABLE + level * 4096;
    vgpu.showMemory(table, new Uint8Array(4096));
    const ips = level === 3 && ((entries[2]?.[0] ?? 0) & 0x800) !== 0;
    const raw = Math.floor(address / 2 ** shift) % 512;
    const [low, high = 0] = entries[level] ?? [(table + 4096) | 3];
    vgpu.core.memory.writeValue(table + (ips ? raw & ~15 : raw) * 8, 8, low >>> 0, high);
  });
}

function mapped({ outcome }: PpgttWalk) {
  assert.ok(outcome.kind === 'mapped', outcome.kind);
  return outcome;
}

const [PML4, PDP, PD, PT] = [0, 1, 2, 3];
/** To the page table, with 64K pages. */
const IPS: Entry = [(TABLE + 3 * 4096) | 0x803];

test('gvt-facts §5.1: index fields: PML4 47:39, PDP 38:30, PDE 29:21, PTE 20:12; 512 entries a table', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (address) => {
      const { levels } = walk({ [PT]: [0x5003] }, 0, address);
      assert.deepEqual(
        levels.map(({ level, index }) => [level, index]),
        [
          ['PML4E', Math.floor(address / 2 ** 39) % 512],
          ['PDPE', Math.floor(address / 2 ** 30) % 512],
          ['PDE', Math.floor(address / 2 ** 21) % 512],
          ['PTE', Math.floor(address / 2 ** 12) % 512],
        ],
      );
    }),
    { numRuns: 30 },
  );
});

/** PWT 3, PCD 4, PAT at bit 7 of a PTE and at bit 12 of a 2M entry. */
for (let pat = 0; pat < 8; pat++) {
  const low = ((pat & 1) << 3) | (((pat >>> 1) & 1) << 4);
  test(`gvt-facts §5.1: PAT index ${pat} = PAT*4 + PCD*2 + PWT, of 4K, 64K and 2M pages`, () => {
    const high = pat >>> 2;
    assert.equal(mapped(walk({ [PT]: [0x20003 | low | (high << 7)] })).pat, pat);
    assert.equal(mapped(walk({ [PD]: IPS, [PT]: [0x20003 | low | (high << 7)] })).pat, pat);
    assert.equal(mapped(walk({ [PD]: [0x40200083 | low | (high << 12)] })).pat, pat);
  });
}

test('gvt-facts §5.1: i915’s encodings: uncached 0x18, cached 0x80, display eLLC 0x10', () => {
  for (const [bits, index] of [
    [0x18, 3],
    [0x80, 4],
    [0x10, 2],
    [0, 0],
  ] as const) {
    assert.equal(mapped(walk({ [PT]: [0x20003 | bits] })).pat, index);
  }
});

test('gvt-facts §5.1: frames: bits 45:12, of 64K 45:16, of 2M 45:21; software bits and 63:46 are no address', () => {
  const pte = mapped(walk({ [PT]: [0xfffff003, 0xffffffff] }));
  assert.deepEqual([pte.pageSize, pte.address], ['4K', 0x3fff_ffff_f000 + (ADDRESS % 4096)]);
  const large = mapped(walk({ [PD]: IPS, [PT]: [0xabcdf003, 0x2] }));
  assert.deepEqual([large.pageSize, large.address], ['64K', 0x2_abcd_0000 + (ADDRESS % 0x10000)]);
  const huge = mapped(walk({ [PD]: [0xabdff083, 0x2] }));
  assert.deepEqual([huge.pageSize, huge.address], ['2M', 0x2_abc0_0000 + (ADDRESS % 0x200000)]);
  // Bit 52 marks a split 64K page in shadows; in a guest's entry it is software's.
  assert.equal(mapped(walk({ [PT]: [0x20003, 1 << 20] })).address, 0x20000 + (ADDRESS % 4096));
});

test('gvt-facts §5.1: bit 0 is present, bit 1 writable, of every level', () => {
  for (const level of [PML4, PDP, PD, PT]) {
    const { outcome } = walk({ [level]: [((TABLE + (level + 1) * 4096) & ~1) | 2] });
    assert.equal(outcome.kind, 'not present', `level ${level}`);
  }
  assert.equal(mapped(walk({ [PT]: [0x20003] })).writable, true);
  assert.equal(mapped(walk({ [PT]: [0x20001] })).writable, false);
  assert.equal(mapped(walk({ [PD]: [0x40200081] })).writable, false);
});

test('gvt-facts §5.2: 1G is never supported; 64K needs all of 0x4080 bits 3:0', () => {
  assert.equal(walk({ [PDP]: [0x40000083] }).outcome.kind, 'invalid');
  assert.equal(walk({ [PD]: IPS, [PT]: [0x20003] }, 0).outcome.kind, 'invalid');
  assert.equal(mapped(walk({ [PD]: IPS, [PT]: [0x20003] }, 0xf)).pageSize, '64K');
});

test('gvt-facts §5.2: any other nibble of 0x4080 is refused and not stored', () => {
  for (let walkers = 0; walkers < 16; walkers++) {
    for (const before of [0, 0xf]) {
      const { r, w, faults } = testVgpu();
      w(0x4080, before);
      w(0x4080, 0x100 | walkers);
      const taken = walkers === 0 || walkers === 0xf;
      assert.equal(r(0x4080), taken ? 0x100 | walkers : before);
      assert.equal(
        faults.some(({ check }) => check === 'gamw-partial'),
        !taken,
      );
    }
  }
});

test('gvt-facts §5.2: of a table with 64K pages only PTE 0, 16, 32 … are looked at', () => {
  const { vgpu, w } = testVgpu();
  w(0x4080, 0xf);
  put(vgpu, { [PD]: IPS, [PT]: [0x20003] }, 0);
  for (let index = 1; index < 16; index++) {
    vgpu.core.memory.writeValue(TABLE + 3 * 4096 + index * 8, 8, 0x90003, 0);
  }
  for (let page = 0; page < 16; page++) {
    assert.equal(mapped(walkPpgtt(vgpu.core, ROOT, page * 4096)).address, 0x20000 + page * 4096);
  }
  assert.equal(walkPpgtt(vgpu.core, ROOT, 16 * 4096).outcome.kind, 'not present');
});

test('gvt-facts §5.1: a 3-level root has its pointers by bits 31:30; present means not zero', () => {
  const { vgpu } = testVgpu();
  put(vgpu, { [PT]: [0x20003] }, 0);
  const pd = TABLE + 2 * 4096;
  const root: PpgttRoot = { levels: 3, pdps: [0, pd, 0, pd] };
  const kinds = [0, 1, 2, 3].map((n) => walkPpgtt(vgpu.core, root, n * 2 ** 30).outcome.kind);
  // The pointers have no present bit: bit 0 of both is clear.
  assert.deepEqual(kinds, ['not present', 'mapped', 'not present', 'mapped']);
});

test('gvt-facts §5.1: entry types by the numbers that traces print', () => {
  assert.deepEqual(
    Object.entries(ENTRY_TYPE_NAMES).map(([n, name]) => `${n} ${name}`),
    [
      '0 invalid',
      '1 GGTT PTE',
      '2 PTE 4K',
      '3 PTE 64K',
      '4 PTE 2M',
      '5 PTE 1G',
      '6 PTE any',
      '7 PDE',
      '8 PDP',
      '9 PML4',
      '10 root any',
      '11 root L3',
      '12 root L4',
      '13 entry any',
      '14 PTE table',
      '15 PDE table',
      '16 PDP table',
      '17 PML4 table',
    ],
  );
});

/** Type, target and age by index: as i915 writes them on Gen8 and Gen9. */
const PRIVATE_PAT = {
  gen8: [0x000a0907, 0x3b2b1b0b, ['WB LLC', 'WC LLC and eLLC', 'WT LLC and eLLC', 'UC eLLC']],
  gen9: [0x00030907, 0x3b2b1b0b, ['WB LLC', 'WC LLC and eLLC', 'WB eLLC', 'UC eLLC']],
} as const;

for (const [generation, [low, high, first]] of Object.entries(PRIVATE_PAT)) {
  test(`gvt-facts §5.1: the private PAT of ${generation} is kept, and comes apart by index`, () => {
    const { vgpu, r, w } = testVgpu();
    w(0x40e0, low);
    w(0x40e4, high);
    assert.deepEqual([r(0x40e0), r(0x40e4)], [low, high]);
    const field = (offset: number, name: string) => {
      const row = vgpu.core.registers.map
        .at(offset)
        ?.row.fields?.find((each) => each.name === name);
      assert.ok(row, name);
      const value = (r(offset) >>> row.low) & (2 ** (row.high - row.low + 1) - 1);
      return row.values?.[value] ?? value;
    };
    const index = (n: number) => {
      const offset = n < 4 ? 0x40e0 : 0x40e4;
      return `${field(offset, `index${n}Type`)} ${field(offset, `index${n}Target`)}`;
    };
    assert.deepEqual([0, 1, 2, 3].map(index), first);
    for (const n of [4, 5, 6, 7]) {
      assert.equal(index(n), 'WB LLC and eLLC');
      assert.equal(field(0x40e4, `index${n}Age`), n - 4);
    }
  });
}
