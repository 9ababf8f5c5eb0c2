import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { EditorHome, type Seen } from './editor-home.ts';

/** Line, from 1, of the first occurrence of `text` in the scenario. */
function lineOf(home: EditorHome, text: string): number {
  const lines = readFileSync(home.trace, 'utf8').split('\n');
  return lines.findIndex((line) => line.includes(text)) + 1;
}

describe('Emacs with lsp-mode and dap-mode, configured as docs/editors.md says', () => {
  const home = new EditorHome();
  const submission = lineOf(home, 'W32 RCS0.RING_TAIL');
  let session: Promise<Seen> | undefined;

  /** What was seen under that name. The one session is started by whoever asks first, and fails for all. */
  async function values(what: string): Promise<unknown[]> {
    const script = path.join(import.meta.dirname, 'session.el');
    const args = ['--batch', '-l', script, home.configuration('elisp'), home.trace];
    session ??= home.run('emacs', args);
    return (await session).filter((row) => row.what === what).map(({ value }) => value);
  }

  after(() => rmSync(home.folder, { recursive: true, force: true }));

  it('explains the register at point', async () => {
    assert.deepEqual(await values('mode'), ['vgpu-mode']);
    const [hover] = await values('hover');
    assert.match(String(hover), /RCS0\.RING_TAIL.*0x002030/);
    assert.match(String(hover), /tailOffset/);
  });

  it('stops before the first access, then before the line with a breakpoint', async () => {
    assert.deepEqual(await values('entry'), [lineOf(home, 'CR16 0x00')]);
    assert.deepEqual(await values('breakpoint'), [submission]);
    assert.deepEqual(await values('stack'), [['RCS0.RING_TAIL write 0x00000040']]);
  });

  it('is told the scopes of where it stands', async () => {
    const [scopes] = await values('scopes');
    for (const name of ['Access', 'Registers', 'GGTT', 'PVINFO'])
      assert.ok(Array.isArray(scopes) && scopes.includes(name), `${name} in ${scopes}`);
  });

  it('goes forwards and back, and the device with it', async () => {
    assert.deepEqual(await values('next'), [submission + 1]);
    assert.deepEqual(await values('back'), [submission, submission - 1]);
    const [before, after, again] = await values('tail');
    assert.match(String(before), /^0x00000000/);
    assert.match(String(after), /^0x00000040/);
    assert.equal(again, before);
    assert.deepEqual(await values('start'), [lineOf(home, '# 1.')]);
  });

  it('ends the adapter', async () => {
    assert.deepEqual(await values('adapter'), [0]);
  });
});
