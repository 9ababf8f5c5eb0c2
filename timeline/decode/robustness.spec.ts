import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { CommandDecoder, fieldCatalog } from '../../emulator/index.ts';
import { AubWalker } from '../../trace/index.ts';
import { AubCommands } from './aub-commands.ts';
import { commandText } from './command-text.ts';

const SAMPLE = new Uint8Array(
  gunzipSync(readFileSync(new URL('../../samples/skl_clr.aub.gz', import.meta.url))),
);

/** Commands that are found, as text. */
function decoded(file: Uint8Array): number {
  let letters = 0;
  const commands = new AubCommands({
    run: () => undefined,
    fact: () => undefined,
    note: () => undefined,
    command: (tree) => {
      letters += commandText(tree).length;
    },
  });
  const walker = new AubWalker(commands);
  walker.push(file);
  walker.end();
  return letters;
}

test('any dwords are decoded, as commands of any engine', () => {
  const catalogs = ['bdw', 'skl'].flatMap((platform) => fieldCatalog(platform) ?? []);
  assert.equal(catalogs.length, 2);
  const word = fc.integer({ min: 0, max: 0xffffffff });
  const header = fc.oneof(
    word,
    fc.constantFrom(...catalogs.flatMap((each) => [...each.groups()].map(headerOf))),
  );
  const engine = fc.constantFrom('RCS0', 'BCS0', 'VCS0', 'VECS0', 'vGPU1.RCS0', '');
  fc.assert(
    fc.property(header, fc.array(word, { maxLength: 40 }), engine, (first, words, name) => {
      for (const catalog of catalogs) {
        const decoder = new CommandDecoder(catalog, { dword: (_space, at) => (at * 7919) >>> 0 });
        const place = { space: 'ppgtt', address: 0x1000, engine: name } as const;
        assert.ok(commandText(decoder.decode([first, ...words], place)).endsWith('\n'));
      }
    }),
    { numRuns: 2000 },
  );
});

function headerOf({ row }: { readonly row: { readonly opcode: number } }): number {
  return (row.opcode << 16) >>> 0;
}

test('a file with wrong bytes in it is decoded as far as it goes', () => {
  assert.ok(decoded(SAMPLE) > 50_000);
  // Most of the file is zeros: what is none tells something.
  const told = [...SAMPLE].flatMap((byte, at) => (byte === 0 ? [] : [at]));
  // What is submitted last stands at the file's very end.
  const cut = fc.oneof(fc.constant(0), fc.nat(2000));
  const change = fc.tuple(fc.constantFrom(...told), fc.integer({ min: 0, max: 255 }));
  let found = 0;
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), cut, (changes, bytes) => {
      const file = SAMPLE.slice(0, SAMPLE.length - bytes);
      for (const [at, byte] of changes) if (at < file.length) file[at] = byte;
      if (decoded(file) > 0) found++;
    }),
    { numRuns: 60 },
  );
  assert.ok(found > 5, `${found} files still had commands`);
});

test('rings and page tables of any contents are followed', () => {
  const word = fc.oneof(
    fc.integer({ min: 0, max: 0xffffffff }),
    fc.constantFrom(0x18800101, 0x18c00101, 0x18800001, 0x05000000, 0x11000003, 0x7a000004, 0x3000),
  );
  const words = fc.array(word, { minLength: 60, maxLength: 60 });
  let found = 0;
  fc.assert(
    fc.property(words, words, fc.nat(0xfff), (image, ring, descriptor) => {
      if (decoded(fileOf(image, ring, descriptor)) > 0) found++;
    }),
    { numRuns: 300 },
  );
  assert.ok(found > 100, `${found} files had commands`);
});

const IMAGE = 0x2000;
const RING = 0x3000;
const TABLE = 0x4000;

/** A version, entries that map the GGTT's first pages to themselves, a context's image, its ring, a submission. */
function fileOf(image: readonly number[], ring: readonly number[], flags: number): Uint8Array {
  const text = [...'PCI-ID=0x1912 fuzz\0\0'].map((letter) => letter.charCodeAt(0));
  const title = Array.from(new Uint32Array(Uint8Array.from(text).buffer));
  const entries = Array.from({ length: 64 }, (_, page) => [((page * 4096) | 1) >>> 0, 0]).flat();
  // A page table of all levels: its odd entries lead to the ring's page, the others back to itself.
  const table = Array.from({ length: 512 }, (_, index) => [(index % 2 ? RING : TABLE) | 1, 0]);
  const state = [...image];
  state[9] = RING;
  state[11] = 0x1001;
  state[49] = 0;
  state[51] = TABLE;
  const words = [
    0xf70e0000 + 4 + title.length,
    ...[1, 0, 0, 0],
    ...title,
    ...memoryWrite(4, 0, entries),
    ...memoryWrite(2, IMAGE, state),
    ...memoryWrite(2, RING, [...ring, 0x05000000]),
    ...memoryWrite(2, TABLE, table.flat()),
    ...[0, 0, 0, (IMAGE - 0x1000) | flags].flatMap(portWrite),
  ];
  return new Uint8Array(Uint32Array.from(words).buffer);
}

function memoryWrite(space: number, address: number, words: readonly number[]): number[] {
  const head = [0xf7060000 + 4 + words.length, address, 0, (space << 28) >>> 0, words.length * 4];
  return [...head, ...words];
}

function portWrite(value: number): number[] {
  return [0xf7030005, 0x2230, 0x20000, 0xffffffff, 0, value];
}
