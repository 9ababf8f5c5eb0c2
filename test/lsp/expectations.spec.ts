import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {
  CompletionItem,
  CompletionList,
  DocumentHighlight,
  Hover,
  Location,
  LocationLink,
} from 'vscode-languageserver-protocol/node';
import { useClient } from './use-client.ts';

const client = useClient({ showsRegisterTables: true });
const TABLE = 'vgpu-registers:/skl.vgpu-registers';

describe('hovering over what is expected', () => {
  const hoverOf = async (marked: string) => {
    const document = await client().open(marked);
    const hover = await document.ask<Hover | null>('textDocument/hover');
    if (hover === null) return '';
    assert.ok(typeof hover.contents === 'object' && 'value' in hover.contents);
    return hover.contents.value;
  };

  it('says what checks, commands and interrupts are', async () => {
    assert.match(
      await hoverOf('expect no fault ggtt-write-|out-of-range // x\n'),
      /\*\*ggtt-write-out-of-range\*\* — A GGTT entry outside the own slice was written/,
    );
    const several = await hoverOf('expect fault failsafe-|*\n');
    assert.ok(several.split('\n\n').length >= 3, several);
    assert.match(await hoverOf('expect 2 commands RCS0:MI_NO|OP\n'), /command MI\\_NOOP on RCS0/);
    assert.match(
      await hoverOf('expect interrupt RCS0 user inter|rupt since note\n'),
      /^interrupt RCS0 user interrupt$/,
    );
  });

  it('tells of a field its bits, its values, and what the lines above left in it', async () => {
    const text = await hoverOf('W32 RCS0.RING_CTL 0x3001\nexpect RCS0.RING_CTL.ena|ble == 1\n');
    assert.match(text, /^\*\*enable\*\* — bit 0 of RCS0\.RING\\_CTL/);
    assert.match(text, /`0` disabled, `1` enabled/);
    assert.match(text, /By the lines above: `enabled`/);
    const whole = await hoverOf('W32 RCS0.RING_CTL 0x3001\nexpect rcs0.ring_|ctl == 1\n');
    assert.match(whole, /^\*\*RCS0\.RING\\_CTL\*\*/);
    assert.match(whole, /By the lines above: `0x00003001`/);
  });

  it('leads from an entry to the page that it translates, also by a label', async () => {
    for (const place of ['0x400|0000', 'ring+0x|0']) {
      const text = await hoverOf(
        `label ring 0x4000000\nW64 ggtt[0x4000000] 0x1234001\nexpect ggtt[${place}].present == 1\n`,
      );
      assert.match(text, /\*\*GGTT entry\*\* of graphics address `0x04000000`/);
      assert.match(text, /Last written on line 2, it leads to guest memory `0x01234000`/);
    }
    assert.match(await hoverOf('expect gg|tt[0x1000] == 0\n'), /No line above writes it/);
  });

  it('explains the words of expressions', async () => {
    assert.match(await hoverOf('expect mem|32[0x1000] == 1\n'), /32 bits of guest physical/);
    assert.match(await hoverOf('expect val|ue == 1\n'), /\*\*value\*\* — what the access writes/);
    assert.match(await hoverOf('expect kno|wn(value)\n'), /known\(expression\)/);
  });
});

describe('going from what is expected', () => {
  const linesOf = async (marked: string) => {
    const document = await client().open(marked);
    const links = await document.ask<LocationLink[]>('textDocument/definition');
    return links.map(({ targetUri, targetRange: { start } }) =>
      targetUri === document.uri ? start.line : targetUri,
    );
  };

  it('leads to the row of a register, and to that of a field', async () => {
    const rowOf = async (marked: string) => {
      const document = await client().open(marked);
      const [link] = await document.ask<LocationLink[]>('textDocument/definition');
      assert.equal(link?.targetUri, TABLE);
      const text = await client().connection.sendRequest<string>('vgpu/registerTable', {
        uri: TABLE,
      });
      return text.split('\n')[link.targetRange.start.line] ?? '';
    };
    assert.match(await rowOf('expect RCS0.RING_|CTL.enable == 1\n'), /^0x00203c {2}RCS0\.RING_CTL/);
    assert.match(await rowOf('expect RCS0.RING_CTL.ena|ble == 1\n'), /^ +0 +enable/);
  });

  it('leads to the write that is seen, and to the note that is counted from', async () => {
    const entry = 'W64 ggtt[0x4000000] 1\nexpect ggtt[0x40|00000].present == 1\n';
    assert.deepEqual(await linesOf(entry), [0]);
    const value = 'W32 RCS0.RING_TAIL 1\nW32 RCS0.RING_HEAD 2\nexpect RCS0.RING_TAIL == 0x|1\n';
    assert.deepEqual(await linesOf(value), [0]);
    const note = '# one\nmark two\nW32 0x44200 0\nexpect no fault since no|te\n';
    assert.deepEqual(await linesOf(note), [1]);
    assert.deepEqual(await linesOf('expect no fault since no|te\n'), []);
    assert.deepEqual(await linesOf('expect RCS0.RING_TAIL == 0x|1\n'), []);
  });
});

describe('finding what is expected', () => {
  const ask = async (marked: string) => {
    const document = await client().open(marked);
    const context = { includeDeclaration: false };
    const found = await document.ask<Location[]>('textDocument/references', { context });
    return found.map(({ range: { start } }) => [start.line, start.character]);
  };

  it('lists expectations among the accesses of a register or entry, from either', async () => {
    for (const text of [
      'W32 RCS0.RING_|CTL 1\nexpect RCS0.RING_CTL.enable == 1\nR32 RCS0.RING_CTL\n',
      'W32 RCS0.RING_CTL 1\nexpect RCS0.RING_|CTL.enable == 1\nR32 RCS0.RING_CTL\n',
      'W64 ggtt[0x400|0000] 1\nexpect ggtt[0x4000000] == 1\nR32 ggtt[0x4000000]\n',
      'W64 ggtt[0x4000000] 1\nexpect ggtt[0x400|0000] == 1\nR32 ggtt[0x4000000]\n',
    ]) {
      assert.deepEqual(
        await ask(text),
        [
          [0, 4],
          [1, 7],
          [2, 4],
        ],
        text,
      );
    }
  });

  it('lists of a field what touches it, and what expects something of it', async () => {
    const text = [
      'W32 RCS0.RING_MODE 0x80008000',
      'W32 RCS0.RING_MODE 0x02000200',
      'expect RCS0.RING_MODE.runList|Enable == 1',
      'expect RCS0.RING_MODE == 0x8000',
      'expect RCS0.RING_MODE.ppgttEnable == 0',
      '',
    ];
    assert.deepEqual(await ask(text.join('\n')), [
      [0, 4],
      [2, 7],
      [3, 7],
    ]);
  });

  it('highlights writes and reads, expectations being reads', async () => {
    const document = await client().open(
      'W32 RCS0.RING_|CTL 1\nexpect RCS0.RING_CTL == 1\nR32 0x203c\nW32 0x44200 0\n',
    );
    const found = await document.ask<DocumentHighlight[]>('textDocument/documentHighlight');
    const kinds = found.map(({ range: { start }, kind }) => [start.line, kind]);
    assert.deepEqual(
      kinds.sort(([a = 0], [b = 0]) => a - b),
      [
        [0, 3],
        [1, 2],
        [2, 2],
      ],
    );
  });
});

describe('completion of what is expected', () => {
  const items = async (marked: string): Promise<readonly CompletionItem[]> => {
    const document = await client().open(marked);
    return (await document.ask<CompletionList>('textDocument/completion')).items;
  };

  it('goes on with names of several words, which are replaced as a whole', async () => {
    const found = await items('expect interrupt RCS0 us|');
    assert.deepEqual(
      found.map(({ label }) => label),
      ['RCS0 user interrupt', 'since'],
    );
    const edit = found[0]?.textEdit;
    assert.ok(edit && 'range' in edit);
    assert.deepEqual([edit.range.start.character, edit.range.end.character], [17, 24]);
  });

  it('offers values of the register or field that is compared', async () => {
    const field = await items('expect (RCS0.RING_CTL.enable == |');
    assert.deepEqual(
      field.slice(0, 2).map(({ label, detail }) => `${label} ${detail}`),
      ['0x0 disabled', '0x1 enabled'],
    );
    const [register] = await items('W32 RCS0.RING_CTL 0x3001\nexpect RCS0.RING_CTL == |');
    assert.deepEqual(
      [register?.label, register?.detail],
      ['0x00003001', 'as the lines above show it'],
    );
  });

  it('offers entries of the GGTT that lead to pages with contents', async () => {
    const text =
      'label page 0x1234000\nW64 ggtt[0x4000000] |\nM page+0x10 00\nM 2000 00\nM 2010 00\n';
    assert.deepEqual(
      (await items(text)).map(({ label }) => label),
      ['page', 'page+1', '0x2001'],
    );
  });
});
