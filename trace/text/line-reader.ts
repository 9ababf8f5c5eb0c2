import type { ReaderTarget, TraceReader } from '../trace-reader.ts';
import { type LineConsumer, LineSplitter } from './line-splitter.ts';
import { type TextLine, trimLine } from './line-text.ts';

const LF = 10;
/** Lines of dumps are short; patterns are not tried on what goes on for ever. */
const LONGEST_LINE = 4096;

/** A reader for small files, in which each line may become a string. `read` gets lines that are not empty. */
export function createLineReader(
  target: ReaderTarget,
  read: (line: TextLine) => void,
  end: (lines: number) => void = () => undefined,
  longestLine = LONGEST_LINE,
): TraceReader {
  const consumer: LineConsumer = {
    lines(bytes, start, stop, line) {
      let number = line;
      for (let at = start; at < stop; number++) {
        const lf = bytes.indexOf(LF, at);
        const last = lf < 0 || lf >= stop ? stop : lf;
        const trimmed = trimLine(bytes, at, last, number);
        if (trimmed.end - trimmed.start > longestLine) {
          const limit = `This line is longer than ${longestLine} bytes and was left out.`;
          target.diagnostics.error(number, limit);
        } else if (trimmed.end > trimmed.start) read(trimmed);
        at = last + 1;
      }
      return number - line;
    },
    end,
  };
  return new LineSplitter(consumer, target.diagnostics, longestLine);
}
