import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandTable, decodeCommand, disassemble, lengthOf } from '../../emulator/index.ts';
import { sampleText } from './open-sample.ts';

const RECORDINGS = [
  'skl-probe-gem-unload',
  'skl-modeset-fbcon-gem',
  'skl-modeset-stacks',
  'skl-hang-reset-errorstate',
  'skl-mesa-kmscube',
];
/** Recordings show at most so many dwords of a command. */
const SHOWN = 70;
/** The device that recorded took 8 bits of length where this has 9. */
const SHORT = '3DSTATE_SO_DECL_LIST';
/** Engine, which is not named where a batch ends that several could have run; dwords; what the recorder calls it. */
const LINE = /^CMD (?:([a-z0-9]+) )?(?:ring|batch)@[0-9a-f]+((?: [0-9a-f]{8})+)( MI_[A-Z_]+)?$/;

for (const name of RECORDINGS) {
  test(`${name}: every command that was recorded is known, and has its length`, () => {
    const lines = sampleText(`${name}.vgpu.gz`)
      .split('\n')
      .filter((line) => line.startsWith('CMD '));
    assert.ok(lines.length >= 400, `${lines.length} commands`);
    for (const line of lines) {
      const [, engine = '', text = '', recorded] = LINE.exec(line) ?? [];
      const dwords = text
        .trim()
        .split(' ')
        .map((dword) => Number.parseInt(dword, 16));
      const [header = 0] = dwords;
      const row = commandTable('skl', engine).find(header);
      assert.ok(row, line);
      assert.equal(recorded?.trim() ?? row.name, row.name, line);
      if (row.name === SHORT) continue;
      assert.equal(dwords.length, Math.min(SHOWN, lengthOf(row, header)), line);
      assert.doesNotMatch(
        disassemble(row, dwords, () => undefined),
        /nowhere|undefined|NaN/,
        line,
      );
      assert.equal(decodeCommand(row, dwords).length, lengthOf(row, header));
    }
  });
}
