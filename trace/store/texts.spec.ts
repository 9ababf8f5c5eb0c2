import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import { joinText, TextSplitter } from './text-pattern.ts';
import { Texts } from './texts.ts';

/** Pattern and numbers as one can read them: a number's code stands between braces. */
function split(text: string): readonly [string, readonly number[]] {
  const bytes = encodeUtf8(text);
  const { pattern, length, numbers, count } = new TextSplitter().split(bytes, 0, bytes.length);
  const shown = decodeUtf8(pattern, 0, length).replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are the codes
    /[\x00-\x08]/g,
    (code) => `{${code.charCodeAt(0)}}`,
  );
  return [shown, [...numbers.subarray(0, count)]];
}

test('a text’s numbers are taken out, as they are written', () => {
  const rows: readonly (readonly [string, string, readonly number[]])[] = [
    ['VM1 [inc] spt 00000000de4fc999', 'VM1 [inc] spt {8}{8}', [0, 0xde4fc999]],
    ['before 557 -> after 558', 'before {0} -> after {0}', [0x557, 0x558]],
    ['gma 0x27fc11f8, 0x0', 'gma 0x{0}, 0x{0}', [0x27fc11f8, 0]],
    ['new 80000000, old 00000000', 'new {8}, old {8}', [0x80000000, 0]],
    ['ffffffff fff 007 0', '{8} fff {3} {0}', [0xffffffff, 7, 0]],
    ['entry 0x10d63d01b', 'entry 0x{0}{8}', [1, 0x0d63d01b]],
    // Words, and what would not come back.
    ['add 3DSTATE_VS 0xABC 12AB é1 _1', 'add 3DSTATE_VS 0xABC 12AB é1 _1', []],
    ['a\x021', '\x0ba{2}1', []],
    ['\x0b1', '\x0b\x0b1', []],
    ['', '', []],
  ];
  for (const [text, pattern, numbers] of rows) assert.deepEqual(split(text), [pattern, numbers]);
});

const WORDS = ['VM1 ', 'spt ', '0x', '0', '00', 'f', 'deadbeef', '12345678', ' ', ': ', 'é', '\0'];
const aWord = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.nat({ max: 600 }).map(String),
  fc.nat().map((value) => value.toString(16)),
);
const aText = fc.oneof(
  fc.array(aWord, { maxLength: 90 }).map((words) => encodeUtf8(words.join(''))),
  fc.uint8Array({ maxLength: 40 }),
);

test('a text comes back from its pattern and numbers', () => {
  const splitter = new TextSplitter();
  fc.assert(
    fc.property(aText, (bytes) => {
      const { pattern, length, numbers } = splitter.split(bytes, 0, bytes.length);
      assert.deepEqual([...joinText(pattern.slice(0, length), numbers)], [...bytes]);
    }),
    { numRuns: 2000 },
  );
});

test('every record has its text again, whoever asks in whatever order', () => {
  const someTexts = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 9 })), {
    minLength: 1,
    maxLength: 1200,
  });
  fc.assert(
    fc.property(
      fc.array(aText, { minLength: 10, maxLength: 10 }),
      someTexts,
      fc.array(fc.nat({ max: 5000 }), { maxLength: 200 }),
      (kinds, rows, asked) => {
        const texts = new Texts();
        const expected = new Map<number, number[]>();
        let record = -1;
        rows.forEach(([skip, kind], index) => {
          record += 1 + skip;
          const counting = encodeUtf8(` ${index} 0x${(index * 4096).toString(16)}`);
          const bytes = new Uint8Array([...(kinds[kind] ?? []), ...counting]);
          texts.add(record, bytes, 0, bytes.length);
          expected.set(record, [...bytes]);
        });
        texts.trim();
        const inOrder = Array.from({ length: record + 3 }, (_, i) => i);
        for (const each of [...inOrder, ...inOrder.reverse(), ...asked]) {
          const text = texts.get(each);
          assert.deepEqual(text && [...text], expected.get(each), `record ${each}`);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('sentences that count take a few bytes each', () => {
  const texts = new Texts();
  for (let i = 0; i < 10_000; i++) {
    const spt = i % 100 < 50 ? '00000000de4fc999' : '00000000709af7ba';
    const bytes = encodeUtf8(`VM1 [inc] spt ${spt} before ${i + 1} -> after ${i + 2}`);
    texts.add(i, bytes, 0, bytes.length);
  }
  texts.trim();
  assert.ok(texts.bytesUsed < 10_000 * 2, `${texts.bytesUsed}`);
});
