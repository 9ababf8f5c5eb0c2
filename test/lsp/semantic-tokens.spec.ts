import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { SemanticTokens } from 'vscode-languageserver-protocol/node';
import { LspClient } from './lsp-client.ts';
import { useClient } from './use-client.ts';

const client = useClient();

/** `text:type` of each token; a modifier stands behind. */
function decoded(text: string, { data }: SemanticTokens, { capabilities }: LspClient): string[] {
  const provider = capabilities.semanticTokensProvider;
  assert.ok(provider && 'legend' in provider);
  const { tokenTypes, tokenModifiers } = provider.legend;
  const lines = text.split('\n');
  const tokens: string[] = [];
  let line = 0;
  let start = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [lines_ = 0, columns = 0, length = 0, type = 0, bits = 0] = data.slice(at, at + 5);
    start = lines_ === 0 ? start + columns : columns;
    line += lines_;
    const word = lines[line]?.slice(start, start + length);
    const modifiers = tokenModifiers.filter((_, bit) => (bits >> bit) & 1);
    tokens.push([`${word}:${tokenTypes[type]}`, ...modifiers].join(' '));
  }
  return tokens;
}

async function tokens(text: string, languageId = 'vgpu'): Promise<string[]> {
  const document = await client().open(text, languageId);
  const answer = await document.ask<SemanticTokens>('textDocument/semanticTokens/full');
  return decoded(text, answer, client());
}

it('colours each word of a scenario by what it is for', async () => {
  assert.deepEqual(
    await tokens('## platform: skl\nR32 RCS0.RING_TAIL+4 = 0x40  @ f0 < f1 // why\nmark here\n'),
    [
      '##:comment',
      'platform:property',
      'skl:string',
      'R32:keyword',
      'RCS0:class',
      'RING_TAIL:variable',
      '+:operator',
      '4:number',
      '=:operator',
      '0x40:number',
      '@:operator',
      'f0:function',
      '<:operator',
      'f1:function',
      '// why:comment',
      'mark:keyword',
      'here:string',
    ],
  );
});

it('tells read-only registers, writes, and names that no register has', async () => {
  assert.deepEqual(
    await tokens('R32 RCS0.RING_EXECLIST_STATUS_LO\nW32 NO_SUCH 1\nW64 ggtt[0x1000] 1\n'),
    [
      'R32:keyword',
      'RCS0:class',
      'RING_EXECLIST_STATUS_LO:variable readonly',
      'W32:keyword modification',
      '1:number',
      'W64:keyword modification',
      'ggtt:function',
      '0x1000:number',
      '1:number',
    ],
  );
});

it('colours labels, where they are defined and where they stand for numbers', async () => {
  const text =
    'label ring 0x1000\nlabel end ring+4\nW64 ggtt[ring+0x1000]+4 end // ring\nM ring+8 00\nexpect mem32[end] == nope\nAW32 nope 1\n';
  assert.deepEqual(await tokens(text), [
    'label:keyword',
    'ring:enumMember declaration',
    '0x1000:number',
    'label:keyword',
    'end:enumMember declaration',
    'ring:enumMember',
    '+:operator',
    '4:number',
    'W64:keyword modification',
    'ggtt:function',
    'ring:enumMember',
    '+:operator',
    '0x1000:number',
    '+:operator',
    '4:number',
    'end:enumMember',
    '// ring:comment',
    'M:keyword',
    'ring:enumMember',
    '+:operator',
    '8:number',
    '00:number',
    'expect:keyword',
    'mem32:variable',
    'end:enumMember',
    '==:operator',
    'nope:variable',
    'AW32:keyword modification',
    '1:number',
  ]);
});

it('colours recordings and what the device did', async () => {
  assert.deepEqual(
    await tokens('W 4 00a26c 0000\nT 0.5\n# 1.000000 hello\nCMD rcs0 ring@10 04000001\n'),
    [
      'W:keyword modification',
      '4:type',
      '00a26c:number',
      '0000:number',
      'T:keyword',
      '0.5:number',
      '#:comment',
      '1.000000:number',
      'hello:comment',
      'CMD:keyword',
      'rcs0:class',
      'ring@10:parameter',
      '04000001:function',
    ],
  );
});

it('colours expectations', async () => {
  assert.deepEqual(
    await tokens('expect no fault since start // x\nexpect (RCS0.RING_HEAD & 0xff) == 16\n'),
    [
      'expect:keyword',
      'no:parameter',
      'fault:parameter',
      'since:parameter',
      'start:parameter',
      '// x:comment',
      'expect:keyword',
      'RCS0.RING_HEAD:variable',
      '&:operator',
      '0xff:number',
      '==:operator',
      '16:number',
    ],
  );
});

it('colours the logs of other programs', async () => {
  const line = 'R 4 11.808575 1 0xfd078010 0x1c 0x0 0\n';
  assert.deepEqual((await tokens(`VERSION 20070824\n${line}`, 'vgpu-log')).slice(1), [
    'R:keyword',
    '4:type',
    '11.808575:number',
    '0xfd078010:number',
    '0x1c:number',
  ]);
});

it('gives those of the lines in view alone, however long the document is', async () => {
  const text = 'R 4 044200 80000000\n'.repeat(100_000);
  const document = await client().open(text);
  const view = { start: { line: 99_990, character: 0 }, end: { line: 99_995, character: 0 } };
  const part = await document.ask<SemanticTokens>('textDocument/semanticTokens/range', {
    range: view,
  });
  assert.equal(part.data.length, 6 * 4 * 5);
  assert.equal(part.data[0], 99_990);
  const all = await document.ask<SemanticTokens>('textDocument/semanticTokens/full');
  assert.deepEqual(all.data, []);
});

it('offers only those in view to an editor that says so', async () => {
  const other = await LspClient.start({ tokensByRange: true });
  const provider = other.capabilities.semanticTokensProvider;
  assert.equal(provider?.full, false);
  assert.equal(await other.stop(), 0);
});
