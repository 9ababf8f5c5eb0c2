import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandTable, lengthOf } from '../../command/command-table.ts';
import { DEFAULT_PARTITION } from '../../partition.ts';
import { EngineGuest, type EngineGuestOptions, SCRATCH } from '../../testing/engine-guest.ts';
import { testVgpu } from '../../testing/test-vgpu.ts';
import { auditAddress, auditIndex } from './address-audit.ts';

const RCS = 0x2000;
const BCS = 0x22000;
const VCS = 0x12000;
const VECS = 0x1a000;
const ENGINES = [
  ['RCS0', RCS],
  ['BCS0', BCS],
  ['VCS0', VCS],
  ['VECS0', VECS],
] as const;
const BDW = { platform: 'bdw', deviceId: 0x1616 } as const;
const STORE = [0x10400002, SCRATCH, 0, 1];
const END = 0x05000000;
const MIB = 0x100000;

/** Runs a workload that ends with a store; what the scanner had against it, and whether the store came. */
function scanned(dwords: readonly number[], options: EngineGuestOptions = {}) {
  const guest = new EngineGuest({ policy: 'gvt-g', ...options });
  guest.run(guest.context(), [...dwords, ...STORE]);
  const refused = guest.faults.find(({ check }) => check.startsWith('command-'));
  const kind = /\((bad request|fault|not permitted)\)/.exec(refused?.message ?? '')?.[1];
  const executed = guest.dword(SCRATCH) === 1;
  assert.equal(executed, kind === undefined, refused?.message);
  const { failsafe } = guest.vgpu.core.state;
  assert.equal(failsafe, kind === undefined || kind === 'not permitted' ? -1 : 2);
  return { guest, kind };
}

type Case = readonly [
  name: string,
  kind: string | undefined,
  dwords: readonly number[],
  options?: EngineGuestOptions,
];

const LRI = (register: number, value = 0) => [0x11000001, register, value];
const zeros = (count: number) => new Array<number>(count).fill(0);

const CASES: readonly Case[] = [
  ['§10.3 MI_LOAD_SCAN_LINES_EXCL is in no table', 'bad request', [0x09800000, 0]],
  ['§10.3 MI_SET_CONTEXT is in no table', 'bad request', [0x0c000000, 0]],
  ['§10.1 2D commands are rejected on RCS', 'bad request', [0x54000005, ...zeros(6)]],
  ['§10.1 2D commands pass on BCS', undefined, [0x54000005, 0, 0, 0, 0, 0, 0], { base: BCS }],
  ['§10.3 STORE_DATA_IMM of 4 dwords', undefined, [0x10400002, SCRATCH + 8, 0, 1]],
  ['§10.3 STORE_DATA_IMM of 5 with bit 21', undefined, [0x10600003, SCRATCH + 8, 0, 1, 2]],
  ['§10.3 STORE_DATA_IMM of 4 with bit 21', 'fault', [0x10600002, SCRATCH + 8, 0, 1]],
  ['§10.3 STORE_DATA_IMM of 5 without bit 21', 'fault', [0x10400003, SCRATCH + 8, 0, 1, 2]],
  ['§10.3 FLUSH_DW of 4', undefined, [0x13004002, (SCRATCH + 8) | 4, 0, 1], { base: BCS }],
  ['§10.3 FLUSH_DW of 5', undefined, [0x13004003, (SCRATCH + 8) | 4, 0, 1, 2], { base: BCS }],
  ['§10.3 FLUSH_DW of 3', 'fault', [0x13000001, 0, 0], { base: BCS }],
  ['§10.3 FLUSH_DW of 6', 'fault', [0x13000004, 0, 0, 0, 0, 0], { base: BCS }],
  ['§10.3 ATOMIC of 3', undefined, [0x17c00501, SCRATCH + 8, 0]],
  ['§10.3 ATOMIC of 11 with inline data', undefined, [0x17c40709, SCRATCH + 8, 0, ...zeros(8)]],
  ['§10.3 ATOMIC of 3 with inline data', 'fault', [0x17c40701, SCRATCH + 8, 0]],
  ['§10.3 ATOMIC of 11 without inline data', 'fault', [0x17c00709, SCRATCH + 8, 0, ...zeros(8)]],
  ['§10.3 DISPLAY_FLIP of 3', undefined, [0x0a000001, 0, SCRATCH]],
  ['§10.3 DISPLAY_FLIP of 4, stereo', undefined, [0x0a000002, 0, SCRATCH | 2, 0]],
  ['§10.3 DISPLAY_FLIP of 4, not stereo', 'fault', [0x0a000002, 0, SCRATCH, 0]],
  [
    '§10.3 LOAD_REGISTER_IMM may be long',
    undefined,
    [0x1100001d, ...[...Array(15).keys()].flatMap((n) => [0x2600 + n * 4, n])],
  ],
  ['§10.5 of a long one each register counts', 'bad request', [0x11000003, 0x2600, 1, 0x44200, 0]],
  ['§10.4 SRM: 0xb118', undefined, [0x12400002, 0xb118, SCRATCH + 8, 0]],
  ['§10.4 SRM: 0x21f0', undefined, [0x12400002, 0x21f0, SCRATCH + 8, 0]],
  ['§10.4 SRM: 0x20c0 not on Skylake', 'not permitted', [0x12400002, 0x20c0, SCRATCH + 8, 0]],
  ['§10.4 SRM: 0x20c0 on Broadwell', undefined, [0x12400002, 0x20c0, SCRATCH + 8, 0], BDW],
  ['§10.4 LRM: another register', 'not permitted', [0x14c00002, 0x2580, SCRATCH + 8, 0]],
  [
    '§10.4 LRM: a register without command access',
    'bad request',
    [0x14c00002, 0x44200, SCRATCH + 8, 0],
  ],
  ['§10.4 LRM: the address is audited too', 'fault', [0x14c00002, 0xb118, 0x1000, 0]],
  ['§10.4 LRR: not on Skylake', 'not permitted', [0x15000001, 0x215c, 0x215c]],
  ['§10.4 LRR: 0x215c on Broadwell', undefined, [0x15000001, 0x215c, 0x215c], BDW],
  ['§10.4 LRR: with another as source', 'not permitted', [0x15000001, 0x2600, 0x215c], BDW],
  ['§10.4 LRR: with another as destination', 'not permitted', [0x15000001, 0x215c, 0x2600], BDW],
  [
    '§10.4 PIPE_CONTROL takes its register from dword 2',
    'bad request',
    [0x7a000004, 1 << 23, 0x44200, 0, 1, 0],
  ],
  [
    '§10.4 PIPE_CONTROL with a register that is right',
    undefined,
    [0x7a000004, 1 << 23, 0x2580, 0, 0, 0],
  ],
  ['§10.5 1: the last register', 'bad request', LRI(0x1ffffc)],
  ['§10.5 1: offset > 2 MiB - 4', 'fault', LRI(0x200000)],
  ['§10.5 2: FORCEWAKE_MT is redirected', undefined, LRI(0xa188, 0x00010001)],
  ['§10.5 3: page directories of the engine', undefined, LRI(0x2270, 0x1000)],
  ['§10.5 4: MOCS', undefined, LRI(0xc800, 0x39)],
  ['§10.5 BDW: bits 22:18 of LRI on BCS', 'bad request', LRI(0x44204), { ...BDW, base: BCS }],
  ['§10.5 BDW: DERRMR on BCS', undefined, LRI(0x44050), { ...BDW, base: BCS }],
  ['§10.5 BDW: DERRMR on VCS', 'bad request', LRI(0x44050), { ...BDW, base: VCS }],
  ['§10.5 BDW: DERRMR on RCS', undefined, LRI(0x44050), BDW],
  [
    '§10.5 BDW: bits 22:18 of LRM, on RCS too',
    'bad request',
    [0x14c00002, 0x44050, SCRATCH, 0],
    BDW,
  ],
  ['§10.5 BDW: bits 22:18 of LRR', 'bad request', [0x15000001, 0x44050, 0x215c], BDW],
  ['§10.5 Skylake has no such limit', undefined, LRI(0x44050), { base: VCS }],
  ['§10.4 STORE_DATA_IMM in the PPGTT is not audited', undefined, [0x10000002, 0x1000, 1, 0]],
  ['§10.4 FLUSH_DW: bit 2 clear is PPGTT', undefined, [0x13004002, 0x1000, 1, 1], { base: BCS }],
  [
    '§10.4 FLUSH_DW without post-sync has no address',
    undefined,
    [0x13000002, 4, 0, 0],
    { base: BCS },
  ],
  ['§10.6 FLUSH_DW by index', undefined, [0x13204002, 0xff8, 0, 1], { base: BCS }],
  ['§10.6 FLUSH_DW by an index of a page', 'fault', [0x13204002, 0x1000, 0, 1], { base: BCS }],
];

for (const [name, kind, dwords, options] of CASES) {
  test(`gvt-facts ${name}: ${kind ?? 'passes'}`, () => {
    assert.equal(scanned(dwords, options).kind, kind);
  });
}

test('gvt-facts §10.3: what is rejected in every form is so on every engine that has it', () => {
  for (const platform of ['skl', 'bdw'] as const) {
    for (const [name, base] of ENGINES) {
      const rejected = commandTable(platform, name).rows.filter(({ gvt }) => gvt === 'rejected');
      assert.deepEqual(
        rejected.map((row) => row.name),
        [
          'MI_SEMAPHORE_WAIT',
          'MI_STORE_DATA_INDEX',
          'MI_UPDATE_GTT',
          'MI_CLFLUSH',
          'MI_REPORT_PERF_COUNT',
          'MI_COPY_MEM_MEM',
          'MI_CONDITIONAL_BATCH_BUFFER_END',
        ].filter((each) => rejected.some((row) => row.name === each)),
      );
      assert.ok(rejected.length >= 6, name);
      for (const row of rejected) {
        const header = row.opcode | ('exactly' in row.length ? (row.length.exactly ?? 2) - 2 : 1);
        const dwords = [header, ...zeros(lengthOf(row, header) - 1)];
        assert.equal(scanned(dwords, { base, platform }).kind, 'bad request', row.name);
      }
    }
  }
});

test('gvt-facts §10.5 2: an LRI of DERRMR or FORCEWAKE_MT is discarded; hardware does it', () => {
  for (const policy of ['gvt-g', 'hardware'] as const) {
    const guest = new EngineGuest({ policy });
    guest.run(guest.context(), [...LRI(0x44050, 0x1234), ...LRI(0xa188, 0x00010001)]);
    const done = policy === 'hardware';
    assert.deepEqual([guest.r(0x44050), guest.r(0x130044)], done ? [0x1234, 1] : [0, 0]);
    assert.equal(guest.r(0x78000), 0x76544776);
    assert.equal(guest.vgpu.core.state.failsafe, -1);
  }
});

test('gvt-facts §10.5: "not permitted" fails the submission only: after a reset the guest goes on', () => {
  const guest = new EngineGuest({ policy: 'gvt-g' });
  guest.run(guest.context(), [0x12400002, 0x2580, SCRATCH + 8, 0, ...STORE]);
  assert.equal(guest.dword(SCRATCH), 0);
  guest.w(0x941c, 1 << 1);
  guest.run(guest.context(), STORE);
  assert.equal(guest.dword(SCRATCH), 1);
});

test('gvt-facts §10.6: address and size within one slice; at most 36 MiB; an index below 4 KiB', () => {
  const { core } = testVgpu().vgpu;
  const { mappableBase, mappableSize, hiddenBase, hiddenSize } = DEFAULT_PARTITION;
  for (const [address, bytes, right] of [
    [mappableBase, 4, true],
    [mappableBase - 4, 4, false],
    [mappableBase - 4, 8, false],
    [mappableBase + mappableSize - 8, 8, true],
    [mappableBase + mappableSize - 4, 8, false],
    [hiddenBase, 4, true],
    [hiddenBase - 4, 8, false],
    [hiddenBase + hiddenSize - 4, 4, true],
    [hiddenBase + hiddenSize - 4, 8, false],
    [mappableBase, 36 * MIB, true],
    [mappableBase, 36 * MIB + 1, false],
    // It begins in one slice and ends in the other.
    [mappableBase + mappableSize - 4, hiddenBase - mappableBase, false],
  ] as const) {
    const refused = auditAddress(core, address, bytes);
    assert.equal(refused === undefined, right, `${address.toString(16)} + ${bytes}`);
    if (refused !== undefined) assert.equal(refused.kind, 'fault');
  }
  assert.equal(auditIndex(0xfff), undefined);
  assert.equal(auditIndex(0x1000)?.kind, 'fault');
});

test('gvt-facts §10.6: MI_ATOMIC has 4·2^(bits 20:19) bytes, MI_STORE_DATA_IMM 4 or 8', () => {
  const end = DEFAULT_PARTITION.hiddenBase + DEFAULT_PARTITION.hiddenSize;
  const atEnd = { partition: { ...DEFAULT_PARTITION } };
  for (const [dwords, kind] of [
    [[0x17c00501, end - 4, 0], undefined],
    [[0x17c82501, end - 4, 0], 'fault'],
    [[0x17c82501, end - 8, 0], undefined],
    [[0x17d00501, end - 8, 0], 'fault'],
    [[0x10400002, end - 4, 0, 1], undefined],
    [[0x10600003, end - 4, 0, 1, 2], 'fault'],
  ] as const) {
    const guest = new EngineGuest({ policy: 'gvt-g', ...atEnd });
    guest.map(end - 4096);
    guest.show(end - 4096, zeros(1024));
    guest.run(guest.context(), dwords);
    const refused = guest.faults.find(({ check }) => check.startsWith('command-'));
    assert.equal(/\((.*?)\)/.exec(refused?.message ?? '')?.[1], kind);
  }
});

const at = (offset: number) => [SCRATCH + offset, 0];
const START = 0x18800001;
const SECOND = START | (1 << 22);
const WAIT = [0x0e40c002, 0, SCRATCH, 0];

/** Batches in the scratch page, by offset; the ring starts the first one. */
function batches(content: Readonly<Record<number, readonly number[]>>) {
  const guest = new EngineGuest({ policy: 'gvt-g' });
  for (const [offset, dwords] of Object.entries(content))
    guest.show(SCRATCH + Number(offset), dwords);
  guest.run(guest.context(), [START, ...at(0x100), ...STORE]);
  const refused = guest.faults.find(({ check }) => check.startsWith('command-'));
  return refused?.message.replace(/^RCS0: /, '');
}

test('gvt-facts §10.2: a second level may be called from a first-level batch only', () => {
  assert.equal(batches({ 256: [SECOND, ...at(0x200), END], 512: [END] }), undefined);
  const nested = { 256: [SECOND, ...at(0x200), END], 512: [SECOND, ...at(0x300), END], 768: [END] };
  assert.match(batches(nested) ?? '', /MI_BATCH_BUFFER_START at ggtt 0x28001200 .*\(fault\)/);
});

test('gvt-facts §10.2: second levels and chains are scanned, and what follows a second level', () => {
  assert.match(
    batches({ 256: [SECOND, ...at(0x200), END], 512: [...WAIT, END] }) ?? '',
    /MI_SEMAPHORE_WAIT at ggtt 0x28001200/,
  );
  assert.match(
    batches({ 256: [SECOND, ...at(0x200), ...WAIT, END], 512: [END] }) ?? '',
    /MI_SEMAPHORE_WAIT at ggtt 0x2800110c/,
  );
  assert.match(
    batches({ 256: [START, ...at(0x200)], 512: [START, ...at(0x300)], 768: [...WAIT, END] }) ?? '',
    /MI_SEMAPHORE_WAIT at ggtt 0x28001300/,
  );
});

test('gvt-facts §10.2: a chain within a second level is a second level still', () => {
  const chained = {
    256: [SECOND, ...at(0x200), END],
    512: [START, ...at(0x300)],
    768: [SECOND, ...at(0x400), END],
    1024: [END],
  };
  assert.match(batches(chained) ?? '', /at ggtt 0x28001300 .*from a second-level batch/);
});

test('gvt-facts §10.2: a chain ends its buffer: what stands behind it is not looked at', () => {
  assert.equal(batches({ 256: [START, ...at(0x200), ...WAIT], 512: [END, ...WAIT] }), undefined);
});

test('gvt-facts §10.2: of a start’s address bits 31:2 and 15:0 of the high dword count', () => {
  const guest = new EngineGuest({ policy: 'gvt-g' });
  guest.show(SCRATCH + 0x100, [...WAIT, END]);
  guest.run(guest.context(), [START, (SCRATCH + 0x100) | 3, 0xffff0000, ...STORE]);
  assert.match(guest.faults[0]?.message ?? '', /MI_SEMAPHORE_WAIT at ggtt 0x28001100/);
});
