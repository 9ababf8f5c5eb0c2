import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type DocumentHighlight,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  type InlayHint,
  type Location,
  type LocationLink,
  type Range,
  SymbolKind,
  type WorkspaceEdit,
  type WorkspaceSymbol,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { range, textIn } from './lsp-client.ts';
import { useClient } from './use-client.ts';

const client = useClient({ showsRegisterTables: true, hasDebugCommands: true });

const HEADER = '## vgpu: caps=1c mappable=04000000+04000000 hidden=20000000+18000000 fences=4';
/** `ring` stands wherever a label can, and where it is none. */
const SCENARIO = [
  HEADER,
  'label ring 0x04000000 // ring',
  'label page 0x1234000',
  'label tail ring+0x40',
  'W64 ggtt[ring] page+1',
  'W64 ggtt[ring+0x1000]+0 0x1235001',
  'M page+0x10 00000000',
  'AW32 ring+4 0',
  'W32 RCS0.RING_START ring // ring',
  'W32 RCS0.RING_TIAL ring',
  'AR32 tail = 0',
  'mark ring',
  'expect memory ggtt:ring+4 00000000',
  'expect RCS0.RING_START == ring && "ring" != "x"',
  'expect no fault ring',
  '',
].join('\n');
/** Lines of `ring`, its definition first. */
const USES = [1, 3, 4, 5, 7, 8, 9, 12, 13];

/** The scenario with the cursor on a text of a line. */
async function at(line: number, text: string, scenario = SCENARIO) {
  const lines = scenario.split('\n');
  const before = lines.slice(0, line).join('\n').length + (line > 0 ? 1 : 0);
  const column = lines[line]?.indexOf(text) ?? -1;
  assert.ok(column >= 0, `line ${line} has ${text}`);
  const offset = before + column + 1;
  return client().openAt(scenario, offset, 'vgpu', 'labels.vgpu');
}

async function sentenceOf(request: Promise<unknown>): Promise<string> {
  try {
    await request;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('The request was answered.');
}

describe('a label', () => {
  it('leads to the line that defines it', async () => {
    for (const line of USES.slice(1)) {
      const document = await at(line, 'ring');
      const [link, ...more] = await document.ask<LocationLink[]>('textDocument/definition');
      assert.deepEqual(more, []);
      assert.equal(link?.targetUri, document.uri);
      assert.deepEqual(link.targetRange, range(1, 6, 10));
      assert.ok(link.originSelectionRange);
      assert.equal(textIn(SCENARIO, link.originSelectionRange), 'ring');
    }
  });

  it('is found wherever it is used, and nowhere else', async () => {
    const document = await at(8, 'ring');
    const ask = async (includeDeclaration: boolean) => {
      const context = { includeDeclaration };
      return document.ask<Location[]>('textDocument/references', { context });
    };
    const found = await ask(true);
    assert.deepEqual(
      found.map((each) => each.range.start.line),
      USES,
    );
    assert.deepEqual(new Set(found.map((each) => textIn(SCENARIO, each.range))), new Set(['ring']));
    assert.deepEqual(
      (await ask(false)).map((each) => each.range.start.line),
      USES.slice(1),
    );
  });

  it('is highlighted, its definition as what is written', async () => {
    const document = await at(4, 'ring');
    const found = await document.ask<DocumentHighlight[]>('textDocument/documentHighlight');
    assert.deepEqual(
      found.map(({ range: { start }, kind }) => [start.line, kind]),
      USES.map((line) => [line, line === 1 ? 3 : 2]),
    );
  });

  it('tells its number, and where it leads as an address', async () => {
    const text = async (line: number, name: string) => {
      const document = await at(line, name);
      const hover = await document.ask<Hover>('textDocument/hover');
      assert.ok(typeof hover.contents === 'object' && 'value' in hover.contents);
      assert.ok(hover.range && textIn(SCENARIO, hover.range) === name);
      return hover.contents.value;
    };
    const ring = await text(8, 'ring');
    assert.match(ring, /^\*\*ring\*\* = `0x4000000` — label, defined on line 2/);
    assert.match(
      ring,
      /As a graphics address: its entry, last written on line 5, leads to guest memory `0x01234000`/,
    );
    assert.match(await text(1, 'ring'), /last written on line 5/);
    assert.match(await text(4, 'ring'), /in the vGPU’s slice; no line above writes its entry/);
    assert.match(await text(4, 'ring'), /\*\*GGTT entry\*\* of graphics address `0x04000000`/);
    assert.match(await text(2, 'page'), /As guest memory: line 7 shows bytes of its page/);
    assert.match(await text(10, 'tail'), /\*\*Aperture\*\* at graphics address `0x04000040`/);
  });

  it('has its number beside it, with what is added', async () => {
    const document = await at(1, 'ring');
    const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const hints = await document.ask<InlayHint[]>('textDocument/inlayHint', { range: whole });
    const shown = hints
      .filter(({ label }) => typeof label === 'string' && label.startsWith('= '))
      .map(({ position: { line }, label }) => `${line} ${label}`);
    assert.deepEqual(shown, [
      '3 = 0x4000040',
      '4 = 0x4000000',
      '4 = 0x1234001',
      '5 = 0x4001000',
      '6 = 0x1234010',
      '7 = 0x4000004',
      '8 = 0x4000000',
      '10 = 0x4000040',
      '12 = 0x4000004',
      '13 = 0x4000000',
    ]);
  });

  it('is in the outline, and among the workspace’s symbols', async () => {
    const document = await at(1, 'ring');
    const symbols = await document.ask<DocumentSymbol[]>('textDocument/documentSymbol');
    const labels = symbols.filter(({ kind }) => kind === SymbolKind.Constant);
    assert.deepEqual(
      labels.map(({ name, detail, range: { start } }) => [name, detail, start.line]),
      [
        ['ring', '0x4000000', 1],
        ['page', '0x1234000', 2],
        ['tail', '0x4000040', 3],
      ],
    );
    const found = await client().connection.sendRequest<WorkspaceSymbol[]>('workspace/symbol', {
      query: 'tai',
    });
    assert.ok(found.some(({ name, location }) => name === 'tail' && location.uri === document.uri));
    const folds = await document.ask<FoldingRange[]>('textDocument/foldingRange');
    assert.ok(folds.every(({ startLine, endLine }) => endLine > startLine));
  });
});

describe('renaming a label', () => {
  it('changes its definition and all uses, also on lines with mistakes', async () => {
    for (const line of USES) {
      const document = await at(line, 'ring');
      const prepared = await document.ask<{ range: Range; placeholder: string }>(
        'textDocument/prepareRename',
      );
      assert.equal(prepared.placeholder, 'ring');
      assert.equal(textIn(SCENARIO, prepared.range), 'ring');
      const edit = await document.ask<WorkspaceEdit>('textDocument/rename', { newName: 'start_' });
      const text = TextDocument.create(document.uri, 'vgpu', 1, SCENARIO);
      const renamed = TextDocument.applyEdits(text, edit.changes?.[document.uri] ?? []);
      const expected = SCENARIO.split('\n').map((each, number) => {
        if (!USES.includes(number)) return each;
        const [fields = '', ...comment] = each.split(' //');
        return [fields.replace(/(?<![\w"])ring/, 'start_'), ...comment].join(' //');
      });
      assert.equal(renamed, expected.join('\n'));
    }
  });

  it('is refused for what is no label, in a sentence', async () => {
    const ask = async (line: number, text: string) =>
      sentenceOf((await at(line, text)).ask('textDocument/prepareRename'));
    assert.match(
      await ask(8, 'RING_START'),
      /^RCS0\.RING_START is a register’s name, which is Intel’s\. Only labels and marks can be renamed/,
    );
    for (const [line, text] of [
      [14, 'ring'],
      [8, '// ring'],
      [4, 'W64'],
      [5, '0x1235001'],
    ] as const) {
      assert.match(
        await ask(line, text),
        /^This is no label and no mark\. Only labels and marks can be renamed/,
      );
    }
  });

  it('is refused for what can be no name, in a sentence', async () => {
    const document = await at(8, 'ring');
    const ask = (newName: string) => sentenceOf(document.ask('textDocument/rename', { newName }));
    assert.match(await ask('9x'), /“9x” is no name for a label/);
    assert.match(await ask(''), /is no name for a label/);
    assert.match(await ask('a b'), /“a b” is no name for a label/);
    assert.match(await ask('face'), /would take it for one/);
    assert.match(await ask('page'), /The label “page” is defined already, on line 3/);
    assert.match(await ask('GEN8_MASTER_IRQ'), /cannot be a label: it is a register/);
    assert.match(await ask('rcs0'), /cannot be a label: it is an engine/);
    assert.match(await ask('mem32'), /cannot be a label: it is a word of expressions/);
    assert.deepEqual(
      Object.keys(await document.ask<WorkspaceEdit>('textDocument/rename', { newName: 'ring' })),
      ['changes'],
    );
  });

  it('works after edits that have moved it', async () => {
    const document = await client().open('label ring 1\nW32 0x10 ring\n');
    await document.edit(range(0, 0, 0), '// x\nlabel other 2\n');
    const position = { line: 3, character: 10 };
    const edit = await document.ask<WorkspaceEdit>('textDocument/rename', {
      position,
      newName: 'start',
    });
    const lines = edit.changes?.[document.uri]?.map((each) => each.range.start.line);
    assert.deepEqual(lines, [2, 3]);
  });
});
