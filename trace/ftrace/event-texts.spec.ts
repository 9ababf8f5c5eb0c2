import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordKind } from '../record.ts';
import { openText } from '../testing/read.ts';
import { EngineIds } from './engine-ids.ts';

const { read, write, interrupt, command, note } = RecordKind;

/** Event, text and what becomes of it; undefined: no record. */
type Row = readonly [event: string, text: string, kind: number | undefined];

/** gvt-facts §13.1: every event of GVT-g, in its own words. */
const GVT: readonly Row[] = [
  ['spt_alloc', 'VM1 [alloc] spt 00000000a1b2c3d4 type 17 mfn 0x1234 gfn 0x10', note],
  ['spt_free', 'VM1 [free] spt (____ptrval____) type 17', note],
  ['gma_index', 'gen8_gtt_pte_index gma 0x100000000 index 0x1ff', note],
  ['gma_translate', 'VM1 ggtt ring 0 root_entry_type 0 gma 0x8000000 -> gpa 0x1000', note],
  ['gma_translate', 'VM1 ppgtt ring 0 root_entry_type 12 gma 0x100000000 -> gpa 0x2000', note],
  ['spt_refcount', 'VM1 [inc] spt 00000000a1b2c3d4 before 1 -> after 2', note],
  ['spt_change', 'VM1 [born] spt 00000000a1b2c3d4 gfn 0x10 type 17', note],
  ['spt_guest_change', 'VM1 [add] spt 00000000a1b2c3d4 type 15 entry 0x11003 index 0x0', note],
  [
    'spt_guest_change',
    'VM1 [populate root pointer] spt           (null) type 12 entry 0x10000 index 0x0',
    note,
  ],
  ['oos_change', 'VM1 [oos attach] page id 3 gpt 00000000a1b2c3d4 type 14', note],
  [
    'oos_sync',
    'VM1 [oos sync] page id 3 gpt 00000000a1b2c3d4 type 14 entry 0x5003 index 0x7',
    note,
  ],
  [
    'gvt_command',
    'vgpu1 ring 0: address_type 0, buf_type 0, ip_gma 08000040,cmd (name=MI_BATCH_BUFFER_START,len=3,raw cmd={0x18800101,0x0,0x1}), workload=00000000a1b2c3d4',
    command,
  ],
  [
    'gvt_command',
    'vgpu1 ring 1: address_type 1, buf_type 2, ip_gma 00100040,cmd (name=MI_NOOP,len=1,raw cmd={0x0}), workload=(____ptrval____)',
    command,
  ],
  ['write_ir', 'VM1 write [MASTER_IR] 44200, new 80000000, old 00000000, changed 00000001', note],
  ['propagate_event', 'Set bit (8) for (Render CS) for vgpu (1)', note],
  ['inject_msi', 'vgpu1:inject msi address fee00000 data 26', interrupt],
  ['render_mmio', 'VM0 -> VM1 switch reg 2248, old 00000000, new 00000100', note],
  ['render_mmio', 'VM0 -> VM1 switch reg 2248, old 00000000 new 00000100', note],
];

/** gvt-facts §13.2: the old tree. */
const VGT: readonly Row[] = [
  ['vgt_mmio_rw', 'VM1 read offset 0x78000 data 0x4776544776544776 byte 8', read],
  ['vgt_mmio_rw', 'VM1 write offset 0x2030 data 0x40 byte 4', write],
  ['vgt_command', 'VM(1) Ring(0): RB ip(00001000) 18800001 00000000 ', note],
  ['spt_alloc', 'VM1 [alloc] spt 00000000a1b2c3d4 type 17 mfn 0x1234 gpt_gfn 0x10', note],
  ['gma_translate', 'VM1 ggtt ring 0 pt_level 0 gma 0x8000000 -> gpa 0x1000', note],
  ['guest_pt_change', 'VM1 [add] spt 00000000a1b2c3d4 type 15 entry 0x11003 index 0x0', note],
  ['ctx_write_trap', 'EXECLIST Context Write Protection addr: <0x1000>, bytes 4', note],
];

/** gvt-facts §13.3 and §13.4. */
const GUEST: readonly Row[] = [
  ['i915_reg_rw', 'read reg=0x78000, len=8, val=(0x76544776, 0x47765447)', read],
  ['i915_reg_rw', 'write reg=0x2030, len=4, val=(0x40, 0x0)', write],
  ['i915_request_add', 'dev=0, engine=0:0, ctx=5, seqno=2, tail=64', note],
  ['i915_request_queue', 'dev=0, engine=0:0, ctx=5, seqno=2, flags=0x0', note],
  ['i915_request_in', 'dev=0, engine=0:0, ctx=5, seqno=2, prio=0, port=0', note],
  ['i915_request_out', 'dev=0, engine=0:0, ctx=5, seqno=2, completed?=1', note],
  ['i915_request_add', 'dev=0, engine=0:0, hw_id=1, ctx=5, seqno=2, global=7', note],
  [
    'i915_vma_bind',
    'obj=00000000a1b2c3d4, offset=0x0000000008000000 size=0x1000, mappable vm=00000000a1b2c3d4',
    note,
  ],
  ['i915_gem_object_create', 'obj=00000000a1b2c3d4, size=0x1000', note],
];

/** After the first answer from 0xd0078000 it is known where BAR0 is. */
const KVM: readonly Row[] = [
  ['kvm_mmio', 'mmio unsatisfied-read len 8 gpa 0xd0078000 val 0x0', undefined],
  ['kvm_mmio', 'mmio read len 8 gpa 0xd0078000 val 0x4776544776544776', read],
  ['kvm_mmio', 'mmio write len 4 gpa 0xd0002030 val 0x40', write],
];

for (const [section, rows] of [
  ['§13.1', GVT],
  ['§13.2', VGT],
  ['§13.3', GUEST],
  ['§13.4', KVM],
] as const) {
  test(`gvt-facts ${section}: every event's text is read, each with its extra line end`, async () => {
    const lines = rows.map(
      ([event, text]) => `  task-9  [001] .....  12.000345: ${event}: ${text}\n`,
    );
    const { store, diagnostics } = await openText(`${lines.join('\n')}\n`);
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity === 'error'),
      [],
    );
    const expected = rows.filter(([, , kind]) => kind !== undefined);
    assert.deepEqual(
      Array.from({ length: store.length }, (_, i) => store.kind(i)).filter(
        (kind) => kind !== RecordKind.memory,
      ),
      expected.map(([, , kind]) => kind),
    );
  });
}

test('gvt-facts §13.1: a note keeps the event’s text, pointers as they are printed', async () => {
  const [, text] = GVT[1] ?? assert.fail();
  const { store } = await openText(` t-1 [000] ..... 1.0: spt_free: ${text}\n`);
  assert.equal(store.text(0), `spt_free: ${text}`);
});

/** gvt-facts §6.1: ring ids by kernel. 10 is another engine since 5.19: what else occurred tells. */
const RINGS = {
  '5.0': [
    [0, 'rcs0'],
    [1, 'bcs0'],
    [2, 'vcs0'],
    [3, 'vcs1'],
    [6, 'vecs0'],
  ],
  5.15: [
    [0, 'rcs0'],
    [1, 'bcs0'],
    [2, 'vcs0'],
    [3, 'vcs1'],
    [10, 'vecs0'],
  ],
  '7.0': [
    [0, 'rcs0'],
    [1, 'bcs0'],
    [10, 'vcs0'],
    [11, 'vcs1'],
    [18, 'vecs0'],
  ],
} as const;

for (const [kernel, rings] of Object.entries(RINGS)) {
  test(`gvt-facts §6.1: ring ids of Linux ${kernel}`, () => {
    const ids = new EngineIds();
    for (const [ring, engine] of rings) assert.equal(ids.nameOf(ring), engine);
  });
}

test('gvt-facts §6.1: a ring id that no kernel has stays a number', () => {
  assert.equal(new EngineIds().nameOf(5), 'ring5');
});
