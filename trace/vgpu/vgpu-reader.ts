import { RecordKind, Space } from '../record.ts';
import { packKind } from '../store/store-writer.ts';
import { type LineConsumer, LineSplitter } from '../text/line-splitter.ts';
import { dropBytes, quote, type TextLine, textOf, trimLine } from '../text/line-text.ts';
import { parseSeconds } from '../text/numbers.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { ReaderTarget, TraceReader } from '../trace-reader.ts';
import { ACCESS_KEYWORD, readAccess } from './access-line.ts';
import { CompactScanner } from './compact-scanner.ts';
import { readHeader } from './header.ts';
import { KEYWORD_LINES } from './other-lines.ts';

const LF = 10;
const HASH = 35;
const SLASH = 47;

const LINE_OF_KEYWORD = new Map(KEYWORD_LINES.map((row) => [row.keyword, row]));

/** Reader of the project's own text form: docs/vgpu-format.md. */
export function createVgpuReader(target: ReaderTarget): TraceReader {
  return new LineSplitter(new VgpuLines(target), target.diagnostics);
}

class VgpuLines implements LineConsumer {
  readonly #target: ReaderTarget;
  readonly #scanner: CompactScanner;

  constructor(target: ReaderTarget) {
    this.#target = target;
    this.#scanner = new CompactScanner(target.store);
  }

  lines(bytes: Uint8Array, start: number, end: number, line: number): number {
    const scanner = this.#scanner;
    scanner.line = line;
    for (let at = start; at < end; ) {
      at = scanner.scan(bytes, at, end);
      if (at >= end) break;
      const lf = bytes.indexOf(LF, at);
      const stop = lf < 0 || lf >= end ? end : lf;
      readLine(trimLine(bytes, at, stop, scanner.line), this.#target);
      scanner.line++;
      at = stop + 1;
    }
    return scanner.line - line;
  }

  end(): void {}
}

/** The slow path: any line of the grammar. */
function readLine(line: TextLine, target: ReaderTarget): void {
  const { bytes, start, end } = line;
  if (start === end) return;
  const first = bytes[start];
  const second = start + 1 < end ? bytes[start + 1] : 0;
  if (first === SLASH && second === SLASH) return;
  if (first === HASH) {
    if (second === HASH) readHeader(decodeUtf8(bytes, start + 2, end), line.number, target);
    else readNote(line, target);
    return;
  }
  const keyword = /^[A-Za-z]+[0-9]*(?=[ \t]|$)/.exec(
    decodeUtf8(bytes, start, Math.min(end, start + 16)),
  );
  const access = ACCESS_KEYWORD.exec(keyword?.[0] ?? '');
  if (access !== null) {
    readAccess(access, dropBytes(line, access[0].length), target);
    return;
  }
  const row = LINE_OF_KEYWORD.get(keyword?.[0] ?? '');
  if (row === undefined) {
    const known = KEYWORD_LINES.map((candidate) => candidate.keyword).join(', ');
    target.diagnostics.error(
      line.number,
      `${quote(textOf(line))} is no line of a trace; one begins with R, W (also with A, C, I before, 8 to 64 behind), ${known}, #, ## or //.`,
    );
    return;
  }
  const read = row.read(dropBytes(line, row.keyword.length), target);
  if (read === true) return;
  const message =
    read === false ? `${quote(textOf(line))} is not understood; expected: ${row.shape}.` : read;
  target.diagnostics.error(line.number, message);
}

/** `# text`, or `# seconds text` where a recorder wrote it: exactly six decimals tell the two apart. */
function readNote(line: TextLine, target: ReaderTarget): void {
  const head = decodeUtf8(line.bytes, line.start, Math.min(line.end, line.start + 32));
  const match = /^#[ \t]*([0-9]{1,7}\.[0-9]{6})(?=[ \t]|$)/.exec(head);
  const micros = parseSeconds(match?.[1] ?? '');
  // A note's time is also that of what follows it: records stand in order of time.
  if (micros !== undefined) target.store.advanceTo(micros);
  const rest = dropBytes(line, match === null ? 1 : match[0].length);
  target.store.append(packKind(RecordKind.note, Space.mmio), 0, 0, 0, line.number);
  target.store.setPayload(rest.bytes, rest.start, rest.end);
}
