import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandDecoder, fieldCatalog, type StateTree } from '../../emulator/index.ts';
import { commandText, stateText } from './command-text.ts';

const BUFFER = { kind: 'buffer', title: 'a buffer', address: 0x1000, fields: [] } as const;

function textOf(words: readonly number[], engine = 'RCS0'): string {
  const catalog = fieldCatalog('skl');
  assert.ok(catalog);
  const decoder = new CommandDecoder(catalog, { dword: () => undefined });
  return commandText(decoder.decode(words, { space: 'ppgtt', address: 0xfffeffff0000, engine }));
}

test('fields stand below the dword that they begin in, those of structures further in', () => {
  assert.equal(
    textOf([0x78090001, 0x02400000, 0x11130000]),
    [
      '0xfffeffff0000  3DSTATE_VERTEX_ELEMENTS',
      '  dw0 0x78090001',
      '    DWord Length: 1',
      '  dw1 0x02400000',
      '    Element[0]: VERTEX_ELEMENT_STATE',
      '      Source Element Offset: 0',
      '      Edge Flag Enable: false',
      '      Source Element Format: 64 (R32G32B32_FLOAT)',
      '      Valid: true',
      '      Vertex Buffer Index: 0',
      '  dw2 0x11130000',
      '      Component 3 Control: 3 (STORE_1_FP)',
      '      Component 2 Control: 1 (STORE_SRC)',
      '      Component 1 Control: 1 (STORE_SRC)',
      '      Component 0 Control: 1 (STORE_SRC)',
      '',
    ].join('\n'),
  );
});

test('what is cut off, and what is no command, say so', () => {
  assert.match(textOf([0x7a000004, 0]), /\n {2}memory unknown from dw2 on\n$/);
  assert.equal(textOf([0xffffffff]), '0xfffeffff0000  0xffffffff is no command\n');
});

test('buffers are shown as numbers where they look like some', () => {
  const tree: StateTree = { ...BUFFER, bytes: 12, words: [0x3f800000, 0xffffffff, 0] };
  assert.equal(
    stateText(tree),
    '  a buffer at 0x00001000, 12 bytes\n    +0x0000  1 0xffffffff 0\n',
  );
});

test('lists of indices are shown one by one, programs as dwords', () => {
  const indices: StateTree = {
    ...BUFFER,
    bytes: 8,
    words: [0x00020001, 0x00040003],
    elementBytes: 2,
  };
  assert.match(stateText(indices), /\n {4}\+0x0000 {2}1 2 3 4\n$/);
  assert.match(stateText({ ...indices, bytes: 6 }), /\+0x0000 {2}1 2 3\n$/);
  const bytes: StateTree = { ...indices, bytes: 4, words: [0x04030201], elementBytes: 1 };
  assert.match(stateText(bytes), /\n {4}\+0x0000 {2}1 2 3 4\n$/);
  const program: StateTree = {
    ...BUFFER,
    kind: 'kernel',
    offset: 0x40,
    bytes: 16,
    words: [0x31, 0, 0, 1],
  };
  assert.equal(
    stateText(program),
    '  a buffer at 0x00001000, base + 0x40, 16 bytes\n    +0x0000  00000031 00000000 00000000 00000001\n',
  );
});
