import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandRange, CommandValue, LevelValue } from '../../emulator/index.ts';
import { CommandDocuments } from './command-documents.ts';

/** Memory full of commands of two dwords; at `END` a batch ends. */
class Commands {
  readonly end: number;
  readonly changed = new Map<number, string>();
  asked = 0;

  constructor(end: number) {
    this.end = end;
  }

  commands({ address, end, ring, most }: CommandRange): CommandValue[] {
    this.asked++;
    const found: CommandValue[] = [];
    for (let at = address; found.length < most && at !== end; ) {
      const name = at === this.end ? 'MI_BATCH_BUFFER_END' : 'MI_NOOP';
      const text = this.changed.get(at) ?? `${name} ${at}`;
      found.push({ address: at, bytes: 8, text, name, dwords: [] });
      if (at === this.end && ring === undefined) break;
      at += 8;
      if (ring !== undefined && at >= ring.start + ring.size) at -= ring.size;
    }
    return found;
  }
}

const batch = (start: number, address = start): LevelValue => ({
  kind: 'batch',
  space: 'ppgtt',
  start,
  address,
});
const where = (level: LevelValue) => ({ engine: 'RCS0', context: 0x1000, level });

test('a command stands on the same line of the same document wherever one is', () => {
  const documents = new CommandDocuments(new Commands(0x8080));
  const first = documents.placeOf(where(batch(0x8000)), 0x8000, 1, false);
  const later = documents.placeOf(where(batch(0x8000, 0x8040)), 0x8040, 1, false);
  assert.deepEqual([first?.line, later?.line], [1, 9]);
  assert.equal(later?.document, first?.document);
  const lines = documents.text(first?.document ?? 0)?.text.split('\n') ?? [];
  assert.equal(lines[9], '0x000000008040  MI_NOOP 32832');
  assert.equal(lines.at(-2), '0x000000008080  MI_BATCH_BUFFER_END 32896');
});

test('behind a command means the command itself, also the last of the ring', () => {
  const documents = new CommandDocuments(new Commands(0));
  const ring = { start: 0x8000, size: 0x1000, tail: 0x8020 };
  const level: LevelValue = { kind: 'ring', space: 'ggtt', start: 0x8000, address: 0x8020, ring };
  assert.equal(documents.placeOf(where(level), 0x8020, 1, true)?.line, 4);
  assert.equal(documents.placeOf(where(level), 0x8008, 1, true)?.line, 1);
});

test('a ring goes on at its start', () => {
  const documents = new CommandDocuments(new Commands(0));
  const ring = { start: 0x8000, size: 0x1000, tail: 0x8010 };
  const level: LevelValue = { kind: 'ring', space: 'ggtt', start: 0x8ff0, address: 0x8000, ring };
  const place = documents.placeOf(where(level), 0x8000, 1, false);
  assert.equal(place?.line, 3);
  assert.equal(documents.text(place?.document ?? 0)?.text.split('\n').length, 6);
});

test('a long batch is read in parts that stay the same', () => {
  const memory = new Commands(0x8000 + 8 * 5000);
  const documents = new CommandDocuments(memory);
  const far = documents.placeOf(where(batch(0x8000)), 0x8000 + 8 * 2000, 1, false);
  assert.equal(far?.line, (2000 % 512) + 1);
  const asked = memory.asked;
  const next = documents.placeOf(where(batch(0x8000)), 0x8000 + 8 * 2001, 1, false);
  assert.deepEqual([next?.document, next?.line], [far?.document, (far?.line ?? 0) + 1]);
  assert.equal(memory.asked, asked + 1, 'only the command itself is looked at again');
});

test('a batch that has become another is another document, also within a record', () => {
  const memory = new Commands(0x8080);
  const documents = new CommandDocuments(memory);
  const old = documents.placeOf(where(batch(0x8000)), 0x8008, 1, false);
  memory.changed.set(0x8008, 'MI_ARB_CHECK');
  const now = documents.placeOf(where(batch(0x8000)), 0x8008, 1, false);
  assert.notEqual(now?.document, old?.document);
  assert.match(documents.text(now?.document ?? 0)?.text ?? '', /MI_ARB_CHECK/);
  assert.doesNotMatch(documents.text(old?.document ?? 0)?.text ?? '', /MI_ARB_CHECK/);
  memory.changed.clear();
  const again = documents.placeOf(where(batch(0x8000)), 0x8008, 2, false);
  assert.equal(again?.document, old?.document, 'what is as it was keeps its number');
});

test('a command that is not on the way from the start is read from where it stands', () => {
  const documents = new CommandDocuments(new Commands(0x8080));
  const place = documents.placeOf(where(batch(0x8000)), 0x8044, 1, false);
  assert.equal(place?.line, 1);
  assert.equal(documents.text(99), undefined);
});
