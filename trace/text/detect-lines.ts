import { decodeUtf8 } from './utf8.ts';

/** Characters of a line by which it is told what it is. */
const MOST_CHARACTERS = 2048;

/** Lines of a file's beginning that are looked at. */
const SAMPLE_LINES = 300;

/**
 * Mean weight of the first lines, blank ones left out; 0 for what is no text at all. A cut last line is
 * left out too where there are others.
 */
export function scoreLines(head: Uint8Array, weigh: (line: string) => number): number {
  if (head.indexOf(0) >= 0) return 0;
  const lines = decodeUtf8(head).split('\n', SAMPLE_LINES + 1);
  if (lines.length > 1) lines.pop();
  let sum = 0;
  let count = 0;
  for (const line of lines) {
    if (line.trim() === '') continue;
    sum += weigh(
      line
        .replace(/^\ufeff/, '')
        .trim()
        .slice(0, MOST_CHARACTERS),
    );
    count++;
  }
  return count === 0 ? 0 : sum / count;
}
