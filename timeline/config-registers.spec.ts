import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GoldenState } from '../emulator/index.ts';
import { openTrace, Space } from '../trace/index.ts';
import { configRegisterAt, configRegisterNamed } from './config-registers.ts';
import { complete } from './expression/complete.ts';
import { compileExpression } from './expression/expression.ts';
import { modelFor, registersFor } from './model-for-trace.ts';
import { compilePattern } from './patterns/access-pattern.ts';
import type { RegisterDirectory } from './register-directory.ts';

async function traceOf(text: string) {
  return await openTrace([new TextEncoder().encode(text)]);
}

async function namesOf(platform: string): Promise<RegisterDirectory> {
  return registersFor(await traceOf(`## platform: ${platform}\n`));
}

describe('names of configuration registers', () => {
  for (const [platform, msi] of [
    ['bdw', 0x90],
    ['skl', 0xac],
    ['kbl', 0xac],
  ] as const) {
    test(`are those of ${platform} wherever a name is read or shown`, async () => {
      const names = await namesOf(platform);
      const control = msi + 2;
      assert.equal(configRegisterNamed('msi_control', names)?.offset, control);
      assert.equal(configRegisterAt(control + 1, names)?.name, 'MSI_CONTROL');
      const pattern = compilePattern('config:MSI_CONTROL', names);
      assert.ok(
        pattern.ok && pattern.matcher.matches(Space.config, control, 2),
        'a pattern finds it',
      );
      const expression = compileExpression('config.MSI_CONTROL.enable', names);
      assert.ok(expression.ok);
      const [first] = complete('config.msi_c', 12, names).filter(({ label }) =>
        /CONTROL/.test(label),
      );
      assert.equal(first?.detail, `0x${control.toString(16)}`);
    });
  }

  test('belong to one platform where the other has none', async () => {
    assert.equal(configRegisterNamed('AF_CONTROL', await namesOf('skl')), undefined);
    const wrong = compileExpression('config.PCIE_CAPABILITY', await namesOf('bdw'));
    assert.match(wrong.ok ? '' : wrong.message, /No configuration register is called/);
  });

  test('end with the header for devices that are not emulated', async () => {
    for (const names of [await namesOf('tgl'), { foreign: true } as const]) {
      assert.equal(configRegisterAt(0x04, names)?.name, 'COMMAND');
      assert.equal(configRegisterAt(0xac, names), undefined);
    }
  });

  test('are where a dump shows them, whatever its platform usually has', async () => {
    const rows = Array.from({ length: 16 }, (_, row) => {
      const bytes = new Uint8Array(16);
      if (row === 0) bytes.set([0x86, 0x80, 0x12, 0x19, 0, 0, 0x10, 0, 6, 0, 0, 3]);
      if (row === 3) bytes[4] = 0x90;
      if (row === 9) bytes[0] = 5;
      const text = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
      return `${row.toString(16)}0: ${text}`;
    });
    const model = modelFor(
      await traceOf(`00:02.0 VGA compatible controller\n${rows.join('\n')}\n`),
    );
    assert.ok('kind' in model && model.kind === 'captured');
    assert.equal(configRegisterNamed('MSI_CONTROL', model.directory)?.offset, 0x92);
    assert.equal(configRegisterNamed('PMCSR', model.directory), undefined);
  });

  test('are where a golden state’s host has them', async () => {
    const config = new Uint8Array(4096);
    config.set([0x10], 0x06);
    config.set([0x60], 0x34);
    config.set([0x05, 0x00], 0x60);
    const golden = { name: 'host', device: {}, state: new GoldenState({ config }) };
    const model = modelFor(await traceOf('## platform: skl\n'), { golden });
    assert.ok('directory' in model);
    assert.equal(configRegisterNamed('MSI_CONTROL', model.directory)?.offset, 0x62);
  });
});
