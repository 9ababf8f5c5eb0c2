import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXECUTION_REGISTERS } from './execution-registers.ts';
import { EXPLAINED_RULES, type ReadDifference, ruleFor } from './explained-rules.ts';
import { VOLATILE_REGISTERS } from './volatile-registers.ts';

/** A difference on a device that holds nothing but `registers`. */
function difference(
  given: Partial<ReadDifference>,
  registers: Readonly<Record<number, number>> = {},
): ReadDifference {
  return {
    record: 0,
    space: 'mmio',
    offset: 0,
    size: 4,
    expected: 0,
    expectedHigh: 0,
    got: 0,
    gotHigh: 0,
    afterSubmission: true,
    gvtG: false,
    device: { peek: (_space, at) => ({ low: registers[at] ?? 0, high: 0, known: true }) },
    ...given,
  };
}

test('every row of the tables says why and where that stands', () => {
  for (const row of [...VOLATILE_REGISTERS, ...EXECUTION_REGISTERS]) {
    assert.ok(row.reason !== '' && row.source !== '', row.name);
  }
  for (const rule of EXPLAINED_RULES) assert.match(rule.source, /^gvt-facts §\d/);
  assert.equal(new Set(EXPLAINED_RULES.map(({ id }) => id)).size, EXPLAINED_RULES.length);
  assert.ok(VOLATILE_REGISTERS.length <= 20);
});

test('the preset of DPLL_CTRL1 explains its own bit only', () => {
  const read = { offset: 0x6c058, got: 7 };
  assert.equal(ruleFor(difference({ ...read, expected: 5 }))?.id, 'dpll-ctrl1-preset');
  assert.equal(ruleFor(difference({ ...read, expected: 4 })), undefined);
});

test('lock bits must be those of the enabled PLLs', () => {
  const enabled = { 286736: 0xc0000000, 286740: 0x80000000 };
  const read = { offset: 0x6c060, expected: 0x01010101 };
  const id = 'dpll-lock-follows-enable';
  assert.equal(ruleFor(difference({ ...read, got: 0x101 }, enabled))?.id, id);
  assert.equal(ruleFor(difference({ ...read, got: 0x1 }, enabled)), undefined);
  assert.equal(ruleFor(difference({ ...read, got: 0x103 }, enabled)), undefined);
});

test('of GMBUS3 only bytes that were not asked for may differ', () => {
  const oneByte = { 807172: 0x460100a1 };
  const fourBytes = { 807172: 0x460400a1 };
  const read = { offset: 0xc510c, expected: 0xffffff00 };
  assert.equal(ruleFor(difference({ ...read, got: 0 }, oneByte))?.id, 'gmbus-byte-count');
  assert.equal(ruleFor(difference({ ...read, got: 1 }, oneByte)), undefined);
  assert.equal(ruleFor(difference({ ...read, got: 0x100 }, oneByte)), undefined);
  assert.equal(ruleFor(difference({ ...read, got: 0 }, fourBytes)), undefined);
});

test('of a pipe interrupt register only the vblank may differ', () => {
  const read = { offset: 0x44408, expected: 1 };
  assert.equal(ruleFor(difference(read))?.id, 'vblank-phase');
  assert.equal(ruleFor(difference({ ...read, expected: 9 })), undefined);
  assert.equal(ruleFor(difference({ ...read, offset: 0x44308 })), undefined);
});

test('configuration differs in the latency timer and in BARs that a vGPU does not have', () => {
  const config = (offset: number, expected: number, got = 0) =>
    ruleFor(difference({ space: 'config', offset, expected, got }))?.id;
  assert.equal(config(0x0c, 0x4000), 'config-latency-timer');
  assert.equal(config(0x0c, 0x4010), undefined);
  assert.equal(config(0x20, 0xa101), 'config-no-io-bar');
  assert.equal(config(0x24, 0xfe010000), 'config-no-io-bar');
  assert.equal(config(0x20, 0xa101, 1), undefined);
  assert.equal(config(0x18, 0xc000000c), undefined);
});

test('work that a thread does later explains events of engines and a status buffer behind, nothing else', () => {
  const interrupts = { offset: 0x44308, got: 0x101 };
  assert.equal(
    ruleFor(difference({ ...interrupts, gvtG: true, expected: 0x100 }))?.id,
    'work-done-later',
  );
  assert.equal(ruleFor(difference({ ...interrupts, gvtG: true, expected: 0x102 })), undefined);
  const early = { ...interrupts, gvtG: true, expected: 0x100, afterSubmission: false };
  assert.equal(ruleFor(difference(early)), undefined);
  const pointer = { offset: 0x23a0, got: 0x3 };
  assert.equal(
    ruleFor(difference({ ...pointer, gvtG: true, expected: 0x2 }))?.id,
    'work-done-later',
  );
  assert.equal(ruleFor(difference({ ...pointer, gvtG: true, expected: 0x4 })), undefined);
  assert.equal(ruleFor(difference({ ...pointer, gvtG: true, expected: 0x502 })), undefined);
});

test('a value of the host explains itself alone', () => {
  const read = { offset: 0x46408, got: 0, gvtG: true };
  assert.equal(ruleFor(difference({ ...read, expected: 0x10 }))?.id, 'host-golden-state');
  assert.equal(ruleFor(difference({ ...read, expected: 0x11 })), undefined);
  assert.equal(ruleFor(difference({ ...read, expected: 0x10, gvtG: false })), undefined);
});
