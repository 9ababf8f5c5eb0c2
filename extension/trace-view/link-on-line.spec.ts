import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ListingDocument } from '../../timeline/index.ts';
import { linkOnLine } from './link-on-line.ts';

const second: ListingDocument = { kind: 'window', n: 1 };

/** What is linked on a line of the second window, and to where. */
function linked(line: string, shown = second) {
  const found = linkOnLine(line, shown);
  return found && [line.slice(found.start, found.end), found.target];
}

describe('links of the decoded view', () => {
  it('lead from the mark of a folded run to the run that begins at that record', () => {
    assert.deepEqual(
      linked('  1340     17.128001  ▸ W32  ggtt[0x00000000–0x03fff000]   ×229,376  table fill'),
      ['▸ W32', { kind: 'run', first: 1340, n: 0 }],
    );
  });

  it('lead from the last line to the next part', () => {
    assert.deepEqual(linked('// Goes on in part 3.'), [
      'Goes on in part 3',
      { kind: 'window', n: 2 },
    ]);
  });

  it('lead from the heading of a later part to the part before', () => {
    const heading =
      '// Recording of 1,602,971 records in 120,000 rows, part 2 of 3. A row with ▸ …';
    assert.deepEqual(linked(heading), ['part 2 of 3', { kind: 'window', n: 0 }]);
    assert.equal(linked(heading.replace('part 2', 'part 1'), { kind: 'window', n: 0 }), undefined);
  });

  it('stay within a run while paging through it', () => {
    const run: ListingDocument = { kind: 'run', first: 7, n: 0 };
    assert.deepEqual(linked('// Goes on in part 2.', run), [
      'Goes on in part 2',
      { kind: 'run', first: 7, n: 1 },
    ]);
  });

  it('are not seen in single accesses and other comments', () => {
    assert.equal(linked('  1339     17.128001    W32  RCS0.RING_TAIL  0x00000040'), undefined);
    assert.equal(linked('// End of the recording.'), undefined);
  });
});
