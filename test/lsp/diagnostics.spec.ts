import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver-protocol/node';
import { root } from '../support/source-files.ts';
import { range, textIn } from './lsp-client.ts';
import { useClient } from './use-client.ts';

const client = useClient();
const HEADER = '## vgpu: caps=1c mappable=04000000+04000000 hidden=20000000+18000000 fences=4\n';

/** `code: covered text` of each diagnostic, and their messages. */
async function found(text: string) {
  const document = await client().open(text);
  const diagnostics = await document.diagnostics();
  return {
    codes: diagnostics.map(({ code, range: place }) => `${code}: ${textIn(text, place)}`),
    messages: diagnostics.map(({ message }) => plainText(message)),
  };
}

/** The protocol allows Markdown, which this server does not send. */
function plainText(message: Diagnostic['message']): string {
  assert.ok(typeof message === 'string');
  return message;
}

describe('what a reader does not understand', () => {
  it('is said in its own sentences, at the words that they quote', async () => {
    const { codes, messages } = await found('R32 0x44200 = 0z // x\n  W 3 00 1\n## colour: red\n');
    assert.deepEqual(codes, ['malformed: 0z', 'malformed: 3', 'unknown-header: colour']);
    assert.match(messages[0] ?? '', /“0z” is no value: a decimal number or one with 0x/);
    assert.match(messages[1] ?? '', /“3” is no access size/);
    assert.match(messages[2] ?? '', /There is no header “colour”; known are title, platform/);
  });

  it('is an unknown register with names like it', async () => {
    const { codes, messages } = await found('W32 RCS0.RING_TIAL 0x40\n');
    assert.deepEqual(codes, ['unknown-register: RCS0.RING_TIAL']);
    assert.match(messages[0] ?? '', /Did you mean RCS0\.RING_TAIL/);
  });

  it('is time that runs back', async () => {
    const { codes, messages } = await found('T 2\nR 4 044200 0\nT 1.5\nT 3\n');
    assert.deepEqual(codes, ['malformed: 1.5']);
    assert.match(messages[0] ?? '', /The time runs back, from 2\.000000 to “1\.5” seconds/);
  });
});

describe('what the tables say against a line that somebody wrote', () => {
  const rows = [
    ['W64 RCS0.RING_TAIL 1\n', 'wrong-size: W64', /RING_TAIL has 32 bits.*RCS0\.RING_HEAD/],
    ['W32 0x2031 1\n', 'alignment: 0x2031', /has to begin at a multiple of 4/],
    [
      'W32 RCS0.RING_EXECLIST_STATUS_LO 1\n',
      'read-only: W32',
      /is read only: this write changes nothing/,
    ],
    ['W32 RCS0.RING_MODE 0x8000\n', 'masked-nothing: 0x8000', /selects none/],
    ['W32 0x700000 1\n', 'outside-bar: 0x700000', /goes to neither/],
    ['W32 0x18 1\n', 'no-register: 0x18', /no register at 0x000018/],
    ['W16 ggtt[0x04000000] 1\n', 'entry-size: W16', /with 64 bits, or as halves/],
    ['W32 ggtt[0x04000000] 1\n', 'half-entry: W32 ggtt[0x04000000] 1', /Only the low half/],
    ['R32 RCS0.RING_MODE = 0x80000000\n', 'impossible: 0x80000000', /bits 31:16 stay 0x0000/],
    ['R32 0x78000 = 0x12345678\n', 'impossible: 0x12345678', /is always 0x76544776/],
    ['CR16 0 = 0x10de\n', 'impossible: 0x10de', /is always 0x8086/],
    ['W64 ggtt[0x0] 1\n', 'outside-slice: ggtt[0x0]', /outside of the vGPU's own slice/],
    ['AW32 0x3fff000 1\n', 'outside-slice: 0x3fff000', /0x4000000–0x7ffffff/],
  ] as const;
  for (const [line, code, message] of rows) {
    it(`${line.trim()} is ${code.split(':')[0]}`, async () => {
      const { codes, messages } = await found(`${HEADER}${line}`);
      assert.deepEqual(codes, [code]);
      assert.match(messages[0] ?? '', message);
    });
  }

  it('is nothing against the same in a recording, where it has happened', async () => {
    assert.deepEqual((await found('W 4 002031 1\nW 4 800000 1\nR 4 078000 1\n')).codes, []);
  });

  it('is nothing against whole entries, halves that both are there, and pairs', async () => {
    const text = `${HEADER}W64 ggtt[0x4000000] 1\nW32 ggtt[0x4001000]+4 0\nW32 ggtt[0x4001000] 1\nW64 FENCE_REG_GEN6_LO0 1\n`;
    const { codes } = await found(text);
    assert.deepEqual(
      codes.filter((code) => !code.startsWith('unknown')),
      [],
    );
  });

  it('is a device that cannot be made, at its header', async () => {
    const { codes, messages } = await found('// x\n## platform: tgl\n');
    assert.deepEqual(codes, ['device: tgl']);
    assert.match(messages[0] ?? '', /The trace is of platform "tgl"; emulated are: /);
  });
});

describe('what cannot be expected', () => {
  const rows = [
    ['expect RCS0.RING_TIAL == 1\n', 'RCS0.RING_TIAL', /RING_TIAL/],
    ['expect (RCS0.RING_TAIL + // x\n', '', /./],
    [
      'expect fault ggtt-read-out-of-rage\n',
      'ggtt-read-out-of-rage',
      /Did you mean ggtt-read-out-of-range/,
    ],
    ['expect 2 commands MI_NOPE since note\n', 'MI_NOPE', /No command is/],
    ['expect interrupt RCS0 usr\n', 'interrupt RCS0 usr', /No interrupt|is called/],
  ] as const;
  for (const [line, part, message] of rows) {
    it(line.trim(), async () => {
      const { codes, messages } = await found(line);
      assert.equal(codes.length, 1);
      if (part !== '') assert.equal(codes[0], `expectation: ${part}`);
      assert.match(messages[0] ?? '', message);
    });
  }

  it('is not what can be', async () => {
    const text =
      'expect RCS0.RING_TAIL == 0\nexpect no fault since start\nexpect 16 commands RCS0:MI_*\nexpect memory 1000 00??\nexpect interrupt *vblank\n';
    assert.deepEqual((await found(text)).messages, []);
  });
});

it('finds nothing wrong with the samples that people wrote', async () => {
  for (const name of ['first-steps.vgpu', 'one-batch-two-ways.vgpu']) {
    const { messages } = await found(readFileSync(`${root}/samples/${name}`, 'utf8'));
    assert.deepEqual(messages, [], name);
  }
});

it('takes back what an edit has mended', async () => {
  const document = await client().open('W32 RCS0.RING_TIAL 0x40\n');
  assert.equal((await document.diagnostics()).length, 1);
  await document.edit(range(0, 15, 17), 'AI');
  assert.deepEqual(await document.diagnostics(), []);
});

it('shows no more than a thousand of a damaged file', async () => {
  const document = await client().open('nonsense\n'.repeat(5000));
  assert.equal((await document.diagnostics()).length, 1000);
});

it('reports what is wrong with the log of another program', async () => {
  const text = readFileSync(`${root}/samples/skl_native.intel_reg_dump.txt`, 'utf8');
  const document = await client().open(`${text}\nnonsense\n`, 'vgpu-log', 'dump.txt');
  const [first] = await document.diagnostics();
  assert.match(plainText(first?.message ?? ''), /“nonsense” is no line of intel_reg's/);
  const line = text.split('\n').length;
  await document.edit(range(line, 0, 8), '');
  assert.deepEqual(await document.diagnostics(), []);
});
