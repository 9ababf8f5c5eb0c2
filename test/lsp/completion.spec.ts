import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CompletionItem, CompletionList } from 'vscode-languageserver-protocol/node';
import { useClient } from './use-client.ts';

const client = useClient();

async function items(marked: string): Promise<readonly CompletionItem[]> {
  const document = await client().open(marked);
  const { items: found } = await document.ask<CompletionList>('textDocument/completion');
  return found;
}

async function labels(marked: string): Promise<readonly string[]> {
  return (await items(marked)).map(({ label }) => label);
}

function withLabel(found: readonly CompletionItem[], label: string): CompletionItem {
  const item = found.find((each) => each.label === label);
  assert.ok(item, `${label} is proposed, beside ${found.length} others`);
  return item;
}

function insertedBy({ textEdit }: CompletionItem): string {
  assert.ok(textEdit && 'newText' in textEdit);
  return textEdit.newText;
}

describe('completion of a line', () => {
  it('begins with accesses, other records and headers', async () => {
    const found = await labels('|');
    for (const label of ['R32', 'W64', 'CR16', 'AW32', 'T', 'IRQ', 'mark', 'expect', '## ']) {
      assert.ok(found.includes(label), label);
    }
  });

  it('knows headers and their values', async () => {
    assert.ok((await labels('## pl|')).includes('platform'));
    assert.deepEqual(await labels('## platform: |'), ['bdw', 'skl', 'kbl']);
    assert.ok((await labels('## quirks: |')).includes('vfio-splits-accesses'));
    assert.ok((await labels('## monitor: |')).includes('none'));
    assert.ok((await labels('## pci: |')).some((label) => /^8086:1912 rev/.test(label)));
  });

  it('says nothing in comments, notes, and the compact form', async () => {
    assert.deepEqual(await labels('W32 RCS0.RING_TAIL 1 // R|'), []);
    assert.deepEqual(await labels('# R|'), []);
    assert.deepEqual(await labels('W 4 |'), []);
  });
});

describe('completion of a place', () => {
  it('finds registers by any part of their names, those that begin so first', async () => {
    const found = await labels('W32 RING_TA|');
    assert.equal(found[0], 'RCS0.RING_TAIL');
    assert.ok(found.includes('VECS0.RING_TAIL'));
    assert.ok((await labels('W32 RCS0.|')).every((label) => !label.startsWith('BCS0')));
  });

  it('replaces what was typed, and tells what the register is when it is looked at', async () => {
    const item = withLabel(await items('W32 rcs0.ring_ta|'), 'RCS0.RING_TAIL');
    assert.ok(item.textEdit && 'range' in item.textEdit);
    assert.deepEqual(item.textEdit.range.start, { line: 0, character: 4 });
    const resolved = await client().connection.sendRequest<CompletionItem>(
      'completionItem/resolve',
      item,
    );
    assert.match(JSON.stringify(resolved.documentation), /Where the driver will write next/);
  });

  it('is a configuration register by its name, as a number', async () => {
    const item = withLabel(await items('CR16 |'), '0x04');
    assert.equal(item.detail, 'COMMAND');
  });

  it('offers entries of the GGTT', async () => {
    assert.ok((await labels('W64 gg|')).includes('ggtt[…]'));
  });
});

describe('completion of a value', () => {
  it('offers named values of fields', async () => {
    const item = withLabel(await items('W32 RCS0.RING_CTL |'), '0x00000001');
    assert.equal(item.detail, 'enable = enabled');
  });

  it('sets and clears bits of a masked register with their mask', async () => {
    const found = await items('W32 RCS0.RING_MODE |');
    const set = found.filter(({ detail }) => /runListEnable/.test(detail ?? ''));
    assert.deepEqual(set.map(({ label }) => label).sort(), ['0x80000000', '0x80008000']);
  });

  it('offers what the lines above left there, as an expectation behind a read', async () => {
    const found = await items('W32 RCS0.RING_START 0x4000\nR32 RCS0.RING_START |');
    const item = withLabel(found, '0x00004000');
    assert.equal(item.detail, 'as the lines above show it');
    assert.equal(insertedBy(item), '= 0x00004000');
    assert.equal(insertedBy(withLabel(found, '?')), '?');
  });
});

describe('completion of other records', () => {
  it('knows engines, places and commands', async () => {
    assert.ok((await labels('CMD |')).includes('rcs0'));
    assert.ok((await labels('CMD rcs0 |')).includes('ring@'));
    const item = withLabel(await items('CMD rcs0 ring@0 MI_|'), 'MI_BATCH_BUFFER_START');
    assert.match(insertedBy(item), /^18800000$/);
    assert.deepEqual(await labels('IRQ |'), ['msi', 'intx']);
  });

  it('knows what can be expected', async () => {
    assert.ok((await labels('expect |')).includes('interrupt'));
    assert.ok((await labels('expect no fault |')).includes('ggtt-write-out-of-range'));
    assert.deepEqual(await labels('expect no fault since |'), ['access', 'note', 'mark', 'start']);
    assert.ok((await labels('expect RCS0.RING_C|')).includes('RCS0.RING_CTL'));
  });
});
