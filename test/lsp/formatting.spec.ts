import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { TextEdit } from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { useClient } from './use-client.ts';

const client = useClient();
const options = { tabSize: 2, insertSpaces: true };

async function formatted(text: string): Promise<string> {
  const document = await client().open(text);
  const edits = await document.ask<TextEdit[]>('textDocument/formatting', { options });
  return TextDocument.applyEdits(TextDocument.create('x:', 'vgpu', 1, text), edits);
}

it('puts one blank between words, and the equals sign where something is expected', async () => {
  const text = [
    '  W32   RCS0.RING_TAIL  =  0x40',
    'R32 0x44200 0',
    'R32\t0x44200 = ?',
    'R 4  044200   80000000  ',
    'R 4 078000 76544776 @ a <  b',
    'T   0.5',
    'label   ring  0x40    // x',
    '',
  ];
  assert.deepEqual((await formatted(text.join('\n'))).split('\n'), [
    'W32 RCS0.RING_TAIL 0x40',
    'R32 0x44200 = 0',
    'R32 0x44200 ?',
    'R 4 044200 80000000',
    'R 4 078000 76544776  @ a < b',
    'T 0.5',
    'label ring 0x40       // x',
    '',
  ]);
});

it('leaves comments in their column, and texts as they are', async () => {
  const text = [
    'W32  0x44200 0     // off',
    'W32 0x44200 0 // on',
    '##   explained  further',
    '#  a   note ',
    'mark  here   and there',
    'expect  RCS0.RING_HEAD  ==  1',
    'no such   line',
  ];
  assert.deepEqual((await formatted(text.join('\n'))).split('\n'), [
    'W32 0x44200 0      // off',
    'W32 0x44200 0 // on',
    '##   explained  further',
    '#  a   note',
    'mark here   and there',
    'expect RCS0.RING_HEAD == 1',
    'no such   line',
  ]);
});

it('formats only the lines that are asked for', async () => {
  const document = await client().open('R  4 0\nR  4 0\n');
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 6 } };
  const edits = await document.ask<TextEdit[]>('textDocument/rangeFormatting', { options, range });
  assert.deepEqual(
    edits.map(({ range: { start } }) => start.line),
    [1],
  );
});
