import { scoreLines } from '../text/detect-lines.ts';
import { createLineReader } from '../text/line-reader.ts';
import { quote, textOf } from '../text/line-text.ts';
import type { ReaderTarget, TraceReader } from '../trace-reader.ts';

const ROW = /^(?:(\S.*?) +)?\(0x([0-9a-f]{8})\): 0x([0-9a-f]{8})(?: \((.*)\))?$/i;

export function scoreIntelReg(head: Uint8Array): number {
  return scoreLines(head, (line) => (ROW.test(line) ? 1 : 0));
}

/** Reader of what `intel_reg dump` and `intel_reg read` show (IGT). */
export function createIntelRegReader(target: ReaderTarget): TraceReader {
  return createLineReader(target, (line) => {
    const row = ROW.exec(textOf(line));
    if (row === null) {
      target.diagnostics.error(
        line.number,
        `${quote(textOf(line))} is no line of intel_reg's; expected: NAME (0xOFFSET): 0xVALUE, both with eight digits, perhaps (MEANING).`,
      );
      return;
    }
    const [offset = 0, low = 0] = row.slice(2, 4).map((word) => Number.parseInt(word, 16));
    const name = row[1] ?? `0x${row[2]}`;
    const value = { low, high: 0 };
    target.snapshot.addRegister({ name, offset, size: 4, value, line: line.number });
    const [, , , , meaning] = row;
    if (meaning !== undefined) {
      target.snapshot.addFact({ key: name, value: meaning, line: line.number });
    }
  });
}
