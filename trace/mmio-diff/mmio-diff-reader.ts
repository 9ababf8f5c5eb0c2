import { scoreLines } from '../text/detect-lines.ts';
import { createLineReader } from '../text/line-reader.ts';
import { quote, textOf } from '../text/line-text.ts';
import { hex } from '../text/numbers.ts';
import type { ReaderTarget, TraceReader } from '../trace-reader.ts';

const HEADER = /^Offset +HW +vGPU +Diff$/;
const ROW =
  /^([0-9a-f]{8}) ([0-9a-f]{8}) ([0-9a-f]{8}) ([0-9]+(?:-[0-9]+)?(?:,[0-9]+(?:-[0-9]+)?)*)$/i;
const TOTAL = /^Total: ([0-9]+), Diff: ([0-9]+)$/;

export function scoreMmioDiff(head: Uint8Array): number {
  return scoreLines(head, (line) =>
    HEADER.test(line) || ROW.test(line) || TOTAL.test(line) ? 1 : 0,
  );
}

/** Reader of GVT-g's debugfs file `mmio_diff`: the registers in which a vGPU differs from the host's GPU. */
export function createMmioDiffReader(target: ReaderTarget): TraceReader {
  const { diagnostics, snapshot } = target;
  let rows = 0;
  return createLineReader(target, (line) => {
    const text = textOf(line);
    const row = ROW.exec(text);
    const total = TOTAL.exec(text);
    if (row !== null) {
      const [offset = 0, host = 0, vgpu = 0] = row.slice(1, 4).map((word) => parseInt(word, 16));
      rows++;
      const name = hex(offset);
      const [value, hostValue] = [
        { low: vgpu, high: 0 },
        { low: host, high: 0 },
      ];
      snapshot.addRegister({ name, offset, size: 4, value, host: hostValue, line: line.number });
      if (bitsOf(row[4] ?? '') !== (host ^ vgpu) >>> 0) {
        diagnostics.warning(
          line.number,
          `The bits ${row[4]} are not those in which ${hex(host)} and ${hex(vgpu)} differ; the values are kept.`,
        );
      }
    } else if (total !== null) {
      snapshot.addFact({ key: 'registers compared', value: total[1] ?? '', line: line.number });
      snapshot.addFact({ key: 'registers that differ', value: total[2] ?? '', line: line.number });
      if (Number(total[2]) !== rows) {
        diagnostics.warning(
          line.number,
          `The last line counts ${total[2]} registers that differ, and there are ${rows}: some are missing.`,
        );
      }
    } else if (!HEADER.test(text)) {
      diagnostics.error(
        line.number,
        `${quote(text)} is no line of an mmio_diff; expected: OFFSET HW VGPU BITS, all but the bits in eight hexadecimal digits.`,
      );
    }
  });
}

/** `3-6,9` as a mask. */
function bitsOf(list: string): number {
  let mask = 0;
  for (const part of list.split(',')) {
    const [first = 0, last = first] = part.split('-').map(Number);
    for (let bit = first; bit <= Math.min(last, 31); bit++) mask |= 1 << bit;
  }
  return mask >>> 0;
}
