import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OpenedTrace, OpenTraceOptions } from '../../trace/index.ts';
import {
  allFieldFiles,
  countKinds,
  fieldTest,
  fieldTrace,
  openField,
} from '../../trace/testing/field-traces.ts';
import { ASIDE, type FieldRow } from './field-row.ts';
import { FIELD_ROWS, titleOf } from './field-rows.ts';
import { count, unexplainedLines } from './independent-count.ts';

/** Records by kind; for a dump, what it consists of. */
function contents(trace: OpenedTrace): Record<string, number> {
  const { snapshot } = trace;
  if (snapshot === undefined) return countKinds(trace);
  const { facts, registers, buffers, config } = snapshot;
  const sizes = {
    facts: facts.length,
    registers: registers.length,
    buffers: buffers.length,
    config: config?.length ?? 0,
  };
  return Object.fromEntries(Object.entries(sizes).filter(([, size]) => size > 0));
}

function assertCounts(
  { counts }: FieldRow,
  found: Readonly<Record<string, number>>,
  bytes: Uint8Array,
): void {
  const expected: Record<string, number> = {};
  for (const [name, how] of Object.entries(counts)) {
    const number = count(how, bytes);
    if (number === undefined) assert.ok((found[name] ?? 0) > 0, name);
    if (number !== 0) expected[name] = number ?? found[name] ?? 0;
  }
  assert.deepEqual(found, expected);
}

function assertExplained({ explained = [] }: FieldRow, { diagnostics }: OpenedTrace): void {
  const messages = diagnostics.map(({ message }) => message);
  const without = messages.filter((message) => !explained.some(({ says }) => says.test(message)));
  assert.deepEqual(without, []);
  for (const { says } of explained) {
    assert.ok(
      messages.some((message) => says.test(message)),
      `nothing is said any more like ${says}`,
    );
  }
}

function hintsOf({ file, launch }: FieldRow): OpenTraceOptions {
  const device = launch?.['device'];
  return device === undefined ? { name: file } : { name: file, hints: { device } };
}

describe('files from the field', () => {
  for (const row of FIELD_ROWS) {
    fieldTest(`${titleOf(row)}: all is read, and what is said of it has a reason`, async () => {
      const bytes = fieldTrace(row.file);
      const trace = await openField(bytes, hintsOf(row));
      assert.equal(trace.format?.id, row.format);
      assertCounts(row, contents(trace), bytes);
      if (row.format !== 'aub') {
        assert.deepEqual(unexplainedLines(row, bytes), { none: 0, several: 0 });
      }
      assertExplained(row, trace);
    });
  }

  fieldTest('each has a row, or is no trace', () => {
    const rows = new Set(FIELD_ROWS.map(({ file }) => file));
    const without = allFieldFiles().filter(
      (name) => !rows.has(name) && !ASIDE.some(({ file }) => file.test(name)),
    );
    assert.deepEqual(without, []);
  });
});

test('a count that is wrong is found', () => {
  const bytes = new TextEncoder().encode('R 4 1\nW 4 2\nX\nR 4 3\n');
  assert.equal(count('^R ', bytes), 2);
  assert.equal(count({ lines: '^[RW]', except: '^R 4 3' }, bytes), 2);
  assert.equal(count({ awk: '/X/ { n++ } END { print n }' }, bytes), 1);
  const row = { file: '', format: '', value: { because: '' } };
  assert.deepEqual(unexplainedLines({ ...row, counts: { read: '^R ', write: '^W' } }, bytes), {
    none: 1,
    several: 0,
  });
  assert.deepEqual(unexplainedLines({ ...row, counts: { read: '^R' }, silent: '.' }, bytes), {
    none: 0,
    several: 2,
  });
  assert.equal(
    count({ awkOfWords: '{ n += $1 } END { print n }' }, Uint8Array.of(1, 1, 0, 0, 2, 0, 0, 0)),
    259,
  );
});
