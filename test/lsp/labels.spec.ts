import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type CodeAction,
  type CompletionItem,
  type CompletionList,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
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
      /^RCS0\.RING_START is a register’s name, which is Intel’s\. Only labels can be renamed/,
    );
    for (const [line, text] of [
      [11, 'ring'],
      [14, 'ring'],
      [8, '// ring'],
      [4, 'W64'],
      [5, '0x1235001'],
    ] as const) {
      assert.match(await ask(line, text), /^This is no label\. Only labels can be renamed/);
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

describe('what is wrong with labels', () => {
  const found = async (text: string) => {
    const diagnostics = await (await client().open(text)).diagnostics();
    return diagnostics
      .filter(({ code }) => code !== 'no-register')
      .map((each) => `${each.range.start.line} ${each.code}: ${textIn(text, each.range)}`);
  };

  it('is said at the name', async () => {
    assert.deepEqual(
      await found(
        'label ring_tail 1\nW32 0x44200 rign_tail\nW32 ggtt[ring] 0\nW32 rong 1\nlabel ring_tail ring_tail\nlabel rcs0 1\nexpect ring_tial == ring_tail\n',
      ),
      [
        '1 unknown-label: rign_tail',
        '2 unknown-label: ring',
        '3 unknown-register: rong',
        '4 double-label: ring_tail',
        '5 malformed: rcs0',
        '6 expectation: ring_tial',
      ],
    );
  });

  it('is a label that no line uses: a hint, shown as what can go', async () => {
    const document = await client().open('label ring 1\nlabel page 2\nW32 0x44200 page\n');
    const [hint, ...more] = await document.diagnostics();
    assert.deepEqual(more, []);
    assert.equal(hint?.code, 'unused-label');
    assert.equal(hint.severity, DiagnosticSeverity.Hint);
    assert.deepEqual(hint.tags, [DiagnosticTag.Unnecessary]);
    assert.deepEqual(hint.range, range(0, 6, 10));
  });

  it('follows edits of a label: lines below mean something else then', async () => {
    const document = await client().open('label ring 0x10\nW8 0x44200 ring\n');
    assert.deepEqual(await codesOf(document.diagnostics()), []);
    await document.edit(range(0, 11, 15), '0x100');
    assert.deepEqual(await codesOf(document.diagnostics()), ['1 malformed']);
    await document.edit(range(0, 6, 10), 'other');
    assert.deepEqual(await codesOf(document.diagnostics()), ['0 unused-label', '1 unknown-label']);
    await document.edit(range(0, 0, 19), '');
    assert.deepEqual(await codesOf(document.diagnostics()), ['1 unknown-label']);
    await document.edit(range(0, 0, 0), 'label ring 1');
    assert.deepEqual(await codesOf(document.diagnostics()), []);
  });
});

async function codesOf(asked: Promise<readonly Diagnostic[]>): Promise<readonly string[]> {
  return (await asked)
    .filter(({ code }) => code !== 'wrong-size')
    .map(({ range: { start }, code }) => `${start.line} ${code}`);
}

describe('quick fixes for labels', () => {
  /** Titles of the fixes of a line, and the text after each. */
  async function fixes(text: string, line: number): Promise<Record<string, string>> {
    const document = await client().open(text);
    const actions = await document.ask<CodeAction[]>('textDocument/codeAction', {
      range: range(line, 0, 99),
      context: { diagnostics: [] },
    });
    return Object.fromEntries(
      actions.map(({ title, edit }) => {
        const changed = TextDocument.create(document.uri, 'vgpu', 1, text);
        return [title, TextDocument.applyEdits(changed, edit?.changes?.[document.uri] ?? [])];
      }),
    );
  }

  it('are a label like an unknown one, or its definition', async () => {
    assert.deepEqual(await fixes('label ring 1\nAW32 rign+4 ring\n', 1), {
      'Change to ring': 'label ring 1\nAW32 ring+4 ring\n',
      'Define the label rign': 'label ring 1\nlabel rign 0\nAW32 rign+4 ring\n',
    });
    const place = await fixes('label ring 1\nW32 rign ring\n', 1);
    assert.equal(place['Change to ring'], 'label ring 1\nW32 ring ring\n');
    assert.ok('Define the label rign' in place);
    assert.deepEqual(await fixes('label ring 1\nexpect mem32[rign] == ring\n', 1), {
      'Change to ring': 'label ring 1\nexpect mem32[ring] == ring\n',
      'Define the label rign': 'label ring 1\nlabel rign 0\nexpect mem32[rign] == ring\n',
    });
  });

  it('are its definition from below, moved up', async () => {
    assert.deepEqual(await fixes('AW32 ring 0\nW32 0x44200 0\nlabel ring 1 // x\n', 0), {
      'Move the definition of ring up': 'label ring 1 // x\nAW32 ring 0\nW32 0x44200 0\n',
    });
    const expected = await fixes('expect mem32[ring] == 0\nlabel ring 1\n', 0);
    assert.equal(
      expected['Move the definition of ring up'],
      'label ring 1\nexpect mem32[ring] == 0\n',
    );
  });

  it('remove what is defined twice, or used nowhere', async () => {
    assert.deepEqual(await fixes('label ring 1\nlabel ring 2\nAW32 ring 0\n', 1), {
      'Remove this definition of ring': 'label ring 1\nAW32 ring 0\n',
    });
    assert.deepEqual(await fixes('label ring 1\nlabel page 2\nAW32 ring 0\n', 1), {
      'Remove the label page': 'label ring 1\nAW32 ring 0\n',
    });
  });
});

describe('completion of labels', () => {
  async function proposed(line: string): Promise<CompletionItem | undefined> {
    const text = `label ring 0x4000000\nlabel page 2\n${line}\nlabel ring_below 3\n`;
    const document = await client().open(text);
    const { items } = await document.ask<CompletionList>('textDocument/completion');
    assert.ok(items.every(({ label }) => label !== 'ring_below'));
    return items.find(({ label }) => label === 'ring');
  }

  it('offers them wherever a number stands in the symbolic form', async () => {
    for (const line of [
      'W32 ri|',
      'AW32 |',
      'CR16 |',
      'W64 ggtt[r|',
      'W32 RCS0.RING_START ri|',
      'AR32 ring = ri|',
      'M |',
      'label tail r|',
      'expect mem32[ri|',
      'expect memory ggtt:ri|',
    ]) {
      const item = await proposed(line);
      assert.match(item?.detail ?? '', /^0x4000000/, line);
    }
    for (const line of ['W 4 r|', 'label r|', 'T |', 'W32 0x10 1 // r|', 'mark r|']) {
      assert.equal(await proposed(line), undefined, line);
    }
  });

  it('replaces what was typed of the name, and nothing before it', async () => {
    const inserted = async (line: string) => {
      const edit = (await proposed(line))?.textEdit;
      assert.ok(edit && 'range' in edit);
      return [edit.newText, edit.range.start.character, edit.range.end.character];
    };
    assert.deepEqual(await inserted('W64 ggtt[ri|'), ['ring', 9, 11]);
    assert.deepEqual(await inserted('expect mem32[ri|'), ['ring', 13, 15]);
    assert.deepEqual(await inserted('AR32 page ri|'), ['= ring', 10, 12]);
  });
});
