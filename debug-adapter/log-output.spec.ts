import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogOutput, MAX_LOG_MESSAGES } from './log-output.ts';

test('log messages come with their place, and a flood of them is cut and counted', () => {
  const sent: string[] = [];
  const log = new LogOutput(
    (_event, body) => {
      if (body !== undefined && 'output' in body) sent.push(`${body.line ?? ''} ${body.output}`);
    },
    ({ moment }) => ({ source: { path: '/x' }, line: moment.record + 1 }),
  );
  const entry = (record: number) => ({
    moment: { record, event: 0 },
    breakpointId: 1,
    text: `tail ${record}`,
  });
  for (let record = 0; record < MAX_LOG_MESSAGES + 7; record++) log.add(entry(record));
  log.endRun();
  assert.equal(sent.length, MAX_LOG_MESSAGES + 1);
  assert.equal(sent[3], '4 tail 3\n');
  assert.match(String(sent.at(-1)), /7 more log messages/);
  log.add(entry(1));
  log.endRun();
  assert.equal(sent.length, MAX_LOG_MESSAGES + 2);
});
