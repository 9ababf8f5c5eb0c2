import assert from 'node:assert/strict';
import path from 'node:path';
import { it } from 'node:test';
import type { Hover } from 'vscode-languageserver-protocol/node';
import { root } from '../support/source-files.ts';
import { LspClient } from './lsp-client.ts';

const cli = path.join(root, 'cli/main.ts');

for (const [title, command] of [
  ['vgpu lsp', [cli, 'lsp']],
  ['vgpu lsp --stdio', [cli, 'lsp', '--stdio']],
] as const) {
  it(`${title} serves any editor, and ends when it is told to`, async () => {
    const client = await LspClient.start({}, [...command]);
    const document = await client.open('W32 RCS0.RING_|TAIL 0x40\n');
    const hover = await document.ask<Hover | null>('textDocument/hover');
    assert.match(JSON.stringify(hover?.contents), /RING/);
    assert.equal(await client.stop(), 0);
  });
}
