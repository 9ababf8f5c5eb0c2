import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVgpu, defaultConfig } from '../../emulator/index.ts';
import { type OpenedTrace, openTrace } from '../../trace/index.ts';
import { asGvtG, deviceConfigFor } from '../device-from-trace.ts';
import { scoreReplay } from '../replay/score.ts';
import { NOT_CANCELLED } from '../testing/traces.ts';
import { TRACEPOINT_RULES, tracepointRule } from './tracepoint-rules.ts';

const MMIO = 'kvm_mmio: mmio';

async function ftrace(lines: readonly string[]): Promise<OpenedTrace> {
  const text = lines.map((line, n) => ` q-1 [000] ..... 1.${String(n).padStart(6, '0')}: ${line}`);
  const trace = await openTrace([new TextEncoder().encode(`${text.join('\n')}\n`)], {
    name: 'test',
    hints: { bar0: 0xfd000000 },
  });
  assert.deepEqual(trace.diagnostics, []);
  return trace;
}

async function scored(lines: readonly string[], vgpu?: number) {
  const trace = await ftrace(lines);
  const config = deviceConfigFor(trace.device);
  assert.ok(!('problem' in config));
  const device = createVgpu(asGvtG(config));
  const { tracepoints } = await scoreReplay(
    trace.store,
    device,
    { gvtG: true, ...(vgpu === undefined ? {} : { vgpu }) },
    NOT_CANCELLED,
  );
  assert.ok(tracepoints !== undefined);
  return tracepoints;
}

const MASK = `${MMIO} write len 4 gpa 0xfd044304 val 0xfffffeff`;
const masked = (old: string, next = 'fffffeff') =>
  `write_ir: VM1 write [IMR] 44304, new ${next}, old ${old}, changed 00000001`;

test('what the model does is held against what was traced, in order', async () => {
  const { streams, unexplained } = await scored([
    MASK,
    masked('ffffffff'),
    `${MMIO} write len 4 gpa 0xfd044304 val 0xffffffff`,
    masked('fffffeff', 'ffffffff'),
  ]);
  assert.deepEqual(unexplained, []);
  assert.deepEqual(streams, {
    write_ir: { recorded: 2, made: 2, equal: 2, rules: {}, unexplained: 0 },
  });
});

test('the first write finds what the host had; a later one must find what was written', async () => {
  const first = await scored([MASK, masked('f6f6f6f6')]);
  assert.deepEqual(first.streams.write_ir?.rules, { 'host-golden-state': 1 });
  const later = await scored([MASK, masked('f6f6f6f6'), MASK, masked('f6f6f6f6')]);
  assert.equal(later.unexplainedCount, 1);
  assert.deepEqual(later.unexplained, [
    {
      name: 'write_ir',
      line: 4,
      access: 2,
      recorded: 'IMR 44304, new fffffeff, old f6f6f6f6, changed 1',
      made: 'IMR 44304, new fffffeff, old fffffeff, changed 0',
    },
  ]);
});

test('an event that only one side has is not passed over', async () => {
  const missing = await scored([MASK, masked('ffffffff'), masked('fffffeff')]);
  assert.equal(missing.unexplainedCount, 1);
  assert.equal(missing.unexplained[0]?.made, undefined);
  const extra = await scored([MASK, MASK, masked('ffffffff')]);
  assert.equal(extra.unexplainedCount, 1);
  assert.equal(extra.unexplained[0]?.recorded, undefined);
});

test('a kind of event that the log lacks altogether was not traced', async () => {
  const { streams } = await scored([
    MASK,
    'gma_index: gma_to_ggtt_pte_index gma 0x1000 index 0x1',
    masked('ffffffff'),
  ]);
  assert.deepEqual(Object.keys(streams), ['write_ir', 'gma_index']);
});

test('addresses are translated by the model when GVT-g does', async () => {
  const slice = defaultConfig().partition.hiddenBase;
  const entry = 0xfd800000 + (slice / 4096) * 8;
  const translated = (gpa: string) =>
    `gma_translate: VM1 ggtt ring 0 root_entry_type 0 gma 0x${(slice + 0x18).toString(16)} -> gpa 0x${gpa}`;
  const lines = [
    MASK,
    masked('ffffffff'),
    `gma_index: gma_to_ggtt_pte_index gma 0x${slice.toString(16)} index 0x1`,
    translated('127018'),
    `${MMIO} write len 8 gpa 0x${entry.toString(16)} val 0x127001`,
    translated('127018'),
    translated('128018'),
  ];
  const { streams, unexplained } = await scored(lines);
  assert.equal(streams.gma_translate?.equal, 1);
  assert.deepEqual(
    unexplained.map(({ line, made }) => [line, made]),
    [
      [3, hexOf(slice / 4096)],
      [4, 'not mapped'],
      [7, '127018'],
    ],
  );
});

function hexOf(value: number): string {
  return value.toString(16);
}

test('a switch of an engine has the table’s registers in their order, with the guest’s values', async () => {
  const switched = (register: string, next: string) =>
    `render_mmio: VM0 -> VM1 switch reg ${register}, old 00000000 new ${next}`;
  const lines = [
    MASK,
    masked('ffffffff'),
    `${MMIO} write len 4 gpa 0xfd022098 val 0x12345678`,
    switched('2229c', 'ffff0000'),
    switched('2209c', 'ffff0200'),
    switched('220c0', 'ffff0000'),
    switched('22098', '12345678'),
  ];
  const whole = await scored([...lines, switched('22028', 'ffff0000')]);
  assert.deepEqual(whole.unexplained, []);
  assert.equal(whole.streams.render_mmio?.equal, 5);
  const wrong = await scored([...lines, switched('22028', 'ffff0001')]);
  assert.equal(wrong.unexplained[0]?.made, 'ffff0000');
  const another = await scored([...lines, switched('2209c', 'ffff0200')]);
  assert.equal(another.unexplained[0]?.made, 'another register: 22028');
});

test('without accesses nothing is compared, and it is said why', async () => {
  const { notCompared, streams, unexplainedCount } = await scored([masked('ffffffff')]);
  assert.match(notCompared ?? '', /none of the guest’s accesses/);
  assert.equal(streams.write_ir?.recorded, 1);
  assert.equal(unexplainedCount, 0);
});

test('each rule has a fact and a section, and none explains what is plainly wrong', () => {
  for (const { source, fact } of TRACEPOINT_RULES) {
    assert.match(source, /^gvt-facts §\d/);
    assert.ok(fact.length > 40);
  }
  const event = (key: string) => ({ name: 'inject_msi', key, access: 9, line: 1 }) as const;
  const ruleOf = (key: string, afterSubmission = true) =>
    tracepointRule({ recorded: undefined, made: event(key), isFirst: true, afterSubmission })?.id;
  assert.equal(ruleOf('fee00000 data 26 after bit 8 of Render AS'), 'work-done-later');
  assert.equal(ruleOf('fee00000 data 26 after bit 8 of Render AS', false), undefined);
  assert.equal(ruleOf('fee00000 data 26 after bit 27 of AUX Chann'), undefined);
});

test('of several vGPUs the events of one count', async () => {
  const other = masked('ffffffff').replace('VM1', 'VM2');
  const lines = [MASK, masked('ffffffff'), other];
  assert.equal((await scored(lines, 1)).streams.write_ir?.recorded, 1);
  assert.equal((await scored(lines)).streams.write_ir?.recorded, 2);
});
