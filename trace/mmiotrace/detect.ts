import { scoreLines } from '../text/detect-lines.ts';

const ACCESS = /^[RW][ \t]+[1248][ \t]+[0-9]+\.[0-9]+[ \t]+[0-9]+[ \t]+0x[0-9a-fA-F]/;
const OTHER_LINE =
  /^(VERSION[ \t]+[0-9]{8}|PCIDEV[ \t]+[0-9a-fA-F]{4}[ \t]|LSPCI\b|(MAP|UNMAP|UNKNOWN|MARK)[ \t]+[0-9]+\.[0-9]+)/;

/** How much a file looks like a log of the kernel's tracer “mmiotrace”: by the share of lines that do. */
export function scoreMmiotrace(head: Uint8Array): number {
  return scoreLines(head, (line) => {
    if (ACCESS.test(line) || OTHER_LINE.test(line)) return 1;
    return line.startsWith('#') ? 0.2 : 0;
  });
}
