import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CommandRow } from '../command/command-row.ts';
import { commandTable } from '../command/command-table.ts';

/** What can be said of a command without its operands. */
interface Outline {
  readonly engines: readonly string[];
  readonly length: string;
  /** First dwords of addresses. */
  readonly addresses: readonly number[];
}

/** A command as GVT-g's own table has it. */
interface ScannedCommand extends Outline {
  readonly name: string;
  readonly opcode: number;
  readonly gen9: boolean;
  readonly action: string;
}

const FIXTURE = fileURLToPath(new URL('../../test/fixtures/gvt-commands.csv', import.meta.url));
const ENGINES = ['RCS', 'BCS', 'VCS', 'VECS'];

/** Where these tables follow Intel's manuals and not GVT-g's table. */
const OTHERWISE: Readonly<Record<string, Partial<Outline>>> = {
  MI_DISPLAY_FLIP: { addresses: [2, 3] },
  MI_FLUSH_DW: { addresses: [1] },
  MI_BATCH_BUFFER_START: { addresses: [1] },
  MI_RS_STORE_DATA_IMM: { addresses: [1] },
  XY_FULL_BLT: { addresses: [4, 8, 10] },
  '3DSTATE_VERTEX_BUFFERS': { addresses: [2] },
  STATE_BASE_ADDRESS: { addresses: [1, 4, 6, 8, 10, 16] },
  // One address, which takes all that there is of the command.
  OP_SWTESS_BASE_ADDRESS: { addresses: [1] },
  // An offset from a base that another command sets.
  MFD_AVC_SLICEADDR: { addresses: [] },
  '3DSTATE_VF_STATISTICS_GM45': { engines: ['RCS'] },
  // Drivers emit one dword.
  MFX_WAIT: { length: 'dw0 & 0x3f + 1' },
};

const commands = readFileSync(FIXTURE, 'utf8').trim().split('\n').slice(1).map(commandOf);

function commandOf(line: string): ScannedCommand {
  const [, opcode = '', name = '', rings = '', gens = '', length = '', bits = '', action = ''] =
    line.split(',');
  return {
    name,
    opcode: Number(opcode),
    engines: rings === 'all' ? ENGINES : rings.split('/'),
    gen9: gens === 'gen9+',
    length: length.replaceAll(/[()]/g, ''),
    addresses: dwordsOf(bits.split(' ').filter(Boolean).map(Number)),
    action,
  };
}

/** Bits count operands, of which an address is one although it has two dwords (gvt-facts §10.1). */
function dwordsOf(bits: readonly number[]): number[] {
  return bits.map((bit, before) => bit + before);
}

function outlineOf(command: ScannedCommand, row: CommandRow): Outline {
  return {
    engines: ENGINES.filter((engine) => commandTable('skl', engine).find(command.opcode) === row),
    length: lengthText(row),
    addresses: (row.addresses ?? []).map(({ dword }) => dword),
  };
}

function lengthText({ length }: CommandRow): string {
  if ('dwords' in length) return String(length.dwords);
  const text = `dw0 & 0x${(2 ** length.bits - 1).toString(16)} + ${length.bias ?? 2}`;
  return length.exactly === undefined ? text : `${text} must be ${length.exactly}`;
}

function actionOf({ action }: ScannedCommand): string | undefined {
  if (action === 'REJECT') return 'rejected';
  if (action.includes('becomes NOOP')) return 'removed';
  return action.includes('audit') ? 'audited' : undefined;
}

describe('commands that GVT-g scans', () => {
  test('gvt-facts §10.1, §10.7: are 225', () => assert.equal(commands.length, 225));

  for (const command of commands) {
    const [engine = ''] = command.engines;
    test(`${command.name} on ${engine}`, () => {
      const row = commandTable('skl', engine).find(command.opcode);
      assert.ok(row);
      assert.equal(row.gvtName ?? row.name, command.name);
      assert.equal(row.opcode, command.opcode);
      assert.equal(row.gvt, actionOf(command));
      const { engines, length, addresses } = command;
      const expected = { engines, length, addresses, ...OTHERWISE[command.name] };
      assert.deepEqual(outlineOf(command, row), expected);
      const onBroadwell = commandTable('bdw', engine).find(command.opcode)?.name;
      assert.equal(onBroadwell, command.gen9 ? undefined : row.name);
    });
  }

  test('are all that the tables do not call unknown to it', () => {
    const scanned = new Set(commands.map(({ name }) => name));
    for (const engine of ENGINES) {
      const others = commandTable('skl', engine).rows.filter(
        ({ name, gvtName, gvt }) => gvt !== 'unknown' && !scanned.has(gvtName ?? name),
      );
      assert.deepEqual(others, []);
    }
  });
});
