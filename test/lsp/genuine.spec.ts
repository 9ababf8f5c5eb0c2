import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type {
  CodeAction,
  CodeLens,
  CompletionList,
  DocumentHighlight,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  Position,
  SemanticTokens,
  TextEdit,
  WorkspaceSymbol,
} from 'vscode-languageserver-protocol/node';
import { root } from '../support/source-files.ts';
import { type OpenText, range } from './lsp-client.ts';
import { useClient } from './use-client.ts';

const client = useClient({ showsRegisterTables: true, hasDebugCommands: true });

/** A genuine trace, and lines of it: each begins with the text that is given. */
interface Genuine {
  readonly sample: string;
  readonly language: string;
  /** A read of GEN8_MASTER_IRQ, below a write of it. */
  readonly read: string;
  readonly place: string;
  readonly value: string;
  readonly tokens: number;
  /** A write of an entry of the GGTT. */
  readonly entry: string;
  readonly entryPlace: string;
  readonly problems: number;
}

const TRACES: readonly Genuine[] = [
  {
    sample: 'guest-gem-stacks.vgpu.gz',
    language: 'vgpu',
    read: 'R 4 044200 00000001  @ gen8_irq_handler',
    place: '044200',
    value: '00000001',
    tokens: 14,
    entry: 'W 4 840000 029f5001',
    entryPlace: '840000',
    problems: 0,
  },
  {
    sample: 'skl_vgpu.mmiotrace.gz',
    language: 'vgpu-log',
    read: 'R 4 11.498612 2 0xfd044200 0x2',
    place: '0xfd044200',
    value: '0x2 ',
    tokens: 5,
    entry: 'W 8 11.358773 3 0xfd9bff38 0x2069001',
    entryPlace: '0xfd9bff38',
    // Accesses outside of the device are told of once.
    problems: 1,
  },
];

for (const genuine of TRACES) {
  describe(`in ${genuine.sample}`, () => {
    const packed = readFileSync(`${root}/samples/${genuine.sample}`);
    const lines = gunzipSync(packed).toString('utf8').split('\n');
    const read = lines.findIndex((line) => line.startsWith(genuine.read));
    const entry = lines.findIndex((line) => line.startsWith(genuine.entry));
    const { place, value } = genuine;
    let document: OpenText;
    before(async () => {
      const name = genuine.sample.replace('.gz', '');
      document = await client().openAt(lines.join('\n'), 0, genuine.language, name);
    });
    const on = (line: number, text: string): Position => {
      const character = (lines[line] ?? '').indexOf(text);
      assert.ok(line >= 0 && character >= 0, `the sample has ${text}`);
      return { line, character: character + 1 };
    };
    const hoverAt = async (position: Position) => {
      const hover = await document.ask<Hover>('textDocument/hover', { position });
      return JSON.stringify(hover.contents);
    };
    const linesOf = async (method: string, position: Position) => {
      const found = await document.ask<LocationLink[]>(method, { position });
      return found.map(({ targetUri, targetRange: { start } }) =>
        targetUri === document.uri ? start.line : targetUri,
      );
    };
    const referencesOf = async (position: Position) => {
      const context = { includeDeclaration: false };
      const found = await document.ask<Location[]>('textDocument/references', {
        position,
        context,
      });
      return found.map(({ range: { start } }) => start.line);
    };

    it('a register is known: what it is, its row, the write that a read sees', async () => {
      const text = await hoverAt(on(read, place));
      assert.match(text, /GEN8.*_MASTER.*_IRQ/);
      assert.match(text, /Answer: `0x0000000[12]`, shown before as `0x00000000`/);
      assert.deepEqual(await linesOf('textDocument/definition', on(read, place)), [
        'vgpu-registers:/skl.vgpu-registers',
      ]);
      assert.deepEqual(await linesOf('textDocument/definition', on(read, value)), [read - 1]);
    });

    it('all accesses of a register are found, and those nearby highlighted', async () => {
      const digits = place.slice(-6);
      const expected = lines.flatMap((line, number) =>
        new RegExp(`^[RW] [148] .*${digits} `).test(line) ? [number] : [],
      );
      assert.ok(expected.length > 10);
      assert.deepEqual(await referencesOf(on(read, place)), expected);
      const highlights = await document.ask<DocumentHighlight[]>('textDocument/documentHighlight', {
        position: on(read, place),
      });
      const near = expected.filter((line) => Math.abs(line - read) <= 2000);
      assert.deepEqual(
        highlights.map(({ range: { start } }) => start.line),
        near,
      );
    });

    it('an entry of the GGTT is decoded, and its accesses are found', async () => {
      assert.match(
        await hoverAt(on(entry, genuine.entryPlace)),
        /GGTT entry.*of graphics address.*\| present \| 0 \| yes \|/,
      );
      assert.ok((await referencesOf(on(entry, genuine.entryPlace))).includes(entry));
    });

    it('lines have colours and hints', async () => {
      const tokens = await document.ask<SemanticTokens>('textDocument/semanticTokens/range', {
        range: range(read, 0, 1),
      });
      assert.ok(tokens.data.length / 5 >= genuine.tokens, `${tokens.data.length / 5} tokens`);
      const hints = await document.ask<InlayHint[]>('textDocument/inlayHint', {
        range: range(read, 0, 1),
      });
      assert.equal(hints[0]?.label, 'GEN8_MASTER_IRQ');
      assert.equal(hints.length, 2);
    });

    it('there are phases to fold, to debug from, and to look for', async () => {
      const folds = await document.ask<FoldingRange[]>('textDocument/foldingRange');
      assert.ok(folds.length > 10);
      const lenses = await document.ask<CodeLens[]>('textDocument/codeLens');
      assert.ok(lenses.length > 10);
      const found = await client().connection.sendRequest<WorkspaceSymbol[]>('workspace/symbol', {
        query: 'submission 1 on rcs0',
      });
      assert.equal(found.filter(({ location }) => location.uri === document.uri).length, 1);
    });

    it('nothing is judged, proposed or renamed: it has happened', async () => {
      assert.equal((await document.diagnostics()).length, genuine.problems);
      const around = { start: { line: read - 50, character: 0 }, end: on(read, place) };
      const context = { diagnostics: [] };
      const actions = await document.ask<CodeAction[]>('textDocument/codeAction', {
        range: around,
        context,
      });
      assert.deepEqual(actions, []);
      const { items } = await document.ask<CompletionList>('textDocument/completion', {
        position: on(read, place),
      });
      assert.deepEqual(items, []);
      await assert.rejects(
        document.ask('textDocument/prepareRename', { position: on(read, place) }),
        /GEN8_MASTER_IRQ is a register’s name, which is Intel’s\. Only labels and marks can be renamed/,
      );
      const edits = await document.ask<TextEdit[]>('textDocument/formatting', {
        options: { tabSize: 2, insertSpaces: true },
      });
      // Only blanks at the ends of notes go.
      assert.ok(edits.every(({ newText }) => newText.startsWith('# ')));
    });
  });
}
