import { decodeUtf8 } from './utf8.ts';

/** Characters of a line by which it is told what it is. */
const MOST_CHARACTERS = 2048;

/** Lines of a file's beginning that are looked at. */
const SAMPLE_LINES = 300;

const LF = 10;

/** Every format is asked about the same beginning of a file: it is made lines of once. */
const LINES = new WeakMap<Uint8Array, readonly string[]>();

/**
 * Mean weight of the first lines, blank ones left out; 0 for what is no text at all. A cut last line is
 * left out too where there are others. The bytes must not change as long as formats are asked about them.
 */
export function scoreLines(head: Uint8Array, weigh: (line: string) => number): number {
  const known = LINES.get(head);
  const lines = known ?? firstLines(head);
  if (known === undefined) LINES.set(head, lines);
  let sum = 0;
  for (const line of lines) sum += weigh(line);
  return lines.length === 0 ? 0 : sum / lines.length;
}

function firstLines(head: Uint8Array): readonly string[] {
  if (head.indexOf(0) >= 0) return [];
  const lines = decodeUtf8(head, 0, endOfSample(head)).split('\n');
  if (lines.length > 1) lines.pop();
  return lines
    .map((line) => line.replace(/^\ufeff/, '').trim())
    .filter((line) => line !== '')
    .map((line) => line.slice(0, MOST_CHARACTERS));
}

function endOfSample(head: Uint8Array): number {
  let at = 0;
  for (let line = 0; line < SAMPLE_LINES; line++) {
    const lf = head.indexOf(LF, at);
    if (lf < 0) return head.length;
    at = lf + 1;
  }
  return at;
}
