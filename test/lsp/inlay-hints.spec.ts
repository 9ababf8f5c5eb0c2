import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { InlayHint } from 'vscode-languageserver-protocol/node';
import { root } from '../support/source-files.ts';
import { useClient } from './use-client.ts';

const client = useClient();

/** The text with its hints in braces. */
async function hinted(text: string, languageId = 'vgpu', first = 0): Promise<string> {
  const document = await client().open(text, languageId);
  const lines = text.split('\n');
  const hints = await document.ask<InlayHint[]>('textDocument/inlayHint', {
    range: { start: { line: first, character: 0 }, end: { line: lines.length, character: 0 } },
  });
  for (const { position, label } of hints.toReversed()) {
    const line = lines[position.line] ?? '';
    const at = position.character;
    lines[position.line] = `${line.slice(0, at)}{${label}}${line.slice(at)}`;
  }
  return lines.slice(first).join('\n');
}

it('names offsets, and says what each access changes', async () => {
  assert.equal(
    await hinted('W 4 00203c 00000000\nW 4 00203c 00003001\nR 4 044200 80000000\n'),
    [
      'W 4 00203c{RCS0.RING_CTL} 00000000',
      'W 4 00203c{RCS0.RING_CTL} 00003001{bufferLength 0x0→0x3, enable disabled→enabled}',
      'R 4 044200{GEN8_MASTER_IRQ} 80000000{masterInterruptEnable}',
      '',
    ].join('\n'),
  );
});

it('says nothing twice: names that the line has, comments stay behind', async () => {
  assert.equal(
    await hinted('W64 ggtt[0x04000000] 0x01234001 // x\nW32 0x18 1\n'),
    'W64 ggtt[0x04000000] 0x01234001{→ 0x01234000} // x\nW32 0x18 1\n',
  );
});

it('names commands and their registers', async () => {
  assert.equal(
    await hinted('CMD rcs0 ring@0 11000001 00002030 00000040\nCSW rcs0 002030 00000040\n'),
    'CMD rcs0 ring@0 11000001{MI_LOAD_REGISTER_IMM} 00002030 00000040\nCSW rcs0 002030{RCS0.RING_TAIL} 00000040\n',
  );
});

it('knows what lines above the range have written', async () => {
  const above = `W 4 002030 00000010\n${'R 4 044200 0\n'.repeat(50)}`;
  assert.equal(
    await hinted(`${above}W 4 002030 00000020`, 'vgpu', 51),
    'W 4 002030{RCS0.RING_TAIL} 00000020{tailOffset 0x10→0x20}',
  );
});

it('knows the logs of other programs', async () => {
  const packed = readFileSync(`${root}/samples/skl_vgpu.mmiotrace.gz`);
  const text = await hinted(gunzipSync(packed).toString('utf8'), 'vgpu-log');
  assert.match(text, /^R 4 \S+ 1 0xfd078010\{VGT_CAPS\} 0x1c\{.*full48BitPpgtt/m);
});
