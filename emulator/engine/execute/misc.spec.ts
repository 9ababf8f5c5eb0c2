import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandTable } from '../../command/command-table.ts';
import { EngineGuest } from '../../testing/engine-guest.ts';
import { EXECUTED, WITHOUT_EFFECT } from './execute.ts';

test('every command with a function is one of the tables', () => {
  const names = new Set(
    ['RCS0', 'BCS0', 'VCS0', 'VECS0'].flatMap((engine) =>
      (['bdw', 'skl'] as const).flatMap((platform) =>
        commandTable(platform, engine).rows.map(({ name }) => name),
      ),
    ),
  );
  assert.deepEqual(
    Object.keys(EXECUTED).filter((name) => !names.has(name)),
    [],
  );
});

test('commands whose effect is missing say so by name, and the batch goes on behind them', () => {
  for (const [base, engine, name] of [
    [0x2000, 'RCS0', 'MI_REPORT_PERF_COUNT'],
    [0x2000, 'RCS0', 'MI_SET_CONTEXT'],
    [0x2000, 'RCS0', 'MI_RS_STORE_DATA_IMM'],
    [0x2000, 'RCS0', 'MI_STORE_URB_MEM'],
    [0x22000, 'BCS0', 'COLOR_BLT'],
    [0x22000, 'BCS0', 'SRC_COPY_BLT'],
  ] as const) {
    assert.ok(WITHOUT_EFFECT.includes(name), name);
    const row = commandTable('skl', engine).named(name);
    assert.ok(row, name);
    const { length } = row;
    const dwords = 'dwords' in length ? length.dwords : (length.exactly ?? 4);
    const low = 'dwords' in length ? 0 : dwords - (length.bias ?? 2);
    const guest = new EngineGuest({ base });
    const command = [(row.opcode | low) >>> 0, ...new Array(dwords - 1).fill(0)];
    guest.run(guest.context(), [...command, 0x00400077]);
    assert.deepEqual(
      guest.faults.map(({ check, message }) => [check, message]),
      [['command-unimplemented', `${engine}: ${name} has no effect`]],
    );
    assert.equal(guest.ring(0x94), 0x77, 'the MI_NOOP behind it');
  }
});
