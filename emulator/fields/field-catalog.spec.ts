import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COMMANDS } from '../command/command-table.ts';
import { decodeGroup } from './decode-group.ts';
import { fieldCatalog } from './field-catalog.ts';

describe('the table of fields', () => {
  it('has commands, structures and registers of both generations, each of which can be decoded', () => {
    const counts = ['bdw', 'skl'].map((platform) => {
      let groups = 0;
      for (const plan of fieldCatalog(platform)?.groups() ?? []) {
        const words = Array.from({ length: Math.max(plan.row.length, 8) }, () => 0xffffffff);
        assert.ok(decodeGroup(plan, words).length > 0 || plan.fields.length === 0, plan.row.name);
        groups++;
      }
      return groups;
    });
    assert.deepEqual(counts, [251, 324]);
  });

  it('knows every structure that a field is of', () => {
    for (const plan of fieldCatalog('skl')?.groups() ?? []) {
      for (const field of plan.fields) {
        assert.ok(field.row.type !== 'struct' || field.struct, `${plan.row.name} ${field.name}`);
      }
    }
  });

  it('names state commands as the emulator does', () => {
    const catalog = fieldCatalog('skl');
    const rows = COMMANDS.filter(({ name }) => /^3DSTATE_|^PIPE_CONTROL|^MI_LOAD/.test(name));
    const names = rows.map((row) => [row.name, catalog?.instruction(row.opcode, 'RCS0')?.row.name]);
    const others = names.filter(([own, found]) => found !== undefined && own !== found);
    assert.ok(rows.length > 50);
    assert.deepEqual(others, []);
  });

  it('tells commands of different engines with one opcode apart', () => {
    const catalog = fieldCatalog('skl');
    assert.equal(catalog?.instruction(0x70000000, 'RCS0')?.row.name, 'MEDIA_VFE_STATE');
    assert.equal(catalog?.instruction(0x70000000, 'VCS0')?.row.name, 'MFX_PIPE_MODE_SELECT');
    assert.equal(catalog?.instruction(0x13000000, 'BCS0')?.row.name, 'MI_FLUSH_DW');
  });

  it('has none for other generations', () => {
    assert.equal(fieldCatalog('hsw'), undefined);
  });
});
