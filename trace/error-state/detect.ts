import { decodeUtf8 } from '../text/utf8.ts';

const MARKS: readonly RegExp[] = [
  /^GPU HANG: ecode /m,
  /^PCI ID: 0x[0-9a-f]{4}$/m,
  /^[a-z][a-z0-9 ]* command stream:$/m,
  /^ {2}ACTHD: 0x[0-9a-f]{8}/m,
  /^EIR: 0x[0-9a-f]{8}$/m,
  /^[a-z][a-z0-9 ]* (?:\(.*\) )?--- [^=\n]+ = 0x[0-9a-f]{8}/m,
];

/** How much a file looks like i915's error state: by the lines that no other dump has. */
export function scoreErrorState(head: Uint8Array): number {
  if (head.includes(0)) return 0;
  const text = decodeUtf8(head);
  const found = MARKS.filter((mark) => mark.test(text)).length;
  return found >= 2 ? Math.min(1, 0.4 + found * 0.15) : 0;
}
