import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import { EditorHome } from './editor-home.ts';

it("Neovim's own client, configured as docs/editors.md says, explains the register under the cursor", async () => {
  const home = new EditorHome();
  try {
    const script = `luafile ${path.join(import.meta.dirname, 'session.lua')}`;
    const args = ['--headless', '-u', home.configuration('lua'), home.trace, '-c', script];
    const [filetype, hover] = await home.run('nvim', args);
    assert.deepEqual(filetype, { what: 'filetype', value: 'vgpu' });
    assert.match(String(hover?.value), /RCS0.*RING.*0x002030/);
    assert.match(String(hover?.value), /tailOffset/);
  } finally {
    rmSync(home.folder, { recursive: true, force: true });
  }
});
