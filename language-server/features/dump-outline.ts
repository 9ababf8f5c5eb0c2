import type { TraceDocument } from '../document.ts';
import type { OutlineEntry } from './outline-entry.ts';

/** How the lines of a dump look that begin a part of it, and how those that cannot stand inside of one. */
interface DumpShape {
  /** Groups `name` and, where it has one, `detail`. */
  readonly heading: RegExp;
  readonly end: RegExp;
}

/** One row for each format that has parts; the other dumps are tables from the first line to the last. */
const SHAPES: Readonly<Record<string, DumpShape>> = {
  'error-state': {
    // `rcs0 command stream:`, `Active (GTT) [3]:`, `rcs0 --- batch = 0x00000000 00439000`, `render ring --- 3 requests`.
    heading: /^(?<name>[A-Za-z][^:=]*?)(?: = (?<detail>0x[0-9a-f ]+)|:|(?<= requests))\s*$/,
    end: /^[A-Za-z][^:=]*[:=]/,
  },
  lspci: {
    heading: /^(?<name>(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) (?<detail>.*)$/,
    end: /^\s*$/,
  },
};

/** Enough of a line to tell what it is: buffers have millions of characters in one. */
const HEAD = 200;

/** The parts of a dump: engines, buffers, lists of an error state; the devices of lspci. Those without a line inside are none. */
export function dumpOutline(document: TraceDocument, most: number): readonly OutlineEntry[] {
  const shape = SHAPES[document.format ?? ''];
  const entries: OutlineEntry[] = [];
  if (shape === undefined) return entries;
  let open: OutlineEntry | undefined;
  for (let line = 0; line < document.lineCount && entries.length < most; line++) {
    const text = document.line(line).slice(0, HEAD);
    const { name, detail = '' } = shape.heading.exec(text)?.groups ?? {};
    if (name !== undefined) {
      open = {
        kind: 'section',
        name,
        detail: detail.trim(),
        first: line,
        last: line,
        children: [],
      };
    } else if (shape.end.test(text)) open = undefined;
    else if (open !== undefined && text !== '') {
      if (open.last === open.first) entries.push(open);
      open.last = line;
    }
  }
  return entries;
}
