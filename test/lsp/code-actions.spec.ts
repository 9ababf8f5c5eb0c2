import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { CodeAction } from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { useClient } from './use-client.ts';

const client = useClient();

/** Titles of the quick fixes of a text's last line, and the text after each. */
async function fixes(text: string): Promise<Record<string, string>> {
  const document = await client().open(text);
  const line = text.split('\n').length - 1;
  const range = { start: { line, character: 0 }, end: { line, character: 99 } };
  const actions = await document.ask<CodeAction[]>('textDocument/codeAction', {
    range,
    context: { diagnostics: [] },
  });
  return Object.fromEntries(
    actions.map(({ title, edit, kind, diagnostics }) => {
      assert.equal(kind, 'quickfix');
      assert.equal(diagnostics?.length, 1);
      const changed = TextDocument.create(document.uri, 'vgpu', 1, text);
      return [title, TextDocument.applyEdits(changed, edit?.changes?.[document.uri] ?? [])];
    }),
  );
}

it('an unknown register becomes one of those like it', async () => {
  const found = await fixes('W32 RCS0.RING_TIAL 0x40');
  assert.equal(found['Change to RCS0.RING_TAIL'], 'W32 RCS0.RING_TAIL 0x40');
});

it('an unknown header becomes a known one', async () => {
  assert.equal((await fixes('## platfrom: skl'))['Change to platform'], '## platform: skl');
});

it('an access gets its register’s size, and a place where it can begin', async () => {
  assert.equal((await fixes('W64 RCS0.RING_TAIL 1'))['Access 32 bits'], 'W32 RCS0.RING_TAIL 1');
  assert.equal((await fixes('R32 0x2031'))['Begin at 0x2030'], 'R32 0x2030');
});

it('a write of a read-only register becomes an expectation', async () => {
  assert.deepEqual(await fixes('W32 RCS0.RING_EXECLIST_STATUS_LO 1'), {
    'Expect this value instead of writing it': 'R32 RCS0.RING_EXECLIST_STATUS_LO 1',
  });
});

it('a masked write selects the bits that it sets', async () => {
  assert.deepEqual(await fixes('W32 RCS0.RING_MODE 0x8000 // x'), {
    'Select the bits that it sets: 0x80008000': 'W32 RCS0.RING_MODE 0x80008000 // x',
  });
});

it('half an entry gets its other half, or becomes a whole one', async () => {
  assert.deepEqual(await fixes('W32 ggtt[0x04000000] 0x1001'), {
    'Write the high half too': 'W32 ggtt[0x04000000] 0x1001\nW32 ggtt[0x04000000]+4 0',
    'Write the whole entry': 'W64 ggtt[0x04000000] 0x1001',
  });
});

it('an expectation that cannot hold becomes what is always answered', async () => {
  assert.deepEqual(await fixes('R32 0x78000 = 1'), {
    'Expect 0x76544776': 'R32 0x78000 = 0x76544776',
  });
});

it('an expectation of a number that is never there is told, wherever it stands on the line', async () => {
  const text = (expected: string) => `## platform: skl\nexpect ${expected} // why`;
  assert.deepEqual(await fixes(text('RCS0.RING_CTL.enable == 1 && RCS0.RING_MODE == 0x80008000')), {
    'Expect 0x00008000': text('RCS0.RING_CTL.enable == 1 && RCS0.RING_MODE == 0x00008000'),
  });
  assert.deepEqual(await fixes(text('VGT_MAGIC[0] == 1')), {
    'Expect 0x76544776': text('VGT_MAGIC[0] == 0x76544776'),
  });
  const document = await client().open(text('RCS0.RING_CTL.enable == 2'));
  const found = (await document.diagnostics()).map(({ message, range }) => [message, range]);
  assert.deepEqual(found.at(-1), [
    'RCS0.RING_CTL.enable has 1 bit: it is never 0x2.',
    { start: { line: 1, character: 31 }, end: { line: 1, character: 32 } },
  ]);
  const wide = await client().open(text('RCS0.RING_TIMESTAMP == 0xffffffffffffffff'));
  const codes = (await wide.diagnostics()).map(({ code }) => code);
  assert.deepEqual(codes, ['expectation'], 'it has room for that');
  for (const fine of [
    'RCS0.RING_CTL.enable == 1',
    'RCS0.RING_TAIL == 0xffff_ffff',
    '!(RCS0.RING_TAIL == 1)',
    'known(RCS0.RING_TAIL)',
  ]) {
    assert.deepEqual(await (await client().open(text(fine))).diagnostics(), [], fine);
  }
});

it('a name that an expectation has wrong becomes one of those like it', async () => {
  const first = async (expected: string) => {
    const [[title, text] = []] = Object.entries(await fixes(`expect ${expected} // why`));
    return [title, text?.replace(/^expect | \/\/ why$/g, '')];
  };
  for (const [wrong, right, name] of [
    ['RCS0.RING_TIAL == 1', 'RCS0.RING_TAIL == 1', 'RCS0.RING_TAIL'],
    ['1 == RCS0.RING_CTL.enabel', '1 == RCS0.RING_CTL.enable', 'enable'],
    ['ggtt[0].presnt', 'ggtt[0].present', 'present'],
    ['no command RCS0:MI_NOPE since start', 'no command RCS0:MI_NOOP since start', 'MI_NOOP'],
    ['2 interrupts RCS0 user interupt', '2 interrupts RCS0 user interrupt', 'RCS0 user interrupt'],
    ['fault ggtt-write-out-of-rnage', 'fault ggtt-write-out-of-range', 'ggtt-write-out-of-range'],
  ] as const) {
    assert.deepEqual(await first(wrong), [`Change to ${name}`, right]);
  }
});

it('a line with nothing wrong has none', async () => {
  assert.deepEqual(await fixes('W32 RCS0.RING_TAIL 0x40'), {});
});
