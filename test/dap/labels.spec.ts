import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { sample } from './adapter-client.ts';
import { evaluate, resume, topFrame } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';

const SCENARIO = sample('one-batch-two-ways.vgpu');
const LINES = readFileSync(SCENARIO, 'utf8').split('\n');
const adapter = sharedClient((client) => client.open(SCENARIO));

describe('the labels of a scenario', () => {
  test('are known in expressions, conditions and completions', async () => {
    const line = LINES.findIndex((each) => each.startsWith('AR32 result = 0x11')) + 1;
    await adapter().setBreakpointsRequest({
      source: { path: SCENARIO },
      breakpoints: [{ line, condition: 'offset == result && ggtt[result].present' }],
    });
    await resume(adapter());
    assert.equal((await topFrame(adapter())).line, line);
    assert.match(await evaluate(adapter(), 'result', 'watch'), /^0x0*4001000/);
    assert.match(await evaluate(adapter(), 'ggtt[context+0x1000].frame', 'watch'), /0x0*103000/);
    assert.match(await evaluate(adapter(), 'mem32[batch_page]', 'hover'), /^0x11000001/);
    const { body } = await adapter().completionsRequest({ text: 'conte', column: 6 });
    const items: readonly Dap.CompletionItem[] = body.targets;
    assert.deepEqual(
      items.slice(0, 2).map(({ label }) => label),
      ['context', 'context_ring'],
    );
  });

  test('that are not known are told like those that are', async () => {
    const args = { expression: 'mem32[bacth_page]', context: 'watch' };
    const { body } = await adapter().failure('evaluate', args);
    assert.match(
      String(body.error?.format),
      /Nothing is called bacth_page\. Did you mean batch_page/,
    );
  });
});
