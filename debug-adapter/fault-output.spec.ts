import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FaultOutput, LISTED_FAULTS } from './fault-output.ts';

test('the first faults of a check are listed with their lines, more are counted, routine ones are left out', () => {
  const sent: string[] = [];
  const faults = new FaultOutput(
    (_event, body) => {
      if (body !== undefined && 'output' in body) sent.push(`${body.line ?? ''} ${body.output}`);
    },
    ({ record }) => ({ source: { path: '/x' }, line: record + 1 }),
  );
  const add = (record: number, check: string) =>
    faults.add({ moment: { record, event: 0 }, fault: { check, message: `at ${record}` } });
  for (let record = 0; record < LISTED_FAULTS + 7; record++) add(record, 'read-only-write');
  for (let record = 0; record < 5300; record++) add(record, 'display-event-masked');
  faults.endRun();
  assert.equal(sent.length, LISTED_FAULTS + 1);
  assert.equal(sent[1], '2 Register: write to read-only bits: at 1\n');
  assert.equal(sent.at(-1), ' More faults, not listed: 7 × read-only-write.\n');
  faults.endRun();
  add(9, 'read-only-write');
  faults.endRun();
  assert.equal(sent.at(-1), ' More faults, not listed: 1 × read-only-write.\n');
  assert.equal(sent.length, LISTED_FAULTS + 2);
});
