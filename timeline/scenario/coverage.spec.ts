import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventNames, registerDirectory } from '../../emulator/index.ts';
import { openTrace } from '../../trace/index.ts';
import { addCoverage, CoverageCollector, NO_COVERAGE } from './coverage.ts';
import { coverageTables, sumOf } from './coverage-tables.ts';

const directory = registerDirectory('skl');
const names = eventNames('skl');

async function collected(lines: string) {
  const { store } = await openTrace([new TextEncoder().encode(lines)]);
  const collector = new CoverageCollector();
  collector.accesses(store, store.length);
  return collector;
}

function rowOf(collector: CoverageCollector, name: string) {
  const tables = coverageTables(collector.data(), directory, names);
  return tables.flatMap(({ rows }) => rows).find((row) => row.name === name);
}

describe('coverage', () => {
  it('counts the accesses of a register, wide ones for both of its dwords', async () => {
    const collector = await collected('R 4 002030 0\nW 4 002030 40\nW 8 002030 40\nAW 4 2030 1\n');
    assert.deepEqual(collector.data().registers, [
      { offset: 0x2030, reads: 1, writes: 2, commands: 0, changed: 0 },
      { offset: 0x2034, reads: 0, writes: 1, commands: 0, changed: 0 },
    ]);
    assert.equal(rowOf(collector, 'RCS0.RING_TAIL')?.hits, 3);
    assert.equal(rowOf(collector, 'RCS0.RING_HEAD')?.hits, 1);
    assert.equal(rowOf(collector, 'BCS0.RING_HEAD')?.hits, 0);
  });

  it('takes a field as exercised when one of its bits has changed', async () => {
    const collector = await collected('W 4 00203c 1\n');
    collector.registerChanged(0x203c, 0, 1);
    const parts = rowOf(collector, 'RCS0.RING_CTL')?.parts;
    assert.deepEqual(
      parts?.filter(({ exercised }) => exercised).map(({ name }) => name),
      ['enable'],
    );
  });

  it('adds up over runs', async () => {
    const one = await collected('R 4 002030 0\n');
    const two = await collected('W 4 002030 0\nW 4 002034 0\n');
    one.command('RCS0:MI_NOOP');
    two.command('RCS0:MI_NOOP');
    two.command('BCS0:MI_NOOP');
    two.fault('failsafe-resource');
    const sum = addCoverage(addCoverage(NO_COVERAGE, one.data()), two.data());
    assert.deepEqual(
      sum.registers.map(({ reads, writes }) => [reads, writes]),
      [
        [1, 1],
        [0, 1],
      ],
    );
    assert.deepEqual(sum.commands, { 'RCS0:MI_NOOP': 2, 'BCS0:MI_NOOP': 1 });
    const tables = coverageTables(sum, directory, names);
    assert.equal(sumOf(tables, 'registers').covered, 2);
    assert.equal(sumOf(tables, 'commands').covered, 1);
    assert.equal(sumOf(tables, 'faults').covered, 1);
    assert.equal(sumOf(tables, 'registers').total, directory.names().length);
    const noop = tables.flatMap(({ rows }) => rows).find(({ name }) => name === 'MI_NOOP');
    assert.equal(noop?.detail, 'on RCS0, BCS0');
  });
});
