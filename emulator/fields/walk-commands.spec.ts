import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandDecoder } from './command-decoder.ts';
import { fieldCatalog } from './field-catalog.ts';
import type { CommandMemory } from './state/state-tree.ts';
import { type CommandRun, walkCommands } from './walk-commands.ts';

const NOOP = 0;
const END = 0x05000000;
const START = 0x18800101;
const SECOND = START | (1 << 22);
const PREDICATED = START | (1 << 15);

/** Memory of a few dwords; the ring is in the GGTT at 0x1000, all else in the PPGTT. */
function memoryOf(places: Readonly<Record<number, readonly number[]>>): CommandMemory {
  const words = new Map<number, number>();
  for (const [start, dwords] of Object.entries(places)) {
    for (const [index, dword] of dwords.entries()) words.set(Number(start) + index * 4, dword);
  }
  return { dword: (_space, address) => words.get(address) };
}

function walked(
  places: Readonly<Record<number, readonly number[]>>,
  run: Partial<CommandRun> = {},
) {
  const catalog = fieldCatalog('skl');
  assert.ok(catalog);
  const lines: string[] = [];
  walkCommands(
    new CommandDecoder(catalog, memoryOf(places)),
    { space: 'ppgtt', address: 0x1000, engine: 'RCS0', ...run },
    {
      command: ({ name, address }, depth) => lines.push(`${depth} ${address.toString(16)} ${name}`),
      note: (text, depth) => lines.push(`${depth} ${text}`),
    },
  );
  return lines;
}

test('a ring goes on behind the batch that it starts, and at its start behind its end', () => {
  const ring = [NOOP, END, START, 0x2000, 0, NOOP];
  const run = { address: 0x1008, end: 0x1004, ring: { start: 0x1000, size: 24 } };
  assert.deepEqual(walked({ 4096: ring, 8192: [NOOP, END] }, run), [
    '0 1008 MI_BATCH_BUFFER_START',
    '1 2000 MI_NOOP',
    '1 2004 MI_BATCH_BUFFER_END',
    '0 1014 MI_NOOP',
    '0 1000 MI_NOOP',
  ]);
});

test('a command that lies across the end of a ring is read whole', () => {
  const run = { address: 0x1010, end: 0x1004, ring: { start: 0x1000, size: 24 } };
  assert.deepEqual(walked({ 4096: [0, 0, 0, 0, START, 0x2000], 8192: [END] }, run), [
    '0 1010 MI_BATCH_BUFFER_START',
    '1 2000 MI_BATCH_BUFFER_END',
  ]);
});

test('a ring ends with the command that lies across its tail', () => {
  const run = { address: 0x1000, end: 0x1008, ring: { start: 0x1000, size: 24 } };
  const ring = [NOOP, START, 0x2000, 0, NOOP, NOOP];
  assert.deepEqual(walked({ 4096: ring, 8192: [END] }, run), [
    '0 1000 MI_NOOP',
    '0 1004 MI_BATCH_BUFFER_START',
    '1 2000 MI_BATCH_BUFFER_END',
  ]);
});

test('a second-level batch comes back, another one does not', () => {
  const places = {
    4096: [START, 0x2000, 0, NOOP],
    8192: [SECOND, 0x3000, 0, START, 0x4000, 0, NOOP],
    12288: [END],
    16384: [NOOP, END],
  };
  assert.deepEqual(walked(places, { end: 0x1010 }), [
    '0 1000 MI_BATCH_BUFFER_START',
    '1 2000 MI_BATCH_BUFFER_START',
    '2 3000 MI_BATCH_BUFFER_END',
    '1 200c MI_BATCH_BUFFER_START',
    '1 4000 MI_NOOP',
    '1 4004 MI_BATCH_BUFFER_END',
    '0 100c MI_NOOP',
  ]);
});

test('a batch without end is walked once, a predicated start not at all', () => {
  const places = {
    4096: [PREDICATED, 0x3000, 0, START, 0x2000, 0],
    8192: [NOOP, START, 0x2000, 0],
  };
  assert.deepEqual(walked(places, { end: 0x1018 }), [
    '0 1000 MI_BATCH_BUFFER_START',
    '0 100c MI_BATCH_BUFFER_START',
    '1 2000 MI_NOOP',
    '1 2004 MI_BATCH_BUFFER_START',
    '1 2000 MI_NOOP',
    '1 2004 MI_BATCH_BUFFER_START',
    '1 goes on at 0x00002000 as before, without end',
  ]);
});

test('batches that start themselves as second-level ones end too', () => {
  const lines = walked({ 4096: [SECOND, 0x1000, 0, END] });
  assert.ok(lines.some((line) => /deep: this one is left out/.test(line)));
  assert.ok(lines.length < 100);
});

test('it ends where memory is unknown, and says so', () => {
  assert.deepEqual(walked({ 4096: [NOOP] }), [
    '0 1000 MI_NOOP',
    '0 memory unknown at ppgtt 0x00001004',
  ]);
});

test('what the blitter does has the fields of its own table', () => {
  const catalog = fieldCatalog('skl');
  assert.ok(catalog);
  const words = [0x54000004 | (3 << 20), 0x03f00000, 0, 0x00010001, 0x8000, 0];
  const decoder = new CommandDecoder(catalog, memoryOf({}));
  const { name, length, fields } = decoder.decode(words, {
    space: 'ggtt',
    address: 0,
    engine: 'BCS0',
  });
  assert.deepEqual([name, length], ['XY_COLOR_BLT', 6]);
  assert.ok(fields.some((field) => field.name === 'destination' && field.low === 0x8000));
});
