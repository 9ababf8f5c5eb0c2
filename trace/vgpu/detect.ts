import { scoreLines } from '../text/detect-lines.ts';

const COMPACT_ACCESS = /^[ACI]?[RW] [1248] [0-9a-fA-F]+( |$)(?![0-9]+\.)/;
const SYMBOLIC_ACCESS = /^[ACI]?[RW](8|16|32|64)[ \t]/;
const OTHER_LINE =
  /^(T [0-9]|M (0x)?[0-9a-fA-F]|IRQ |CMD |CSR |CSW |DW |mark |expect |label [A-Za-z_])/;

const TIMED_NOTE = /^# [0-9]+\.[0-9]{6}( |$)/;

/**
 * How much a file looks like the project's own form: by the share of lines that do. Comment marks weigh
 * little, since many formats have them.
 */
export function scoreVgpu(head: Uint8Array): number {
  return scoreLines(head, (line) => {
    if (COMPACT_ACCESS.test(line) || SYMBOLIC_ACCESS.test(line) || OTHER_LINE.test(line)) return 1;
    if (line.startsWith('## ')) return 0.9;
    if (TIMED_NOTE.test(line)) return 0.7;
    if (line.startsWith('//')) return 0.35;
    return line.startsWith('#') ? 0.2 : 0;
  });
}
