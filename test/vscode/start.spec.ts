import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../support/source-files.ts';
import { startVsCode } from './support/started-vscode.ts';

describe('npm start', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'vgpu-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('opens desktop VS Code on the samples, the extension in development, where `code` is found', () => {
    const noted = path.join(folder, 'arguments');
    const code = path.join(folder, 'code');
    writeFileSync(code, `#!/bin/sh\nprintf '%s\\n' "$@" > '${noted}'\n`);
    chmodSync(code, 0o755);
    const PATH = `${folder}${path.delimiter}${process.env['PATH']}`;
    const { status } = npmStart([], { ...process.env, PATH });
    assert.equal(status, 0);
    assert.deepEqual(readFileSync(noted, 'utf8').trim().split('\n'), [
      `--extensionDevelopmentPath=${root}`,
      path.join(root, 'samples'),
    ]);
  });

  it('says what a port is where one is given that is none', () => {
    const { status, stderr } = npmStart(['--port', '70000'], process.env);
    assert.equal(status, 1);
    assert.match(stderr, /--port 70000: a port is a number from 0 to 65535/);
  });

  it('serves VS Code at the printed address, and stops it on Ctrl-C', async () => {
    const vscode = await startVsCode({ name: 'start' });
    assert.equal((await fetch(vscode.address)).status, 200);
    await vscode.stop();
    await assert.rejects(fetch(vscode.address));
  });
});

function npmStart(args: readonly string[], env: NodeJS.ProcessEnv) {
  return spawnSync('npm', ['start', '--silent', '--', ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
}
