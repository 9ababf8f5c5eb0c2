import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DiagnosticList } from '../diagnostic.ts';
import { type LineConsumer, LineSplitter, MAX_LINE_BYTES } from './line-splitter.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

class Collector implements LineConsumer {
  readonly seen: string[] = [];
  total = -1;

  lines(bytes: Uint8Array, start: number, end: number, line: number): number {
    const block = decodeUtf8(bytes, start, end).replace(/\n$/, '').split('\n');
    for (const [i, text] of block.entries()) this.seen.push(`${line + i}:${text}`);
    return block.length;
  }

  end(lines: number): void {
    this.total = lines;
  }
}

function split(pieces: readonly Uint8Array[]): { collector: Collector; problems: DiagnosticList } {
  const collector = new Collector();
  const problems = new DiagnosticList();
  const splitter = new LineSplitter(collector, problems);
  for (const piece of pieces) splitter.push(piece);
  splitter.end();
  return { collector, problems };
}

test('the lines do not depend on where the stream is cut', () => {
  const text = fc.array(fc.constantFrom('a', 'bb', '\n', '\r\n', 'ccc\n')).map((p) => p.join(''));
  fc.assert(
    fc.property(text, fc.array(fc.nat(7)), (whole, lengths) => {
      const bytes = encodeUtf8(whole);
      const pieces: Uint8Array[] = [];
      let at = 0;
      for (const length of lengths) {
        pieces.push(bytes.slice(at, at + length));
        at += length;
      }
      pieces.push(bytes.slice(at));
      assert.deepEqual(split(pieces).collector.seen, split([bytes]).collector.seen);
    }),
  );
});

test('lines are numbered from 1 and the last may lack its line end', () => {
  const { collector } = split([encodeUtf8('one\ntw'), encodeUtf8('o\n\nfour')]);
  assert.deepEqual(collector.seen, ['1:one', '2:two', '3:', '4:four']);
  assert.equal(collector.total, 4);
});

test('a line that is too long is reported and left out, the next ones keep their numbers', () => {
  const long = new Uint8Array(MAX_LINE_BYTES).fill(0x61);
  const { collector, problems } = split([
    encodeUtf8('one\n'),
    long,
    long,
    encodeUtf8('tail\nthree\n'),
  ]);
  assert.deepEqual(collector.seen, ['1:one', '3:three']);
  assert.deepEqual(
    problems.list().map(({ line }) => line),
    [2],
  );
});

test('an endless line without line end costs no more memory than the limit', () => {
  const { collector, problems } = split(
    Array.from({ length: 64 }, () => new Uint8Array(65_536).fill(0x61)),
  );
  assert.deepEqual(collector.seen, []);
  assert.equal(problems.list().length, 1);
});
