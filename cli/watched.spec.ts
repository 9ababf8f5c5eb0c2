import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { after, describe, it } from 'node:test';
import { runProgram } from './program.ts';
import { sample } from './testing/run-cli.ts';
import { folderWith } from './testing/scenario-folder.ts';

/** What a person sees who watches a terminal: results, and messages apart from them. */
async function watched(...args: string[]): Promise<{ out: string; err: string }> {
  const seen = { out: '', err: '' };
  const status = await runProgram(args, {
    input: Readable.from([]),
    out: async (text) => {
      seen.out += text;
      return true;
    },
    err: (text) => {
      seen.err += text;
    },
    isWatched: true,
    showsResults: true,
    hasColours: false,
  });
  assert.equal(status, 0, seen.err);
  return seen;
}

/** The bar is drawn once at least, and the last that is said of it is that it goes away. */
function assertBar({ out, err }: { out: string; err: string }, text: string): void {
  const [, drawn = ''] = /[█░]{24} ([^\r]*)/.exec(err) ?? [];
  assert.ok(drawn.includes(text), JSON.stringify(err));
  assert.ok(err.endsWith('\r\x1b[K'), JSON.stringify(err.slice(-40)));
  assert.doesNotMatch(out, /[█░]/);
}

describe('a person who watches sees how far it is', () => {
  const [folder, remove] = folderWith({});
  after(remove);

  it('while a trace is replayed', async () => {
    const name = 'guest-gem-stacks.vgpu.gz';
    assertBar(await watched('replay', sample(name)), name);
  });

  it('while commands of one are decoded', async () => {
    const name = 'one-batch-two-ways.vgpu';
    const seen = await watched('decode', sample(name));
    assertBar(seen, name);
    assert.match(seen.out, /MI_BATCH_BUFFER_START/);
  });

  it('while commands are decoded as a file is read', async () => {
    const name = 'skl_clr.aub.gz';
    assertBar(await watched('decode', sample(name)), name);
  });

  it('while one is replayed up to a picture', async () => {
    const name = 'skl-modeset-stacks.vgpu.gz';
    const { out, err } = await watched('screen', sample(name), '--json');
    assertBar({ out: '', err }, name);
    assert.match(out, /"width"/);
  });

  it('while a long one is listed', async () => {
    const file = path.join(folder, 'long.vgpu');
    writeFileSync(file, `## platform: skl\n${'W 4 002098 41\nW 4 0020a8 41\n'.repeat(60_000)}`);
    assertBar(await watched('list', file), 'listing');
  });

  it('while several are', async () => {
    const names = ['two-guests-first.vgpu.gz', 'two-guests-second.vgpu.gz'] as const;
    assertBar(await watched('replay', ...names.map(sample)), names[1]);
  });

  it('while a large file is read', async () => {
    const file = path.join(folder, 'large.vgpu');
    writeFileSync(file, `## platform: skl\n${'R 4 002030 00000000\n'.repeat(600_000)}`);
    assertBar(await watched('info', file), 'large.vgpu');
  });

  it('and no result is written behind the bar', async () => {
    let seen = '';
    const add = (text: string) => {
      seen += text;
    };
    await runProgram(['convert', sample('guest-gem-stacks.vgpu.gz'), '-', '--to', 'vgpu'], {
      input: Readable.from([]),
      out: async (text) => {
        add(text);
        return true;
      },
      err: add,
      isWatched: true,
      showsResults: true,
      hasColours: false,
    });
    const [, behind = ''] = /[█░]{24} [^\r\n]*([\r\n])/.exec(seen) ?? [];
    assert.equal(behind, '\r', 'the first thing behind a bar takes it away');
  });

  it('but not of what is done at once', async () => {
    assert.equal((await watched('info', sample('first-steps.vgpu'))).err, '');
  });
});
