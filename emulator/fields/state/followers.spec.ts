import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandDecoder } from '../command-decoder.ts';
import { fieldCatalog } from '../field-catalog.ts';
import { valueText } from '../value-text.ts';
import { noBases, type StateBases } from './state-context.ts';

const PLACE = { space: 'ppgtt', address: 0x100, engine: 'RCS0' } as const;

function decoderOf(
  places: Readonly<Record<number, readonly number[]>>,
  bases: Partial<StateBases> = {},
) {
  const catalog = fieldCatalog('skl');
  assert.ok(catalog);
  const dword = (_space: string, address: number) => {
    for (const [start, words] of Object.entries(places)) {
      const word = words[(address - Number(start)) / 4];
      if (word !== undefined) return word;
    }
    return undefined;
  };
  return new CommandDecoder(catalog, { dword }, { ...noBases(), ...bases });
}

test('bases change where their Modify Enable is set, and stay else', () => {
  const decoder = decoderOf({}, { surface: 0x5000 });
  const words = Array.from({ length: 19 }, () => 0);
  words[0] = 0x61010011;
  words[4] = 0x00009000;
  words[6] = 0x00020001;
  words[7] = 0x2;
  decoder.decode(words, PLACE);
  assert.equal(decoder.bases.surface, 0x5000);
  assert.equal(decoder.bases.dynamic, 0x2_00020000);
});

test('viewports are read from the dynamic state base', () => {
  const decoder = decoderOf({ 131136: [0, 0x3f800000] }, { dynamic: 0x20000 });
  const { state } = decoder.decode([0x78230000, 0x40], PLACE);
  assert.equal(state.length, 4);
  const [first, second] = state;
  assert.equal(first?.title, 'CC_VIEWPORT 0');
  assert.deepEqual(first?.fields.map(valueText), ['0', '1']);
  assert.equal(second?.problem, 'memory unknown');
});

test('a binding table leads to the surfaces of a stage', () => {
  const surface = Array.from({ length: 16 }, (_, index) => (index === 2 ? 0x00070003 : 0));
  const decoder = decoderOf(
    { 65568: [0, 0x40, 0, 3, 0, 0, 0, 0], 65600: surface },
    { surface: 0x10000 },
  );
  const { state } = decoder.decode([0x782a0000, 0x20], PLACE);
  assert.deepEqual(
    state.map(({ title, address, offset }) => [title, address, offset]),
    [['RENDER_SURFACE_STATE 1', 0x10040, 0x40]],
  );
  const width = state[0]?.fields.find(({ name }) => name === 'Width');
  assert.equal(width?.low, 3);
});

test('of loaded registers those with fields are shown, each with its own value', () => {
  const { state } = decoderOf({}).decode([0x11000003, 0x7008, 0x100, 0x7034, 0x60], PLACE);
  assert.deepEqual(
    state.map(({ title, address, words }) => [title, address, words]),
    [
      ['GT_MODE', 0x7008, [0x100]],
      ['L3CNTLREG', 0x7034, [0x60]],
    ],
  );
});

test('a program ends with the send that ends its thread', () => {
  // A compacted instruction, one of full length, the last one; what follows belongs to something else.
  const program = [0x20000001, 0, 0x01, 0, 0, 0, 0x31, 0, 0, 0x80000000, 0x7f];
  const words = Array.from({ length: 12 }, () => 0);
  words[0] = 0x7820000a;
  words[1] = 0x80;
  words[6] = 1;
  const { state } = decoderOf({ 196736: program }, { instruction: 0x30000 }).decode(words, PLACE);
  assert.deepEqual(
    state.map(({ title, offset, bytes }) => [title, offset, bytes]),
    [['SIMD8 pixel shader', 0x80, 40]],
  );
});

test('of vertex buffers what is known is shown', () => {
  const words = [0x78080003, 0x0404400c, 0xffa00000, 0xfffffffe, 0x24];
  const { state } = decoderOf({ 281470675451904: [1, 2] }).decode(words, PLACE);
  assert.deepEqual(state[0], {
    kind: 'buffer',
    title: 'vertex buffer 1',
    address: 0xfffeffa00000,
    bytes: 36,
    words: [1, 2],
    fields: [],
    problem: 'memory unknown',
  });
});

test('an index buffer has numbers of the size that its format says', () => {
  const words = [0x780a0003, 0x00000100, 0x8000, 0, 6];
  const { state } = decoderOf({ 32768: [0x00020001, 0x00030004] }).decode(words, PLACE);
  assert.deepEqual(
    state.map(({ title, bytes, elementBytes, words: inside }) => [
      title,
      bytes,
      elementBytes,
      inside,
    ]),
    [['index buffer', 6, 2, [0x00020001, 0x00030004]]],
  );
});
