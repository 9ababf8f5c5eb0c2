import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Location, LocationLink } from 'vscode-languageserver-protocol/node';
import { LspClient } from './lsp-client.ts';
import { useClient } from './use-client.ts';

const client = useClient({ showsRegisterTables: true });
const TABLE = 'vgpu-registers:/skl.vgpu-registers';

async function tableText(): Promise<readonly string[]> {
  const text = await client().connection.sendRequest<string>('vgpu/registerTable', { uri: TABLE });
  return text.split('\n');
}

describe('going to a definition', () => {
  it('leads from a register to its row in the tables', async () => {
    const document = await client().open('W32 RCS0.RING_|TAIL 0x40\n');
    const [link, ...more] = await document.ask<LocationLink[]>('textDocument/definition');
    assert.equal(more.length, 0);
    assert.equal(link?.targetUri, TABLE);
    assert.equal(link.originSelectionRange?.start.character, 4);
    const row = (await tableText())[link.targetRange.start.line];
    assert.match(row ?? '', /^0x002030 {2}RCS0\.RING_TAIL {2}rw/);
  });

  it('leads from what a read answers to the write that it sees', async () => {
    const text =
      'W32 RCS0.RING_START 1\nW32 RCS0.RING_START 2\nW32 RCS0.RING_HEAD 3\nR32 RCS0.RING_START = 0x|2\n';
    const document = await client().open(text);
    const [link] = await document.ask<LocationLink[]>('textDocument/definition');
    assert.equal(link?.targetUri, document.uri);
    assert.deepEqual(link.targetRange.start, { line: 1, character: 4 });
  });

  it('leads to the write of a command, too', async () => {
    const text = 'W 4 002090 0\nCSW rcs0 002090 00000001\nR 4 002090 0000|0001\n';
    const document = await client().open(text);
    const [link] = await document.ask<LocationLink[]>('textDocument/definition');
    assert.equal(link?.targetRange.start.line, 1);
  });

  it('leads from the aperture to the entry that translates it', async () => {
    const document = await client().open('W64 ggtt[0x4000000] 0x1001\nAW32 0x4000|010 1\n');
    const [link] = await document.ask<LocationLink[]>('textDocument/definition');
    assert.equal(link?.targetRange.start.line, 0);
  });

  it('leads nowhere from what has none', async () => {
    const document = await client().open('R32 RCS0.RING_START = 0x|2 // RCS0.RING_TAIL\n');
    assert.deepEqual(await document.ask('textDocument/definition'), []);
  });

  it('opens a file where the editor shows no tables', async () => {
    const other = await LspClient.start();
    const document = await other.open('W32 RCS0.RING_|TAIL 0x40\n');
    const [link] = await document.ask<LocationLink[]>('textDocument/definition');
    assert.match(link?.targetUri ?? '', /^file:.*skl\.vgpu-registers$/);
    const text = readFileSync(fileURLToPath(link?.targetUri ?? ''), 'utf8');
    assert.match(text.split('\n')[link?.targetRange.start.line ?? 0] ?? '', /RCS0\.RING_TAIL/);
    await other.stop();
  });
});

describe('finding references', () => {
  const ask = async (marked: string, includeDeclaration = false) => {
    const document = await client().open(marked);
    const found = await document.ask<Location[]>('textDocument/references', {
      context: { includeDeclaration },
    });
    return found.map(({ uri, range }) => (uri === document.uri ? range.start.line : uri));
  };

  it('lists all accesses to a register, however they are written', async () => {
    const text =
      'W32 RCS0.RING_|TAIL 1\nR 4 002030\nW 1 002031 1\nW32 RCS0.RING_HEAD 1\nR64 0x2030\n';
    assert.deepEqual(await ask(text), [0, 1, 2, 4]);
    assert.deepEqual(await ask(text, true), [0, 1, 2, 4, TABLE]);
  });

  it('lists what commands did with a register', async () => {
    const text =
      'W 4 002030 4|0\nCSW rcs0 002090 00000001\nCSW rcs0 002030 00000001\nCSR rcs0 002030 1\n';
    assert.deepEqual(await ask(text), [0, 2, 3]);
  });

  it('lists all accesses to an entry of the GGTT', async () => {
    const text = 'W64 ggtt[0x1|000] 1\nW 4 80000c 0\nW32 ggtt[0x2000] 1\nR64 ggtt[0x1000]\n';
    assert.deepEqual(await ask(text), [0, 1, 3]);
  });

  it('lists the accesses to a field, from its line in the tables', async () => {
    const text =
      'W32 RCS0.RING_MODE 0x80008000\nW32 RCS0.RING_MODE 0x02000200\nR32 RCS0.RING_MODE\n';
    const document = await client().open(text);
    const rows = await tableText();
    const register = rows.findIndex((row) => /RCS0\.RING_MODE /.test(row));
    const field = rows.findIndex((row, at) => at > register && /^ +15 +\w/.test(row));
    const found = await client().connection.sendRequest<Location[]>('textDocument/references', {
      textDocument: { uri: TABLE },
      position: { line: field, character: 12 },
      context: { includeDeclaration: false },
    });
    const here = found.filter(({ uri }) => uri === document.uri);
    assert.deepEqual(
      here.map(({ range }) => range.start.line),
      [0, 2],
    );
  });
});

it('a table that there is not has no text', async () => {
  for (const uri of ['vgpu-registers:/xyz.vgpu-registers', 'file:///etc/passwd', 7, undefined]) {
    assert.equal(await client().connection.sendRequest('vgpu/registerTable', { uri }), null);
  }
});
