import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandTable, lengthOf } from '../../emulator/index.ts';
import { sampleText } from './open-sample.ts';

const RECORDINGS = [
  'skl-probe-gem-unload',
  'skl-modeset-fbcon-gem',
  'skl-hang-reset-errorstate',
  'skl-mesa-kmscube',
];
/** Recordings show at most so many dwords of a command. */
const SHOWN = 70;
/** The device that recorded took 8 bits of length where this has 9. */
const SHORT = '3DSTATE_SO_DECL_LIST';

for (const name of RECORDINGS) {
  test(`${name}: every command that was recorded is known, and has its length`, () => {
    let commands = 0;
    for (const line of sampleText(`${name}.vgpu.gz`).split('\n')) {
      const match = /^CMD ([a-z0-9]+) (?:ring|batch)@[0-9a-f]+((?: [0-9a-f]{8})+)$/.exec(line);
      if (match === null) continue;
      const [, engine = '', text = ''] = match;
      const dwords = text
        .trim()
        .split(' ')
        .map((dword) => Number.parseInt(dword, 16));
      const [header = 0] = dwords;
      const row = commandTable('skl', engine).find(header);
      assert.ok(row, line);
      if (row.name !== SHORT)
        assert.equal(dwords.length, Math.min(SHOWN, lengthOf(row, header)), line);
      commands++;
    }
    assert.ok(commands >= 400, `${commands} commands`);
  });
}
