import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type CodeAction,
  type CompletionItem,
  type CompletionList,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { range, textIn } from './lsp-client.ts';
import { useClient } from './use-client.ts';

const client = useClient();

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
