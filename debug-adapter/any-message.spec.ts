import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HANDLERS } from './handler-table.ts';
import { fakeProgram } from './testing/fake-program.ts';
import { InMemoryClient } from './testing/in-memory-client.ts';

/** Requests that end the conversation, or that wait for something on purpose. */
const LEFT_OUT = new Set(['disconnect']);
const commands = Object.keys(HANDLERS).filter((command) => !LEFT_OUT.has(command));

/** Values that a hurried client could send for any argument. */
const value = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, -1, 0, 1.5, 2 ** 60, '', 'mmio:0x0', []),
  fc.string(),
  fc.jsonValue(),
);
const args = fc.record(
  {
    trace: value,
    threadId: value,
    frameId: value,
    variablesReference: value,
    name: value,
    value,
    expression: value,
    context: fc.constantFrom('repl', 'watch', 'hover'),
    text: value,
    column: value,
    line: value,
    memoryReference: value,
    offset: value,
    count: value,
    data: value,
    source: value,
    breakpoints: value,
    targetId: value,
    requestId: value,
    progressId: value,
    startFrame: value,
    levels: value,
    arguments: value,
  },
  { requiredKeys: [], noNullPrototype: true },
);

test('every request is answered exactly once, whatever its arguments', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(fc.tuple(fc.constantFrom(...commands), args), { maxLength: 5 }),
      async (launched, requests) => {
        const client = new InMemoryClient(async () => fakeProgram(10));
        if (launched) await client.start();
        const answers = await Promise.all(
          requests.map(([command, each]) => client.request(command, each)),
        );
        for (const { success, message, body } of answers) {
          assert.ok(success || message === 'cancelled' || body.error.format.length > 10);
        }
        await client.server.conversation.close();
      },
    ),
    { numRuns: 100 },
  );
});
