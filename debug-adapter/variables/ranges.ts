import type { Container, IndexedRows, Row } from './row.ts';

/** Children of one range at most; 1,048,576 table entries make two levels of ranges. */
const RANGE = 1024;

/** For clients that cannot ask for pages: numbered children grouped in ranges, and those in wider ones. */
export function inRanges(container: Container): Container {
  const { indexed, rows } = container;
  if (indexed === undefined) return container;
  return {
    rows: async () => [
      ...((await rows?.()) ?? []),
      ...(await rangeRows(indexed, 0, indexed.count)),
    ],
  };
}

async function rangeRows(
  indexed: IndexedRows,
  start: number,
  count: number,
): Promise<readonly Row[]> {
  if (count <= RANGE) return await indexed.rows(start, count);
  const width = RANGE ** Math.ceil(Math.log(count) / Math.log(RANGE) - 1);
  const ranges: Row[] = [];
  for (let at = start; at < start + count; at += width) {
    const length = Math.min(width, start + count - at);
    ranges.push({
      name: `[${at} to ${at + length - 1}]`,
      value: '',
      children: { rows: () => rangeRows(indexed, at, length) },
    });
  }
  return ranges;
}
