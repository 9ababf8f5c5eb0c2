import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandRow } from '../command/command-row.ts';
import { commandTable, lengthOf } from '../command/command-table.ts';
import { EngineGuest, SCRATCH } from '../testing/engine-guest.ts';

/** Commands that GVT-g's scanner knows besides MI, by family (gvt-facts §10.7). */
interface Family {
  readonly name: string;
  readonly engine: string;
  readonly base: number;
  /** First and last value of bits 31:24. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Bits of dword 0 that hold the length - 2. */
  readonly bits: number;
  /** Commands with another number of bits (0: one dword), by how many bits. */
  readonly otherBits?: Readonly<Record<number, readonly string[]>>;
  /** By bits 31:16: operands that are addresses; an address is one operand and two dwords. */
  readonly addresses: Readonly<Record<number, readonly number[]>>;
}

const FAMILIES: readonly Family[] = [
  {
    name: '2D',
    engine: 'BCS0',
    base: 0x22000,
    from: 0x40,
    to: 0x5f,
    count: 24,
    bits: 8,
    addresses: {
      16448: [4, 7],
      17472: [4],
      18816: [3],
      21504: [4],
      21568: [4, 5],
      21632: [4],
      21696: [4, 7],
      21760: [4, 5],
      21888: [4, 5, 8],
      21952: [4, 7],
      22016: [4, 5],
      22080: [4],
      23616: [4],
      23680: [4],
      23744: [4, 7],
      23808: [4, 7],
      23872: [4, 5],
      23936: [4, 5],
      24000: [4],
    },
  },
  {
    name: 'common state',
    engine: 'RCS0',
    base: 0x2000,
    from: 0x60,
    to: 0x69,
    count: 7,
    bits: 8,
    otherBits: {
      0: ['3DSTATE_VF_STATISTICS', 'PIPELINE_SELECT'],
      3: ['SWTESS_BASE_ADDRESS'],
    },
    addresses: { 24579: [1], 24833: [1, 3, 4, 5, 6], 24836: [1], 24835: [1, 2] },
  },
  {
    name: 'media',
    engine: 'RCS0',
    base: 0x2000,
    from: 0x70,
    to: 0x71,
    count: 10,
    bits: 16,
    otherBits: { 8: ['GPGPU_WALKER'] },
    addresses: {},
  },
  {
    name: '3D',
    engine: 'RCS0',
    base: 0x2000,
    from: 0x78,
    to: 0x7b,
    count: 101,
    bits: 8,
    otherBits: {
      0: ['OP_3D_MEDIA_3_0_B'],
      9: [
        '3DSTATE_BINDING_TABLE_EDIT_VS',
        '3DSTATE_BINDING_TABLE_EDIT_GS',
        '3DSTATE_BINDING_TABLE_EDIT_HS',
        '3DSTATE_BINDING_TABLE_EDIT_DS',
        '3DSTATE_BINDING_TABLE_EDIT_PS',
        '3DSTATE_SO_DECL_LIST',
      ],
      11: ['3DSTATE_DX9_CONSTANTF_VS', '3DSTATE_DX9_CONSTANTF_PS'],
    },
    addresses: {
      30730: [2],
      30725: [2],
      30726: [2],
      30727: [2],
      31000: [2, 4],
      31001: [1],
      31002: [1],
      31003: [1],
      31232: [2],
    },
  },
  {
    name: 'video',
    engine: 'VCS0',
    base: 0x12000,
    from: 0x68,
    to: 0x77,
    count: 40,
    bits: 12,
    otherBits: { 6: ['MFX_WAIT'], 16: ['CRYPTO_KEY_EXCHANGE', 'MFX_2_6_0_0', 'MFX_2_6_0_8'] },
    addresses: { 28676: [1, 3, 5], 28967: [2] },
  },
  {
    name: 'video enhancement',
    engine: 'VECS0',
    base: 0x1a000,
    from: 0x74,
    to: 0x74,
    count: 3,
    bits: 12,
    addresses: {},
  },
];

/** Where the model's rows follow Intel's manuals instead: dwords of addresses. */
const BY_MANUAL: Readonly<Record<number, readonly number[]>> = {
  // A full blit has a destination, a source and a pattern.
  21824: [4, 8, 10],
  // Bindless surfaces have a base, too.
  24833: [1, 4, 6, 8, 10, 16],
  // One address takes all that there is of it.
  24835: [1],
  // An offset from a base that another command sets.
  28967: [],
  30728: [2],
};

function rowsOf({ engine, from, to }: Family): CommandRow[] {
  return commandTable('skl', engine).rows.filter(({ opcode, gvt }) => {
    const family = opcode >>> 24;
    return gvt !== 'unknown' && family >= from && family <= to;
  });
}

/** An operand that is an address takes two dwords. */
const dwordsOf = (operands: readonly number[]) =>
  operands.map((operand, before) => operand + before);
const bitsOf = ({ length }: CommandRow) => ('dwords' in length ? 0 : length.bits);

for (const family of FAMILIES) {
  const rows = rowsOf(family);

  test(`gvt-facts §10.7: ${family.name}: ${family.count} commands of ${family.engine}`, () => {
    assert.equal(rows.length, family.count);
    const others = rows.filter((row) => bitsOf(row) !== family.bits);
    const expected = Object.entries(family.otherBits ?? {});
    assert.deepEqual(
      others.map((row) => `${bitsOf(row)} ${row.name}`).sort(),
      expected.flatMap(([bits, names]) => names.map((name) => `${bits} ${name}`)).sort(),
    );
  });

  test(`gvt-facts §10.7: ${family.name}: addresses stand where GVT-g’s table or the manual has them`, () => {
    for (const { opcode, name, addresses = [] } of rows) {
      const code = opcode >>> 16;
      const expected = BY_MANUAL[code] ?? dwordsOf(family.addresses[code] ?? []);
      assert.deepEqual(
        addresses.map(({ dword }) => dword),
        expected,
        name,
      );
    }
    const codes = new Set(rows.map(({ opcode }) => opcode >>> 16));
    for (const code of Object.keys(family.addresses)) assert.ok(codes.has(Number(code)), code);
  });

  test(`gvt-facts §10.7: ${family.name}: its addresses are not audited`, () => {
    for (const row of rows) {
      const dwords = outside(row);
      const guest = new EngineGuest({ policy: 'gvt-g', base: family.base });
      guest.run(guest.context(), [...dwords, 0x10400002, SCRATCH, 0, 1]);
      const refused = guest.faults.filter(({ check }) => isRefusal(check));
      assert.deepEqual(refused, [], row.name);
      assert.equal(guest.vgpu.core.state.failsafe, -1, row.name);
    }
  });
}

test('gvt-facts §10.7, §10.3: with MI commands they are the 225 that the scanner knows', () => {
  const known = ['RCS0', 'BCS0', 'VCS0', 'VECS0'].flatMap((engine) =>
    commandTable('skl', engine).rows.filter(({ gvt }) => gvt !== 'unknown'),
  );
  const count = FAMILIES.reduce((sum, family) => sum + family.count, 0);
  assert.equal(count, 185);
  assert.equal(new Set(known).size, 225);
});

/** The command with a page in each address that no vGPU of the default slice owns; shapes and counts are 0. */
function outside(row: CommandRow): number[] {
  const last = Math.max(1, ...(row.addresses ?? []).map(({ dword }) => dword + 1));
  const { length } = row;
  const enough = 'dwords' in length ? 0 : (length.exactly ?? last + 1) - (length.bias ?? 2);
  const header = (row.opcode | enough) >>> 0;
  const dwords = new Array<number>(lengthOf(row, header)).fill(0);
  dwords[0] = header;
  for (const { dword } of row.addresses ?? []) dwords[dword] = 0x1000;
  return dwords;
}

function isRefusal(check: string): boolean {
  return check.startsWith('command-') && check !== 'command-unimplemented';
}
