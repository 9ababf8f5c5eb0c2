import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTrace } from '../trace/index.ts';
import { complete } from './expression/complete.ts';
import { compileExpression } from './expression/expression.ts';
import { stateOf } from './expression/testing/state.ts';
import { registersFor } from './model-for-trace.ts';

const TEXT =
  '## platform: skl\nlabel ring 0x4000000\nlabel big 0xffffffff00000000\nlabel ring_tail 0x1000\n';
const STATE = stateOf({ 'mmio 820000': 0x1234_5001n });

async function directory() {
  const trace = await openTrace([new TextEncoder().encode(TEXT)]);
  assert.deepEqual(trace.diagnostics, []);
  return registersFor(trace);
}

test('expressions know the labels of the trace that is debugged', async () => {
  const tables = await directory();
  const shown = (text: string) => {
    const compiled = compileExpression(text, tables);
    assert.ok(compiled.ok, compiled.ok ? '' : compiled.message);
    return compiled.format(compiled.evaluate(STATE));
  };
  assert.equal(shown('ring'), '0x4000000');
  assert.equal(shown('big + 1'), '0xffffffff00000001');
  assert.equal(shown('ggtt[ring].frame'), '0x12345000');
  // Several engines have a register of that name.
  assert.equal(shown('ring_tail'), '0x1000');
  const wrong = compileExpression('rign == 1', tables);
  assert.match(wrong.ok ? '' : wrong.message, /Nothing is called rign\. Did you mean ring/);
});

test('labels are proposed, with their values', async () => {
  const [first] = complete('rin', 3, await directory());
  assert.deepEqual([first?.label, first?.detail], ['ring', '0x4000000']);
});

test('a trace without labels has the tables of its device', async () => {
  const trace = await openTrace([new TextEncoder().encode('## platform: skl\n')]);
  assert.equal(registersFor(trace), registersFor(trace));
});
