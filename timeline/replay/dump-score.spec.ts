import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GoldenState } from '../../emulator/index.ts';
import type { SnapshotRegister } from '../../trace/index.ts';
import { DUMP_EXPLANATIONS } from './dump-explanations.ts';
import { scoreDump } from './dump-score.ts';

function device(registers: Readonly<Record<number, number>>, lacksMemory = false) {
  return {
    lacksMemory,
    peek: (_space: string, at: number) => ({ low: registers[at] ?? 0, high: 0, known: true }),
  };
}

function register(offset: number | undefined, low: number, high = 0): SnapshotRegister {
  const size = high === 0 ? 4 : 8;
  return { name: 'R', offset, size, value: { low, high }, line: 1 };
}

function score(
  rows: readonly SnapshotRegister[],
  registers: Readonly<Record<number, number>>,
  { lacksMemory = false, gvtG = true, before = {} } = {},
) {
  return scoreDump(rows, {
    device: device(registers, lacksMemory),
    atPowerOn: device(before),
    gvtG,
  });
}

test('equal, different, and of unknown place', () => {
  const rows = [register(0x2098, 1), register(0x209c, 2), register(undefined, 3)];
  const {
    compared,
    equal,
    host,
    explained,
    different,
    rows: found,
  } = score(rows, { 8344: 1, 8348: 1 });
  assert.deepEqual([compared, equal, host, explained, different], [2, 1, 0, 0, 1]);
  assert.deepEqual([found[0]?.offset, found[0]?.got, found[0]?.why], [0x209c, 1, undefined]);
});

test('both halves of 8 bytes count', () => {
  const rows = [register(0x2600, 1, 2)];
  assert.equal(score(rows, { 9728: 1, 9732: 2 }).equal, 1);
  assert.equal(score(rows, { 9728: 1, 9732: 3 }).different, 1);
});

test('what the host left counts where the bits that differ are those of power-on, for GVT-g alone', () => {
  const chicken = (low: number, options = {}) =>
    score([register(0x7300, 0x80308030)], { 29440: low }, options);
  assert.equal(chicken(0x8030).host, 1);
  assert.equal(chicken(0x8030, { before: { 29440: 0x00300000 } }).different, 1);
  assert.equal(chicken(0x8031).different, 1);
  assert.equal(chicken(0x8031, { before: { 29440: 1 } }).host, 1);
  assert.equal(chicken(0x8030, { gvtG: false }).different, 1);
});

test('an active head is explained while GVT-g’s copy is what it was at power-on', () => {
  const head = [register(0x2074, 0xffdd70a8)];
  const copied = (copy: number) => ({ ...device({ 8308: 0x27ffc0d4 }), copyOf: () => copy });
  const against = (copy: number) =>
    scoreDump(head, { device: copied(copy), atPowerOn: device({}), gvtG: true });
  const { host, explained, rows } = against(0);
  assert.deepEqual([host, explained, rows[0]?.got], [0, 1, 0]);
  assert.equal(against(0x27ffc0d4).different, 1, 'the guest has read it');
  assert.equal(against(0xffdd70a8).equal, 1);
});

test('what the host’s golden state tells is compared to the letter', () => {
  const golden = new GoldenState({ registers: [{ offset: 0x2074, value: 5 }] });
  const rows = [register(0x2074, 6), register(0x12074, 6)];
  const { explained, different } = scoreDump(rows, {
    device: device({}),
    atPowerOn: device({}),
    gvtG: true,
    golden,
  });
  assert.deepEqual([explained, different], [1, 1]);
});

test('a clock that the guest has read holds what it was answered then', () => {
  const against = (answer: number | undefined) =>
    scoreDump([register(0x22358, 77)], {
      device: device({ 140120: 2 }),
      atPowerOn: device({}),
      gvtG: true,
      lastAnswer: () => answer,
    });
  assert.equal(against(77).explained, 1);
  assert.equal(against(76).different, 1);
  assert.equal(against(undefined).different, 1);
});

test('work that was not done for lack of memory explains what it would have changed', () => {
  const tail = [register(0x2030, 0xd8)];
  assert.equal(score(tail, {}, { lacksMemory: true, gvtG: false }).explained, 1);
  assert.equal(score(tail, {}, { gvtG: false }).explained, 0);
});

test('each explanation has a reason and a source, once', () => {
  for (const { reason, source } of DUMP_EXPLANATIONS) {
    assert.ok(reason.length > 40);
    assert.match(source, /^gvt-facts §\d/);
  }
  const offsets = DUMP_EXPLANATIONS.map(({ offset }) => offset);
  assert.equal(new Set(offsets).size, offsets.length);
});
