import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { fieldPath, fieldTest, fieldTrace } from '../../trace/testing/field-traces.ts';
import { AdapterClient } from '../dap/adapter-client.ts';
import { evaluate, open, resume, resumeBack, topFrame } from '../dap/first-steps.ts';
import type { FieldRow, Value } from './field-row.ts';
import { FIELD_ROWS, titleOf } from './field-rows.ts';
import { lastValue } from './independent-count.ts';

const DUMPS = ['error-state', 'mmio-diff', 'intel-reg', 'lspci'];
const THREAD = { threadId: 1 };
/** Places that a session goes to by single steps, where the recording has so many accesses. */
const STEPS = 3;

describe('sessions over files from the field', () => {
  for (const row of FIELD_ROWS) {
    const isDump = DUMPS.includes(row.format);
    fieldTest(`${titleOf(row)} is ${isDump ? 'looked at' : 'stepped, there and back'}`, () =>
      session(row, isDump ? lookAt : step),
    );
  }
});

async function session(
  row: FieldRow,
  work: (client: AdapterClient, row: FieldRow) => Promise<void>,
): Promise<void> {
  const client = await AdapterClient.overStreams();
  try {
    const { reason } = await client.open(fieldPath(row.file), row.launch ?? {});
    assert.equal(reason, 'entry');
    await work(client, row);
    await client.finish();
  } finally {
    client.kill();
  }
}

async function step(client: AdapterClient, row: FieldRow): Promise<void> {
  const atEntry = await shown(client, row);
  const lines = [await lineOf(client)];
  for (let i = 0; i < STEPS; i++) {
    await client.stopAfter(() => client.nextRequest(THREAD));
    lines.push(await lineOf(client));
  }
  assertForward(lines, row);
  for (const line of lines.slice(0, -1).reverse()) {
    await client.stopAfter(() => client.stepBackRequest(THREAD));
    assert.equal(await lineOf(client), line);
  }
  await resume(client);
  await assertValue(client, row);
  await resumeBack(client);
  // Notes may stand before the first access.
  assert.ok((await lineOf(client)) <= (lines[0] ?? 0));
  assert.equal(await shown(client, row), atEntry);
}

/** Each step went on by a line at least; without accesses the end comes soon, and there is nowhere to go. */
function assertForward(lines: readonly number[], { value }: FieldRow): void {
  for (const [i, line] of lines.slice(1).entries()) {
    const before = lines[i] ?? 0;
    assert.ok('because' in value ? line >= before : line > before, lines.join());
  }
}

/** A dump shows one moment: it stands there whatever is asked, with its values. */
async function lookAt(client: AdapterClient, row: FieldRow): Promise<void> {
  await assertValue(client, row);
  const line = await lineOf(client);
  await client.stopAfter(() => client.nextRequest(THREAD));
  await client.stopAfter(() => client.stepBackRequest(THREAD));
  assert.equal(await lineOf(client), line);
  const { inside } = await open(client, 'Dump');
  assert.ok(inside.size > 0);
  const { source } = await topFrame(client);
  const path = source?.path ?? '';
  const { body } = await client.sourceRequest({ source: { path }, sourceReference: 0 });
  assert.ok(body.content.split('\n').length > 1);
}

async function lineOf(client: AdapterClient): Promise<number> {
  return (await topFrame(client)).line;
}

async function assertValue(client: AdapterClient, row: FieldRow): Promise<void> {
  if ('because' in row.value) return;
  const text = (await shown(client, row)) ?? '';
  const number = /^0x[0-9a-f]+/.exec(text)?.[0];
  assert.equal(Number(number), lastValue(row.value, fieldTrace(row.file)), text);
}

/** What the session shows of the row's value now. */
async function shown(client: AdapterClient, { value }: FieldRow): Promise<string | undefined> {
  return 'because' in value ? undefined : await answer(client, value);
}

async function answer(client: AdapterClient, { ask }: Value): Promise<string> {
  if (typeof ask === 'string') return await evaluate(client, ask, 'watch');
  const [scope = '', ...path] = ask;
  const name = path.pop() ?? '';
  const { inside } = await open(client, scope, ...path);
  return inside.get(name)?.value ?? '';
}
