import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { sampleTrace, traceOf } from '../testing/traces.ts';
import { diffTraces } from './diff-traces.ts';

async function diff(a: readonly string[], b: readonly string[]) {
  const [one, two] = [await traceOf(a), await traceOf(b)];
  return diffTraces(one.store, two.store);
}

const LINES = [
  'W 4 002030 00000040',
  'R 4 002034 00000040',
  'W 4 00203c 00000001',
  'R 4 044200 00000000',
  'W 4 044300 00000000',
];

describe('two traces', () => {
  it('are alike whatever their times, notes and lengths of polls', async () => {
    const polls = [...LINES.slice(0, 1), 'R 4 002034 00000000', '# a note', ...LINES.slice(1)];
    const result = await diff(LINES, polls);
    assert.deepEqual(result, {
      alike: 5,
      counts: { answer: 0, value: 0, accesses: 0 },
      differences: [],
      complete: true,
    });
  });

  it('differ in an answer, or in what is written', async () => {
    const other = LINES.map((line) => line.replace('002034 00000040', '002034 00000048'));
    assert.deepEqual((await diff(LINES, other)).differences, [{ kind: 'answer', a: [1], b: [1] }]);
    const written = LINES.map((line) => line.replace('00203c 00000001', '00203c 00000003'));
    assert.deepEqual((await diff(LINES, written)).differences, [{ kind: 'value', a: [2], b: [2] }]);
  });

  it('find each other again after accesses that only one of them has', async () => {
    const more = [...LINES.slice(0, 2), 'W 4 002098 1', 'W 4 0020a8 1', ...LINES.slice(2)];
    const { differences, alike, complete } = await diff(LINES, more);
    assert.deepEqual(differences, [{ kind: 'accesses', a: [], b: [2, 3] }]);
    assert.equal(alike, 5);
    assert.ok(complete);
    const cut = await diff(LINES, LINES.slice(0, 3));
    assert.deepEqual(cut.differences, [{ kind: 'accesses', a: [3, 4], b: [] }]);
  });

  it('do not differ in registers that count time, nor in where memory lies', async () => {
    const a = ['R 4 070000 00000001', 'W 8 820000 0000000001234001'];
    const b = ['R 4 070000 00000002', 'W 8 820000 0000000005678001'];
    assert.equal((await diff(a, b)).alike, 2);
    assert.equal(
      (await diff(a, [...b.slice(0, 1), 'W 8 820000 0000000001234000'])).counts.value,
      1,
    );
  });

  it('of the same trace never differ, and each change is found', async () => {
    const line = fc.constantFrom(...LINES);
    const lines = fc.array(line, { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(lines, fc.nat(29), async (all, at) => {
        assert.equal((await diff(all, all)).differences.length, 0);
        const index = at % all.length;
        const changed = all.toSpliced(index, 1, 'W 4 0020c0 00000009');
        const { differences } = await diff(all, changed);
        assert.ok(differences.some(({ b }) => b.length > 0));
      }),
    );
  });

  it('of 900,000 records are aligned from end to end', async () => {
    const [a, b] = [
      await sampleTrace('skl-modeset-stacks.vgpu.gz'),
      await sampleTrace('skl-modeset-fbcon-gem.vgpu.gz'),
    ];
    const { alike } = diffTraces(a.store, b.store);
    assert.ok(alike > 100_000, `${alike} alike`);
  });
});
