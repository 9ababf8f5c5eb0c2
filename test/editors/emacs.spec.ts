import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { EditorHome, type Seen } from './editor-home.ts';

/** Line, from 1, of the first occurrence of `text` in the scenario. */
function lineOf(home: EditorHome, text: string): number {
  const lines = readFileSync(home.trace, 'utf8').split('\n');
  return lines.findIndex((line) => line.includes(text)) + 1;
}

describe('Emacs with lsp-mode and dap-mode, configured as docs/editors.md says', () => {
  const home = new EditorHome();
  const submission = lineOf(home, 'W32 RCS0.RING_TAIL');
  let seen: Seen = [];
  const values = (what: string) =>
    seen.filter((row) => row.what === what).map(({ value }) => value);

  before(async () => {
    const script = path.join(import.meta.dirname, 'session.el');
    seen = await home.run('emacs', [
      '--batch',
      '-l',
      script,
      home.configuration('elisp'),
      home.trace,
    ]);
  });
  after(() => rmSync(home.folder, { recursive: true, force: true }));

  it('explains the register at point', () => {
    assert.deepEqual(values('mode'), ['vgpu-mode']);
    const [hover] = values('hover');
    assert.match(String(hover), /RCS0\.RING_TAIL.*0x002030/);
    assert.match(String(hover), /tailOffset/);
  });

  it('stops before the first access, then before the line with a breakpoint', () => {
    assert.deepEqual(values('entry'), [lineOf(home, 'CR16 0x00')]);
    assert.deepEqual(values('breakpoint'), [submission]);
    assert.deepEqual(values('stack'), [['RCS0.RING_TAIL write 0x00000040']]);
  });

  it('is told the scopes of where it stands', () => {
    const [scopes] = values('scopes');
    for (const name of ['Access', 'Registers', 'GGTT', 'PVINFO'])
      assert.ok(Array.isArray(scopes) && scopes.includes(name), `${name} in ${scopes}`);
  });

  it('goes forwards and back, and the device with it', () => {
    assert.deepEqual(values('next'), [submission + 1]);
    assert.deepEqual(values('back'), [submission, submission - 1]);
    const [before, after, again] = values('tail');
    assert.match(String(before), /^0x00000000/);
    assert.match(String(after), /^0x00000040/);
    assert.equal(again, before);
    assert.deepEqual(values('start'), [lineOf(home, '# 1.')]);
  });

  it('ends the adapter', () => {
    assert.deepEqual(values('adapter'), [0]);
  });
});
