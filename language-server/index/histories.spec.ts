import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FoldIndex, RegisterHistory } from '../../timeline/index.ts';
import { Space } from '../../trace/index.ts';
import { TraceDocument } from '../document.ts';
import { Histories } from './histories.ts';
import { LineRecords } from './line-records.ts';

const anyLine = fc.constantFrom(
  'W 4 002030 00000010',
  'W 4 002030 00000020',
  'R 4 002030 00000030',
  'W 4 00229c 80008000',
  'W 4 00229c 80000000',
  'W 1 002031 7',
  'W 4 800000 00000001',
  '// nothing',
);
const anyText = fc.array(anyLine, { minLength: 1, maxLength: 30 }).map((lines) => lines.join('\n'));
const anyEdit = fc.record({
  line: fc.nat({ max: 30 }),
  text: fc.tuple(anyLine, fc.boolean()).map(([line, before]) => (before ? `${line}\n` : '')),
  look: fc.array(fc.nat({ max: 40 }), { maxLength: 4 }),
});
const LOOKED_AT = [0x2030, 0x229c];

function sourceOf({ index }: TraceDocument) {
  const records = new LineRecords(index.columns);
  return { records, folds: new FoldIndex(records), tables: index.tables };
}

test('after any edits registers hold what they would by reading all lines from the start', () => {
  fc.assert(
    fc.property(anyText, fc.array(anyEdit, { maxLength: 6 }), (text, edits) => {
      const document = new TraceDocument('file:///x', 'vgpu', 1, text);
      let histories = new Histories(sourceOf(document), 3);
      for (const { line, text: added, look } of edits) {
        const first = Math.min(line, document.lineCount - 1);
        const start = { line: first, character: 0 };
        const end = added === '' ? { line: first + 1, character: 0 } : start;
        document.update([{ range: { start, end }, text: added }], document.version + 1);
        const source = sourceOf(document);
        histories = histories.afterEdit(source, source.records.recordFrom(first));
        for (const wanted of look) {
          const record = Math.min(wanted, source.records.length);
          const fresh = new RegisterHistory(source.records, source.tables.directory, source.folds);
          fresh.moveTo(record);
          const kept = histories.at(record);
          assert.equal(kept.record, fresh.record);
          for (const offset of LOOKED_AT) {
            assert.deepEqual(kept.at(Space.mmio, offset), fresh.at(Space.mmio, offset));
          }
        }
      }
    }),
    { numRuns: 40 },
  );
});
