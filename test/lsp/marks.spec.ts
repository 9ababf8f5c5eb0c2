import assert from 'node:assert/strict';
import { it } from 'node:test';
import type {
  CodeAction,
  CompletionList,
  DocumentHighlight,
  Location,
  LocationLink,
  Range,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { range, textIn } from './lsp-client.ts';
import { useClient } from './use-client.ts';

const client = useClient();

const SCENARIO = [
  'W32 0x44200 0',
  'mark ring set-up',
  'W32 0x44200 1',
  '# ring set-up',
  '# 1.000000 ring set-up',
  'expect no fault since mark ring set-up // ring set-up',
  'expect 2 commands MI_NOOP since mark ring set-up',
  '// ring set-up',
  'mark ring set-up now',
  '',
].join('\n');

/** The scenario with the cursor in a line. */
async function at(line: number, character: number) {
  const before = SCENARIO.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0);
  return client().openAt(SCENARIO, before + character, 'vgpu', 'marks.vgpu');
}

it('a mark is renamed with all that counts from it', async () => {
  for (const [line, character] of [
    [1, 7],
    [5, 30],
    [6, 45],
  ] as const) {
    const document = await at(line, character);
    const prepared = await document.ask<{ range: Range; placeholder: string }>(
      'textDocument/prepareRename',
    );
    assert.equal(prepared.placeholder, 'ring set-up');
    assert.equal(textIn(SCENARIO, prepared.range), 'ring set-up');
    const edit = await document.ask<WorkspaceEdit>('textDocument/rename', { newName: 'it runs' });
    const text = TextDocument.create(document.uri, 'vgpu', 1, SCENARIO);
    const renamed = TextDocument.applyEdits(text, edit.changes?.[document.uri] ?? []);
    const lines = SCENARIO.split('\n').map((each, number) =>
      [1, 3, 4, 5, 6].includes(number) ? each.replace('ring set-up', 'it runs') : each,
    );
    assert.equal(renamed, lines.join('\n'));
  }
});

it('a note is no name, and not every text is one for a mark', async () => {
  await assert.rejects(
    (await at(3, 5)).ask('textDocument/prepareRename'),
    /This is no label and no mark\. Only labels and marks can be renamed/,
  );
  const document = await at(1, 7);
  for (const newName of ['', '  ', 'a // b', '@ a', 'a\nb']) {
    await assert.rejects(
      document.ask('textDocument/rename', { newName }),
      /is no text for a mark: it has one line/,
    );
  }
});

it('what counts from a mark leads to it, and is found from it', async () => {
  const document = await at(5, 30);
  const [link] = await document.ask<LocationLink[]>('textDocument/definition');
  // Of several the last above.
  const target = link && 'targetRange' in link ? link.targetRange : undefined;
  assert.deepEqual(target, range(4, 11, 22));
  const references = await (await at(1, 7)).ask<Location[]>('textDocument/references', {
    context: { includeDeclaration: false },
  });
  assert.deepEqual(
    references.map(({ range: { start } }) => start.line),
    [5, 6],
  );
  const highlights = await document.ask<DocumentHighlight[]>('textDocument/documentHighlight');
  assert.deepEqual(
    highlights.map(({ range: { start }, kind }) => [start.line, kind]),
    [
      [1, 3],
      [3, 3],
      [4, 3],
      [5, 2],
      [6, 2],
    ],
  );
});

it('marks above are proposed, and one that is not there is found wrong and mended', async () => {
  const labels = async (marked: string) => {
    const document = await client().open(marked);
    const { items } = await document.ask<CompletionList>('textDocument/completion');
    return items.map(({ label }) => label);
  };
  const text = '# ring\nmark ring set-up\nexpect no fault since mark ';
  assert.deepEqual(await labels(`${text}|\nmark ring later\n`), ['ring set-up']);
  assert.deepEqual(await labels(`${text}ring s|\n`), ['ring set-up']);
  const wrong = `${text}rign set-up // x\n`;
  const document = await client().open(wrong);
  const [found, ...more] = await document.diagnostics();
  assert.deepEqual(more, []);
  assert.ok(found && textIn(wrong, found.range) === 'rign set-up');
  assert.match(
    String(found.message),
    /No line above is a mark rign set-up.*Did you mean ring set-up/,
  );
  const [fix] = await document.ask<CodeAction[]>('textDocument/codeAction', {
    range: range(2, 0, 9),
    context: { diagnostics: [] },
  });
  const edits = fix?.edit?.changes?.[document.uri] ?? [];
  const mended = TextDocument.applyEdits(TextDocument.create('x:', 'vgpu', 1, wrong), edits);
  assert.equal(mended, `${text}ring set-up // x\n`);
});
