import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Container, Row } from './row.ts';
import { childNamed, pageOf, VariableTable } from './variable-table.ts';

const ENTRIES = 0x100000;

/** As many numbered children as the GGTT has, and one with a name. */
function large(asked: [number, number][] = []): Container {
  return {
    rows: async () => [{ name: 'walk', value: '' }],
    indexed: {
      count: ENTRIES,
      rows: async (start, count) => {
        asked.push([start, count]);
        return Array.from(
          { length: count },
          (_, n): Row => ({ name: `[${start + n}]`, value: '' }),
        );
      },
      indexOf: (name) => Number(/^\[(\d+)\]$/.exec(name)?.[1] ?? Number.NaN),
    },
  };
}

describe('the table of variables', () => {
  test('asks for no more children than a page shows', async () => {
    const asked: [number, number][] = [];
    const rows = await pageOf(large(asked), { filter: 'indexed', start: 500, count: 100 });
    assert.equal(rows.length, 100);
    assert.equal(rows[0]?.name, '[500]');
    assert.deepEqual(asked, [[500, 100]]);
  });

  test('gives named children apart from numbered ones', async () => {
    const rows = await pageOf(large(), { filter: 'named' });
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['walk'],
    );
  });

  test('cuts a page that reaches past the end', async () => {
    const rows = await pageOf(large(), { filter: 'indexed', start: ENTRIES - 5, count: 100 });
    assert.equal(rows.length, 5);
  });

  test('groups children in ranges for a client that knows no pages', async () => {
    const table = new VariableTable();
    const top = await pageOf(table.container(table.add(large(), false)), {});
    assert.equal(top.length, 1 + 1024);
    const [walk, first] = top;
    assert.equal(walk?.name, 'walk');
    assert.equal(first?.name, '[0 to 1023]');
    const inside = await pageOf(first?.children ?? {}, {});
    assert.equal(inside.length, 1024);
    assert.equal(inside.at(-1)?.name, '[1023]');
  });

  test('finds a child by its name, also among the numbered', async () => {
    assert.equal((await childNamed(large(), 'walk'))?.name, 'walk');
    assert.equal((await childNamed(large(), '[77]'))?.name, '[77]');
  });

  test('knows a reference from before the last stop', () => {
    const table = new VariableTable();
    const old = table.add({}, true);
    table.clear();
    assert.throws(() => table.container(old), /no longer valid/);
    assert.notEqual(table.add({}, true), old);
  });
});
